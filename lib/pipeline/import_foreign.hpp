// Import of another program's export as it is (spec/import.md, "Other programs' exports"): its
// names become our codes by a map, by our own names, or by records that the import makes.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "intake/foreign/foreign_entry.hpp"
#include "intake/foreign/naming.hpp"
#include "pipeline/import_work.hpp"
#include "work/import_map.hpp"

namespace billctl {

struct ForeignImport {
  ForeignFormat format = ForeignFormat::toggl;
  std::vector<std::unique_ptr<Source>> files;
  ImportMap map;
  std::set<NameKind> create;      ///< what is made when it is missing
  std::optional<Period> replace;  ///< the files are the whole truth for the format and these days
  bool unconfirmed = false;       ///< otherwise confirmed as of their stop
  bool take_prices = false;
  std::optional<DateOrder> dates;
  std::string member;  ///< who, where the format names nobody; empty: the actor
  ImportOptions options;
};

/// @throws Error{bad_input} with every mistake, also names that are unknown and not to be made;
/// {entry_locked} as import_tables, but with `replace` what is drafted is listed and left.
Report import_foreign(Session& session, ForeignImport& request);

/// What is unknown of the files' names, as a map to fill in. Reads only.
/// @throws Error{bad_input} for rows that can't be read.
struct MapToFill {
  std::string text;
  std::vector<UnknownName> unknown;
};
MapToFill make_import_map(Session& session, ForeignImport& request);

}  // namespace billctl
