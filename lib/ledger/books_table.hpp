// BooksTable: reads the parties, the catalogue, projects and tasks of one tenant into Books.
#pragma once

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/books.hpp"

namespace billctl {

/// Tasks are most of the books: ten thousand clients have a hundred thousand. What looks up few of
/// them, or none, reads the rest alone.
///
/// `as_needed` reads nothing now: a record is looked up when it is first asked for, so that what
/// shows a few rows costs the same on every ledger. Prices and assignments are empty then, and the
/// ledger must stay as long as the books do.
enum class BooksPart { all, without_tasks, as_needed };

/// In the order of rows. A few hundred nanoseconds a record.
Books read_books(Ledger& ledger, TenantId tenant, BooksPart part = BooksPart::all);

/// Adds a task to books that were read without them, unless it is there; none for no id.
void read_task(Ledger& ledger, TaskId task, Books& books);

/// The clients of a named selection, in the order of their codes; empty when there is no such name.
std::vector<ClientId> read_selection(Ledger& ledger, TenantId tenant, std::string_view name);
std::vector<std::string> selection_names(Ledger& ledger, TenantId tenant);

}  // namespace billctl
