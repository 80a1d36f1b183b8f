#include "ledger/opening.hpp"

#include <sys/stat.h>

#include <array>

#include "ledger/migrations.hpp"
#include "ledger/schema_digest.hpp"

namespace billctl {
namespace {

/// @throws Error{corrupt}: a file, and not of ours.
[[noreturn]] void refuse_stranger(const std::string& path, const std::string& why = "") {
  throw Error(Reason::corrupt, path + " is no ledger of billctl" + why,
              "name the ledger with --ledger, or make one with `billctl init`");
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

std::string told(const OpenLedger& request, int version) {
  return "ledger " + request.path + " has schema " + std::to_string(version) + ", this program ";
}

bool has_log(const std::string& path) {
  for (const char* log : {"-wal", "-journal"}) {
    struct stat status {};
    if (lstat((path + log).c_str(), &status) == 0 && status.st_size > 0) return true;
  }
  return false;
}

/// SQLite takes a last page that was cut off for one that ends in zeros. With a log beside it the
/// page may stand there.
/// @throws Error{corrupt}.
void check_pages(sqlite3_file& file, std::string_view header, const std::string& path) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
  const std::int64_t written = byte(16) * 256 + byte(17);
  const std::int64_t page = written == 1 ? 65536 : written;
  sqlite3_int64 size = 0;
  if (file.pMethods->xFileSize(&file, &size) != SQLITE_OK || page == 0) return;
  if (size % page == 0 || has_log(path)) return;
  throw Error(Reason::corrupt,
              "ledger " + path + " is cut off: " + std::to_string(size) +
                  " bytes, where pages of " + std::to_string(page) + " are needed",
              "restore a backup with `billctl restore FILE`");
}

}  // namespace

bool is_blank_file(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != 0)
    return false;
  return lstat((path + "-wal").c_str(), &status) != 0 || status.st_size == 0;
}

void check_file(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    throw Error(Reason::no_ledger, "no ledger at " + path, "make one with `billctl init`");
  }
  if (S_ISDIR(status.st_mode))
    throw Error(Reason::no_ledger, "no ledger at " + path + ": it is a folder",
                "name the file in it: --ledger " + path + "/ledger.db");
  if (S_ISLNK(status.st_mode))
    throw Error(Reason::io, "ledger " + path + " is a symbolic link",
                "name the file that it points to, whose log and lock stand beside it");
  if (!S_ISREG(status.st_mode)) refuse_stranger(path, ": it is no file");
  if (is_blank_file(path))
    throw Error(Reason::no_ledger, "no ledger at " + path + ": the file is empty",
                "make one with `billctl init`, or restore a backup if it was one");
  if (status.st_size == 0) refuse_stranger(path, ": it is empty");
}

void check_header(Connection& connection, const std::string& path) {
  // Through SQLite's own handle: closing another one would drop this process's locks on the file.
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  expect(file != nullptr && file->pMethods != nullptr, "an opened ledger has a file");
  std::array<char, 100> header{};
  const int code = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) throw_sqlite(nullptr, code, "ledger");
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (std::string_view(header.data(), kMagic.size()) != kMagic) refuse_stranger(path);
  constexpr std::string_view kBill("bill", 4);  // kApplicationId, most significant byte first
  if (std::string_view(header.data() + 68, kBill.size()) != kBill)
    refuse_stranger(path, ": another program made it");
  check_pages(*file, std::string_view(header.data(), header.size()), path);
}

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

void apply_settings(Connection& connection) {
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
}

int version_of(Connection& connection, const OpenLedger& request) {
  if (pragma(connection, "application_id") != kApplicationId) refuse_stranger(request.path);
  const int version = static_cast<int>(pragma(connection, "user_version"));
  const int needed = Ledger::schema_version();
  if (version < 0) throw Error(Reason::corrupt, told(request, version) + "needs a sane one");
  if (version > needed) {
    throw Error(Reason::ledger_new, told(request, version) + "knows " + std::to_string(needed),
                "use a newer billctl");
  }
  if (version < needed && !request.any_version && request.access == Access::write) {
    throw Error(Reason::ledger_old, told(request, version) + "needs " + std::to_string(needed),
                "run `billctl migrate`; reading goes on");
  }
  return version;
}

void set_checkpoint_on_close(Connection& connection, bool on) {
  sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 0 : 1, nullptr);
}

void prepare_writing(Connection& connection, const std::string& path) {
  connection.execute("PRAGMA journal_mode = WAL");
  if (!is_wal(connection)) {
    throw Error(Reason::failed, "ledger " + path + " is not in WAL mode",
                "keep the ledger on a local disk");
  }
  set_and_read_back(connection, "synchronous", 2);  // FULL
}

void run_migrations(Connection& connection) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    const auto& all = migrations();
    for (auto i = static_cast<std::size_t>(pragma(connection, "user_version")); i < all.size(); ++i)
      connection.execute(std::string(all[i].sql));
    std::string digest;
    if (const int code = read_schema_digest(connection.handle(), digest); code != SQLITE_OK)
      throw_sqlite(connection.handle(), code, "migrate");
    if (digest != built_in_schema_digests().back())
      throw Error(Reason::corrupt, "the migrated ledger is not what this program makes",
                  "nothing was changed; ask for help with this file");
    connection.execute("PRAGMA user_version = " + std::to_string(all.size()));
    connection.execute("COMMIT");
  } catch (...) {
    sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace billctl
