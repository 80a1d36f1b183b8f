// BulkSource: a table of SQLite's whose rows are a C++ vector, so that a million rows go in by one
// INSERT … SELECT instead of a million bind-and-step rounds (1.03 s against 1.40 s; design/
// performance.md). Included only by .cpp files of lib/ledger.
//
//   constexpr const char* kInsert = "INSERT INTO item_open (item_id) SELECT c0 FROM bulk_rows";
//   insert_rows<ItemId>(ledger, kInsert, ids, [](const ItemId& id, int, BulkCell& cell) {
//   cell.integer(id.value); });
#pragma once

#include <functional>
#include <span>

#include "ledger/connection.hpp"

namespace billctl {

constexpr int kBulkColumns = 40;  ///< c0 … c39

/// The one cell that SQLite asks for.
class BulkCell {
 public:
  explicit BulkCell(sqlite3_context* context) : context_(context) {}
  void integer(std::int64_t value) { sqlite3_result_int64(context_, value); }
  void integer(const std::optional<std::int64_t>& value) {
    if (value) integer(*value);  // else NULL, which is SQLite's own default
  }
  /// The bytes must stay where they are until the insert ends.
  void text(std::string_view value) {
    sqlite3_result_text64(context_, value.data() != nullptr ? value.data() : "", value.size(),
                          SQLITE_STATIC, SQLITE_UTF8);
  }
  template <class Tag>
  void id(Id<Tag> value) {  ///< NULL for none
    if (value) integer(value.value);
  }

 private:
  sqlite3_context* context_;
};

/// What the table shows while one insert runs.
struct BulkRows {
  const void* first = nullptr;
  std::size_t stride = 0;
  std::size_t count = 0;
  void (*cell)(const void* row, int column, BulkCell& cell, const void* by) = nullptr;
  const void* by = nullptr;
};

/// Makes the table `bulk_rows` known to the connection, once.
void register_bulk_rows(Ledger& ledger);
void run_bulk(Ledger& ledger, const char* sql, const BulkRows& rows);
/// Runs a SELECT that joins `bulk_rows`; `each` is called for every row of the answer.
void read_bulk(Ledger& ledger, const char* sql, const BulkRows& rows,
               const std::function<void(Query&)>& bind, const std::function<void(Query&)>& each);

/// The rows as SQLite asks for them; `cell(row, column, out)` gives each cell.
template <class Row, class CellOf>
BulkRows bulk_rows_of(std::span<const Row> rows, const CellOf& cell) {
  BulkRows source;
  source.first = rows.data();
  source.stride = sizeof(Row);
  source.count = rows.size();
  source.by = &cell;
  source.cell = [](const void* row, int column, BulkCell& out, const void* by) {
    (*static_cast<const CellOf*>(by))(*static_cast<const Row*>(row), column, out);
  };
  return source;
}

/// Runs `sql` with the rows as `bulk_rows`.
template <class Row, class CellOf>
void insert_rows(Ledger& ledger, const char* sql, std::span<const Row> rows, const CellOf& cell) {
  if (!rows.empty()) run_bulk(ledger, sql, bulk_rows_of(rows, cell));
}

}  // namespace billctl
