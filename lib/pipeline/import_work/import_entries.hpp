// EntryImport: a table of entries into the ledger, streamed.
#pragma once

#include "intake/source.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "work/books.hpp"

namespace billctl {

/// Reads one file and writes what it says; mistakes go to the run.
/// @param books as they are after the master data of this import.
void import_entries(ImportRun& run, const Books& books, Source& source, ImportReport& report);

}  // namespace billctl
