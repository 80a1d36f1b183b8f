#include "ledger/ledger.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <utility>

#include "ledger/connection.hpp"
#include "ledger/migrations.hpp"
#include "ledger/write_lock.hpp"

namespace billctl {
namespace {

constexpr int kApplicationId = 0x62696C6C;  // "bill"
std::atomic<sqlite3*> open_handle{nullptr};
std::atomic<bool> interrupted{false};

std::int64_t pragma(Connection& connection, const std::string& name) {
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "PRAGMA " + name;
  if (sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw_sqlite(connection.handle(), sqlite3_extended_errcode(connection.handle()), "ledger");
  }
  const int code = sqlite3_step(statement);
  const std::int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) throw_sqlite(connection.handle(), code, "ledger");
  return value;
}

void set_and_read_back(Connection& connection, const std::string& name, std::int64_t value) {
  connection.execute("PRAGMA " + name + " = " + std::to_string(value));
  if (pragma(connection, name) != value) {
    throw Error(Reason::failed,
                "SQLite did not take the setting " + name + " = " + std::to_string(value));
  }
}

/// Every setting that safety hangs on, set and read back (design/reliability.md, finding 1).
void apply_settings(Connection& connection, Access access) {
  sqlite3* handle = connection.handle();
  sqlite3_extended_result_codes(handle, 1);
  int on = 0;
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
  expect(on == 1, "defensive mode is on");
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  set_and_read_back(connection, "trusted_schema", 0);
  set_and_read_back(connection, "cell_size_check", 1);
  set_and_read_back(connection, "foreign_keys", 1);
  set_and_read_back(connection, "recursive_triggers", 1);
  set_and_read_back(connection, "busy_timeout", 10'000);
  set_and_read_back(connection, "cache_size", -8192);
  connection.execute("PRAGMA temp_store = FILE");
  if (access == Access::read) return;
  connection.execute("PRAGMA journal_mode = WAL");
  set_and_read_back(connection, "synchronous", 2);  // FULL
}

bool is_wal(Connection& connection) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection.handle(), "PRAGMA journal_mode", -1, &statement, nullptr);
  const bool row = sqlite3_step(statement) == SQLITE_ROW;
  const bool wal =
      row && std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))) == "wal";
  sqlite3_finalize(statement);
  return wal;
}

void run_migrations(Connection& connection, int from) {
  const auto& all = migrations();
  for (std::size_t i = static_cast<std::size_t>(from); i < all.size(); ++i) {
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(std::string(all[i].sql));
      connection.execute("PRAGMA user_version = " + std::to_string(i + 1));
      connection.execute("COMMIT");
    } catch (...) {
      sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }
}

}  // namespace

struct Ledger::State {
  OpenLedger request;
  std::unique_ptr<Connection> connection;
  int version = 0;
  bool writing = false;
  bool dry = false;
  int savepoints = 0;

