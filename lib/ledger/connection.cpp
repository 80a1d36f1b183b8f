#include "ledger/connection.hpp"

namespace billctl {

void throw_sqlite(sqlite3* handle, int code, const char* doing) {
  const std::string detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const std::string message = std::string(doing) + ": " + detail;
  switch (code & 0xFF) {
    case SQLITE_IOERR:
      if (code == SQLITE_IOERR_READ)
        throw Error(Reason::io, message,
                    "the disk did not give what stands on it: run the same command again; if it "
                    "stays so, restore a backup on another disk");
      [[fallthrough]];
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw Error(Reason::io, message,
                  "make room or give write permission, then run the same command again");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(Reason::locked, message, "another program writes the ledger; try again");
    case SQLITE_INTERRUPT:
      throw Error(Reason::interrupted, "interrupted; nothing of this step was written");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(Reason::corrupt, message,
                  "do not write to it; see `billctl verify` and your backups");
    case SQLITE_TOOBIG:
      throw Error(Reason::bad_input, message);
    default:
      throw Error(Reason::failed, message);
  }
}

namespace {

// A connection belongs to one thread, and nobody asks SQLite how much memory it has: without the
// locks around each column that is read and each allocation a bulk stage takes a tenth less. Where
// SQLite runs already the second is refused, and only that is lost.
int open_flags(Access access) {
  static const int kWithoutStatistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(kWithoutStatistics);
  return (access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
         SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
}

}  // namespace

Connection::Connection(const std::string& path, Access access)
    : database_(path, open_flags(access)) {}

Connection::~Connection() {
  for (auto& [sql, statements] : shelf_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
}

void Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(handle(), sqlite3_extended_errcode(handle()), "ledger");
}

sqlite3_stmt* Connection::take(const char* sql) {
  auto& statements = shelf_[sql];
  if (!statements.empty()) {
    sqlite3_stmt* statement = statements.back();
    statements.pop_back();
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) throw_sqlite(handle(), code, "ledger");
  return statement;
}

void Connection::give_back(const char* sql, sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  shelf_[sql].push_back(statement);
}

namespace {

/// What a schema has no table or column for is no failure of this program: it is older, or damaged.
sqlite3_stmt* taken(Ledger& ledger, const char* sql) {
  try {
    return ledger.connection().take(sql);
  } catch (const Error& error) {
    const int needed = Ledger::schema_version();
    if (error.code() != Reason::failed) throw;
    if (ledger.version() == needed)
      throw Error(Reason::corrupt,
                  "ledger " + ledger.path() + " has other tables than its schema " +
                      std::to_string(needed) + " says: " + error.message(),
                  "do not write to it; see `billctl verify` and your backups");
    throw Error(Reason::ledger_old,
                "ledger " + ledger.path() + " has schema " + std::to_string(ledger.version()) +
                    ", this command reads what schema " + std::to_string(needed) + " has",
                "run `billctl migrate`");
  }
}

}  // namespace

Query::Query(Ledger& ledger, const char* sql)
    : connection_(ledger.connection()), sql_(sql), statement_(taken(ledger, sql)) {}

Query::~Query() {
  connection_.give_back(sql_, statement_);
}

int Query::index(const char* name) const {
  const int found = sqlite3_bind_parameter_index(statement_, name);
  expect(found > 0, name);
  return found;
}

Query& Query::bind(const char* name, std::int64_t value) {
  sqlite3_bind_int64(statement_, index(name), value);
  return *this;
}

Query& Query::bind(const char* name, std::string_view text) {
  // An empty view may have no address, and a null address would bind NULL.
  const char* bytes = text.data() != nullptr ? text.data() : "";
  const int code = sqlite3_bind_text64(statement_, index(name), bytes, text.size(),
                                       SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) throw_sqlite(connection_.handle(), code, name);
  return *this;
}

Query& Query::bind_blob(const char* name, std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  const int code =
      sqlite3_bind_blob64(statement_, index(name), data, bytes.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) throw_sqlite(connection_.handle(), code, name);
  return *this;
}

Query& Query::bind_null(const char* name) {
  sqlite3_bind_null(statement_, index(name));
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  const int extended = sqlite3_extended_errcode(connection_.handle());
  const std::string detail = sqlite3_errmsg(connection_.handle());
  sqlite3_reset(statement_);
  throw_sqlite(nullptr, extended, detail.c_str());
}

std::int64_t Query::run() {
  while (step()) {
  }
  return sqlite3_changes64(connection_.handle());
}

void Query::reset() {
  sqlite3_reset(statement_);
}

// A value is fetched once and then asked for its type and content: half the calls for each column.

std::int64_t Query::integer(int column) const {
  sqlite3_value* value = sqlite3_column_value(statement_, column);
  if (sqlite3_value_type(value) != SQLITE_INTEGER) {
    throw Error(Reason::corrupt, "a column that holds numbers holds none", "run `billctl verify`");
  }
  return sqlite3_value_int64(value);
}

std::optional<std::int64_t> Query::integer_or_null(int column) const {
  sqlite3_value* value = sqlite3_column_value(statement_, column);
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return std::nullopt;
    case SQLITE_INTEGER:
      return sqlite3_value_int64(value);
    default:
      return integer(column);  // says what is wrong
  }
}

std::string_view Query::text(int column) const {
  sqlite3_value* value = sqlite3_column_value(statement_, column);
  if (sqlite3_value_type(value) != SQLITE_TEXT) {
    throw Error(Reason::corrupt, "a column that holds text holds none", "run `billctl verify`");
  }
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::optional<Decimal> Query::decimal_or_null(int column) const {
  if (const auto micro = integer_or_null(column)) return Decimal::from_micro(*micro);
  return std::nullopt;
}

std::optional<std::string> Query::string_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

std::string_view Query::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace billctl
