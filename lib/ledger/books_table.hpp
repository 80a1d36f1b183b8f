// BooksTable: reads the parties, the catalogue, projects and tasks of one tenant into Books.
#pragma once

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/books.hpp"

namespace billctl {

/// All of it, in the order of rows. A few hundred nanoseconds a record.
Books read_books(Ledger& ledger, TenantId tenant);

/// The clients of a named selection, in the order of their codes; empty when there is no such name.
std::vector<ClientId> read_selection(Ledger& ledger, TenantId tenant, std::string_view name);
std::vector<std::string> selection_names(Ledger& ledger, TenantId tenant);

}  // namespace billctl
