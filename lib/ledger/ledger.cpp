#include "ledger/ledger.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "ledger/audit.hpp"
#include "ledger/connection.hpp"
#include "ledger/local_disk.hpp"
#include "ledger/migrations.hpp"
#include "ledger/opening.hpp"
#include "ledger/write_lock.hpp"

namespace billctl {
namespace {

std::atomic<sqlite3*> open_handle{nullptr};
std::atomic<bool> interrupted{false};

/// Which file on disk a path means now.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileIdentity&) const = default;

  static FileIdentity of(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) return {};
    return {status.st_dev, status.st_ino};
  }
};

/// SQLite would work what is left of another ledger's log into a new file.
void refuse_left_log(const std::string& path) {
  struct stat status {};
  if (stat((path + "-wal").c_str(), &status) != 0 || status.st_size == 0) return;
  throw Error(Reason::io, path + "-wal is left of a ledger that is not there",
              "put that ledger back or finish its restore, or set the file aside");
}

/// Between the ledger that is set aside and the one that takes its place there is none, for some
/// milliseconds.
void wait_for_restore(const std::string& path) {
  constexpr int kStepMilliseconds = 5;
  constexpr int kSteps = 200;
  struct stat status {};
  for (int i = 0; i < kSteps && lstat(path.c_str(), &status) != 0; ++i) {
    if (lstat((path + ".restoring").c_str(), &status) != 0) return;
    sqlite3_sleep(kStepMilliseconds);
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
  FileIdentity file;

  void begin() {
    // A restore may have put another file here while this one waited for the lock: what is written
    // into the file that was set aside would be lost.
    if (!(file == FileIdentity::of(request.path))) {
      throw Error(Reason::failed, "ledger " + request.path + " was replaced meanwhile",
                  "run the same command again");
    }
    connection->execute("BEGIN IMMEDIATE");
    // Another program may have migrated the file since it was opened here.
    if (pragma(*connection, "user_version") == version) return;
    roll_back();
    throw Error(Reason::ledger_new, "ledger " + request.path + " was migrated by another program",
                "run the same command again; if it is refused, use a newer billctl");
  }
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
  constexpr int kTries = 3;
  for (int tries = 1;; ++tries) {
    wait_for_restore(request.path);
    const FileIdentity file = FileIdentity::of(request.path);
    // A restore between the opening of the file and of its log, which SQLite finds by name.
    const auto is_replaced = [&] {
      return tries < kTries && !(file == FileIdentity::of(request.path));
    };
    try {
      Ledger ledger = open_once(request);
      if (is_replaced()) continue;
      ledger.state_->file = file;
      return ledger;
    } catch (const Error&) {
      if (!is_replaced()) throw;
    }
  }
}

Ledger Ledger::open_once(const OpenLedger& request) {
  check_file(request.path);
  if (request.access == Access::write) require_local_disk(request.path);
  auto state = std::make_unique<State>();
  state->request = request;
  try {
    state->connection = std::make_unique<Connection>(request.path, request.access);
  } catch (const SQLite::Exception& failure) {
    throw Error(Reason::io, "ledger " + request.path + ": " + failure.what(),
                "it must be a readable file in a folder that may be written");
  }
  Connection& connection = *state->connection;
  // What is refused keeps its bytes: not even a log that was left behind is worked into it.
  set_checkpoint_on_close(connection, false);
  check_header(connection, request.path);
  sqlite3_busy_timeout(connection.handle(), 10'000);
  apply_settings(connection);
  state->version = version_of(connection, request);
  Ledger ledger(std::move(state));
  if (request.access == Access::write) {
    quick_check(ledger);
    set_checkpoint_on_close(connection, true);
    prepare_writing(connection, request.path);
  }
  open_handle = connection.handle();
  return ledger;
}

bool Ledger::is_there(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && !is_blank_file(path);
}

bool Ledger::create(const std::string& path, const FileAccess& access, int lock_wait_seconds) {
  if (is_there(path)) return false;
  require_local_disk(path);
  const WriteLock lock(path, lock_wait_seconds, "init", access);
  if (is_there(path)) return false;
  refuse_left_log(path);
  const std::string building = path + ".new";
  unlink(building.c_str());
  const int file =
      ::open(building.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    throw Error(Reason::io, "can't make " + path, "the folder must exist and be writable");
  const bool given = give_access(file, access);
  close(file);
  if (!given) {
    unlink(building.c_str());
    throw Error(Reason::io, path + " can't be given to its group: " + std::strerror(errno));
  }
  {
    Connection connection(building, Access::write);
    connection.execute("PRAGMA page_size = 4096");
    connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    run_migrations(connection);
    connection.execute("PRAGMA journal_mode = WAL");
  }
  // The file takes its name only when it is whole: a crash before leaves no half ledger.
  if (rename(building.c_str(), path.c_str()) != 0) throw Error(Reason::io, "can't make " + path);
  return true;
}

int Ledger::migrate(const OpenLedger& request) {
  check_file(request.path);
  const WriteLock lock(request.path, request.lock_wait_seconds, "migrate");
  OpenLedger any = request;
  any.any_version = true;
  any.access = Access::write;
  Ledger ledger = open(any);
  const int from = ledger.version();
  if (from < schema_version()) run_migrations(ledger.connection());
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
int Ledger::lock_wait_seconds() const {
  return state_->request.lock_wait_seconds;
}
Connection& Ledger::connection() {
  return *state_->connection;
}

bool Ledger::is_interrupted() noexcept {
  return interrupted;
}

void Ledger::interrupt() noexcept {
  interrupted = true;
  if (sqlite3* handle = open_handle) sqlite3_interrupt(handle);
}

}  // namespace billctl
