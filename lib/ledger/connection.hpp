// Connection and Query: SQLite as this folder uses it. Included only by .cpp files of lib/ledger.
//
// SQLiteCpp owns the connection; statements are our own, because its Statement copies every text,
// can't bind a string_view, and its reset() throws the last error again.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/ledger.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// Turns an SQLite result code into the Error of the trade: full, io, busy, corrupt …
[[noreturn]] void throw_sqlite(sqlite3* handle, int code, const char* doing);

class Connection {
 public:
  Connection(const std::string& path, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sqlite3* handle() const { return database_.getHandle(); }
  void execute(const std::string& sql);
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle()); }

  /// A prepared statement from the shelf, or a new one; `give_back` puts it on the shelf again.
  sqlite3_stmt* take(const char* sql);
  void give_back(const char* sql, sqlite3_stmt* statement);

  bool has_bulk_rows = false;  ///< of bulk_source.hpp

 private:
  SQLite::Database database_;
  std::unordered_map<const char*, std::vector<sqlite3_stmt*>> shelf_;
};

/// One statement with named parameters. `sql` must be a constant that lives as long as the program:
/// prepared statements are shelved by its address.
///
///   Query query(ledger, kSelect);
///   query.bind(":client", client);
///   while (query.step()) names.push_back(std::string(query.text(0)));
class Query {
 public:
  Query(Ledger& ledger, const char* sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(const char* name, std::int64_t value);
  Query& bind(const char* name, int value) { return bind(name, std::int64_t{value}); }
  Query& bind(const char* name, bool value) { return bind(name, std::int64_t{value ? 1 : 0}); }
  Query& bind(const char* name, std::string_view text);
  Query& bind(const char* name, const char* text) { return bind(name, std::string_view(text)); }
  Query& bind(const char* name, const std::string& text) {
    return bind(name, std::string_view(text));
  }
  Query& bind_blob(const char* name, std::string_view bytes);
  Query& bind_null(const char* name);
  template <class Tag>
  Query& bind(const char* name, Id<Tag> id) {
    return bind(name, id.value);
  }
  /// NULL for an id of 0: references that may be absent.
  template <class Tag>
  Query& bind_or_null(const char* name, Id<Tag> id) {
    return id ? bind(name, id.value) : bind_null(name);
  }
  template <class T>
  Query& bind(const char* name, const std::optional<T>& value) {
    return value ? bind(name, *value) : bind_null(name);
  }

  /// The next row; false after the last, when the statement is ready to be bound and run again.
  bool step();
  /// Runs a statement that gives no row and makes it ready again. @returns rows changed.
  std::int64_t run();
  void reset();

  // Columns count from 0. Each throws Error{corrupt} when the stored type is another.
  std::int64_t integer(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  std::optional<std::int64_t> integer_or_null(int column) const;
  std::optional<Decimal> decimal_or_null(int column) const;  ///< stored in millionths
  std::string_view text(int column) const;                   ///< valid until the next step
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> string_or_null(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  template <class IdType>
  IdType id(int column) const {  ///< NULL is no id
    return IdType{integer_or_null(column).value_or(0)};
  }

  sqlite3_stmt* raw() const { return statement_; }

 private:
  int index(const char* name) const;
  Connection& connection_;
  const char* sql_;
  sqlite3_stmt* statement_;
};

}  // namespace billctl
