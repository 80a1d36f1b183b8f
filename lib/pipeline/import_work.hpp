// Import: work and master data from canonical tables, CSV or JSON Lines (spec/import.md).
//
// All files of a call are taken whole or not at all: the first hundred mistakes are told at once
// and then nothing was written. The same file twice changes nothing. Entries are streamed, so
// memory does not grow with their number.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/zone.hpp"
#include "intake/source.hpp"
#include "intake/tables.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct ImportOptions {
  bool overwrite_local = false;  ///< --overwrite local: the file wins over edits made here
  bool clear_empty = false;      ///< --empty clear: an empty cell blanks
  bool skip_locked = false;      ///< leaves out changes of what is drafted or further
  bool tell_changes = false;     ///< notes each changed field, as every dry run does
  bool replace = false;          ///< the file is the whole of each selection that it names
  std::optional<Zone> zone;      ///< of local times without a zone of their own; else the tenant's
};

struct ImportFile {
  TableKind kind;
  std::unique_ptr<Source> source;
};

/// `import KIND FILE…`: files of one kind, in the order given, in one transaction. A later file may
/// change what an earlier one brought.
/// @throws Error{bad_input} with every mistake; {entry_locked} when the only mistakes are changes
/// of entries that are drafted or further. The ledger's bytes are then what they were.
Report import_tables(Session& session, std::vector<ImportFile> files, const ImportOptions& options);

/// `import all`: one file of each of several kinds, each once, taken in the order of TableKind, so
/// that a record may name one of a kind that stands before it.
Report import_all(Session& session, std::vector<ImportFile> files, const ImportOptions& options);

/// The tables in a folder: KIND.csv or KIND.jsonl for each kind; other files are not looked at.
/// @param passed_over told the names of other .csv and .jsonl files.
/// @throws Error{bad_input} when the folder is not there or has a kind twice.
std::vector<ImportFile> tables_of_folder(const std::string& folder,
                                         std::vector<std::string>& passed_over);

}  // namespace billctl
