#include "ledger/bulk_source.hpp"

#include <string>
#include <utility>

namespace billctl {
namespace {

struct Table {
  sqlite3_vtab base;
};

struct Cursor {
  sqlite3_vtab_cursor base;
  const BulkRows* rows;
  std::size_t at;
};

// The library writes from one thread, one insert at a time.
const BulkRows* current = nullptr;

int connect(sqlite3* handle, void*, int, const char* const*, sqlite3_vtab** table, char**) {
  std::string declaration = "CREATE TABLE x(";
  for (int i = 0; i < kBulkColumns; ++i) declaration += (i == 0 ? "c" : ",c") + std::to_string(i);
  const int code = sqlite3_declare_vtab(handle, (declaration + ")").c_str());
  if (code != SQLITE_OK) return code;
  *table = &(new Table{})->base;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete reinterpret_cast<Table*>(table);
  return SQLITE_OK;
}

int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  info->estimatedCost = 1e6;
  return SQLITE_OK;
}

int open_cursor(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
  *cursor = &(new Cursor{{}, current, 0})->base;
  return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  delete reinterpret_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  reinterpret_cast<Cursor*>(cursor)->at = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++reinterpret_cast<Cursor*>(cursor)->at;
  return SQLITE_OK;
}

int eof(sqlite3_vtab_cursor* base) {
  const auto* cursor = reinterpret_cast<Cursor*>(base);
  return cursor->rows == nullptr || cursor->at >= cursor->rows->count ? 1 : 0;
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int number) {
  const auto* cursor = reinterpret_cast<Cursor*>(base);
  const BulkRows& rows = *cursor->rows;
  BulkCell cell(context);
  rows.cell(static_cast<const char*>(rows.first) + cursor->at * rows.stride, number, cell, rows.by);
  return SQLITE_OK;
}

int row_number(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(reinterpret_cast<Cursor*>(cursor)->at);
  return SQLITE_OK;
}

sqlite3_module module_of_rows() {
  sqlite3_module module{};
  module.xConnect = connect;  // without xCreate the table is there by its name alone
  module.xDisconnect = disconnect;
  module.xBestIndex = best_index;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = eof;
  module.xColumn = column;
  module.xRowid = row_number;
  return module;
}

}  // namespace

void register_bulk_rows(Ledger& ledger) {
  if (std::exchange(ledger.connection().has_bulk_rows, true)) return;
  static const sqlite3_module kModule = module_of_rows();
  sqlite3_create_module(ledger.connection().handle(), "bulk_rows", &kModule, nullptr);
}

void run_bulk(Ledger& ledger, const char* sql, const BulkRows& rows) {
  expect(current == nullptr, "bulk inserts are not nested");
  register_bulk_rows(ledger);
  current = &rows;
  try {
    Query query(ledger, sql);
    query.run();
  } catch (...) {
    current = nullptr;
    throw;
  }
  current = nullptr;
}

void read_bulk(Ledger& ledger, const char* sql, const BulkRows& rows,
               const std::function<void(Query&)>& bind, const std::function<void(Query&)>& each) {
  expect(current == nullptr, "bulk reads are not nested");
  current = &rows;
  try {
    Query query(ledger, sql);
    bind(query);
    while (query.step()) each(query);
  } catch (...) {
    current = nullptr;
    throw;
  }
  current = nullptr;
}

}  // namespace billctl
