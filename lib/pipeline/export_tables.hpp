// Export of the books as the tables of spec/import.md, so that `import all` of them in another
// ledger gives the same books. What this ledger has on an invoice is told as `invoiced_as`, so that
// nobody bills it there again; invoices themselves are no table.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "intake/tables.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Calls `visit` with pieces of the table of each kind, its header first, as of one moment. Not
/// there: withdrawn entries, products that billctl made itself. A text that a
/// spreadsheet would take for a formula stands behind an apostrophe, which the import takes off.
/// @returns the rows of each kind.
std::vector<std::pair<TableKind, std::int64_t>> export_tables(
    Session& session, const std::function<void(TableKind, std::string_view)>& visit);

}  // namespace billctl
