// EntryImport: a table of entries into the ledger, streamed.
#pragma once

#include "intake/source.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "pipeline/import_work/import_run.hpp"

namespace billctl {

/// Reads one file and writes what it says; mistakes go to the run.
void import_entries(ImportRun& run, Source& source, ImportReport& report);

}  // namespace billctl