  void begin() { connection->execute("BEGIN IMMEDIATE"); }
  void commit() {
    const int code = sqlite3_exec(connection->handle(), "COMMIT", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return;
    const std::string detail = sqlite3_errmsg(connection->handle());
    const int kind = sqlite3_extended_errcode(connection->handle()) & 0xFF;
    roll_back();
    if (kind == SQLITE_CONSTRAINT) throw Error(Reason::failed, "commit: " + detail);
    // SQLite reports a full disk before anything of the transaction is valid in the WAL.
    if (kind == SQLITE_FULL)
      throw Error(Reason::io, "commit: " + detail, "make room, then run the same command again");
    throw Error(Reason::outcome_unknown, "commit: " + detail,
                "run the same command again: it finishes the work or finds it done");
  }
  void roll_back() noexcept {
    sqlite3_exec(connection->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
};

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() {
  if (state_ && state_->connection && open_handle == state_->connection->handle())
    open_handle = nullptr;
}

int Ledger::schema_version() {
  return static_cast<int>(migrations().size());
}

Ledger Ledger::open(const OpenLedger& request) {
  struct stat status {};
  if (lstat(request.path.c_str(), &status) != 0) {
    throw Error(Reason::no_ledger, "no ledger at " + request.path, "make one with `billctl init`");
  }
  auto state = std::make_unique<State>();
  state->request = request;
  try {
    state->connection = std::make_unique<Connection>(request.path, request.access);
  } catch (const SQLite::Exception& failure) {
    throw Error(Reason::io, "ledger " + request.path + ": " + failure.what());
  }
  Connection& connection = *state->connection;
  sqlite3_busy_timeout(connection.handle(), 10'000);
  if (pragma(connection, "application_id") != kApplicationId) {
    throw Error(Reason::corrupt, request.path + " is no ledger of billctl");
  }
  apply_settings(connection, request.access);
  if (request.access == Access::write && !is_wal(connection)) {
    throw Error(Reason::failed, "ledger " + request.path + " is not in WAL mode",
                "keep the ledger on a local disk");
  }
  state->version = static_cast<int>(pragma(connection, "user_version"));
  if (state->version > schema_version()) {
    throw Error(Reason::ledger_new,
                "ledger " + request.path + " has schema " + std::to_string(state->version) +
                    ", this program knows " + std::to_string(schema_version()),
                "use a newer billctl");
  }
  const bool old = state->version < schema_version();
  if (old && !request.any_version && request.access == Access::write) {
    throw Error(Reason::ledger_old,
                "ledger " + request.path + " has schema " + std::to_string(state->version) +
                    ", this program needs " + std::to_string(schema_version()),
                "run `billctl migrate`; reading goes on");
  }
  open_handle = connection.handle();
  return Ledger(std::move(state));
}

bool Ledger::create(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) == 0) return false;
  const WriteLock lock(path, 30, "init");
  if (lstat(path.c_str(), &status) == 0) return false;
  const std::string building = path + ".new";
  unlink(building.c_str());
  const int file =
      ::open(building.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    throw Error(Reason::io, "can't make " + path, "the folder must exist and be writable");
  close(file);
  {
    Connection connection(building, Access::write);
    connection.execute("PRAGMA page_size = 4096");
    connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    run_migrations(connection, 0);
    connection.execute("PRAGMA journal_mode = WAL");
  }
  // The file takes its name only when it is whole: a crash before leaves no half ledger.
  if (rename(building.c_str(), path.c_str()) != 0) throw Error(Reason::io, "can't make " + path);
  return true;
}

int Ledger::migrate(const OpenLedger& request) {
  OpenLedger any = request;
  any.any_version = true;
  any.access = Access::write;
  Ledger ledger = open(any);
  const WriteLock lock(request.path, request.lock_wait_seconds, "migrate");
  const int from = static_cast<int>(pragma(ledger.connection(), "user_version"));
  run_migrations(ledger.connection(), from);
  return schema_version() - from;
}

void Ledger::write(DryRun dry_run, const std::function<void()>& fn) {
  State& state = *state_;
  expect(!state.writing, "write is not nested");
  const WriteLock lock(state.request.path, state.request.lock_wait_seconds, state.request.holder);
  state.begin();
  state.writing = true;
  state.dry = dry_run == DryRun::yes;
  try {
    if (interrupted) throw Error(Reason::interrupted, "interrupted; nothing was written");
    fn();
    state.writing = false;
    if (state.dry) {
      state.roll_back();
    } else {
      state.commit();
    }
  } catch (...) {
    state.writing = false;
    state.savepoints = 0;
    if (sqlite3_get_autocommit(state.connection->handle()) == 0) state.roll_back();
    throw;
  }
}

void Ledger::write_bulk(DryRun dry_run, const std::function<void()>& fn) {
  // SQLite ignores this setting inside a transaction, so it is set around it.
  set_and_read_back(*state_->connection, "foreign_keys", 0);
  try {
    write(dry_run, fn);
  } catch (...) {
    set_and_read_back(*state_->connection, "foreign_keys", 1);
    throw;
  }
  set_and_read_back(*state_->connection, "foreign_keys", 1);
}

void Ledger::read(const std::function<void()>& fn) {
  State& state = *state_;
  if (state.writing || sqlite3_get_autocommit(state.connection->handle()) == 0) {
    fn();
    return;
  }
  state.connection->execute("BEGIN");
  try {
    fn();
  } catch (...) {
    state.roll_back();
    throw;
  }
  state.roll_back();
}

void Ledger::savepoint(const std::function<void()>& fn) {
  State& state = *state_;
  expect(state.writing, "a savepoint stands inside write");
  const std::string name = "step" + std::to_string(state.savepoints++);
  state.connection->execute("SAVEPOINT " + name);
  try {
    fn();
  } catch (const Error&) {
    state.connection->execute("ROLLBACK TO " + name);
    state.connection->execute("RELEASE " + name);
    --state.savepoints;
    throw;
  }
  state.connection->execute("RELEASE " + name);
  --state.savepoints;
}

void Ledger::checkpoint() {
  State& state = *state_;
  expect(state.writing && state.savepoints == 0,
         "a checkpoint stands inside write, outside savepoints");
  if (state.dry) return;
  state.commit();
  state.begin();
}

bool Ledger::in_write() const {
  return state_->writing;
}
int Ledger::version() const {
  return state_->version;
}
const std::string& Ledger::path() const {
  return state_->request.path;
}
Connection& Ledger::connection() {
  return *state_->connection;
}

void Ledger::interrupt() noexcept {
  interrupted = true;
  if (sqlite3* handle = open_handle) sqlite3_interrupt(handle);
}

}  // namespace billctl
