#include "ledger/ledger_copy.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "ledger/connection.hpp"
#include "ledger/opening.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

[[noreturn]] void fail(const std::string& path, const char* doing) {
  throw Error(Reason::io, path + ": can't be " + doing + ": " + std::strerror(errno),
              "the folder must exist, be writable and have room");
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void sync_path(const std::string& path, int flags) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) fail(path, "made durable");
}

void sync_folder_of(const std::string& path) {
  sync_path(folder_of(path), O_DIRECTORY);
}

bool is_there(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

void rename_or_fail(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) fail(from, ("renamed to " + to).c_str());
}

/// Page by page inside one snapshot of the source, so that writers go on meanwhile.
void copy_pages(Connection& from, Connection& into) {
  constexpr int kPages = 2048;
  constexpr int kWaitMilliseconds = 10;
  sqlite3_backup* backup = sqlite3_backup_init(into.handle(), "main", from.handle(), "main");
  if (backup == nullptr) throw_sqlite(into.handle(), sqlite3_errcode(into.handle()), "copy");
  int code = SQLITE_OK;
  while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    if (Ledger::is_interrupted()) {
      sqlite3_backup_finish(backup);
      throw Error(Reason::interrupted, "interrupted; no copy was made");
    }
    code = sqlite3_backup_step(backup, kPages);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) sqlite3_sleep(kWaitMilliseconds);
  }
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw_sqlite(into.handle(), code, "copy");
}

/// Whether the opened file still has that name.
bool is_named(int file, const std::string& path) {
  struct stat own {};
  struct stat there {};
  return fstat(file, &own) == 0 && lstat(path.c_str(), &there) == 0 && own.st_dev == there.st_dev &&
         own.st_ino == there.st_ino;
}

/// The file that a copy is built in, locked and empty.
int open_building(const std::string& building, const std::string& path) {
  for (;;) {
    const int file =
        open(building.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) fail(building, "written");
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      close(file);
      throw Error(Reason::running, "another copy to " + path + " is under way",
                  "wait until it has ended");
    }
    // One that was finished since it was opened here has its own name now and is nobody's to empty.
    if (!is_named(file, building)) {
      close(file);
      continue;
    }
    // What was left of a copy that was cut off.
    for (const char* tail : {"-wal", "-shm", "-journal"}) unlink((building + tail).c_str());
    if (ftruncate(file, 0) == 0) return file;
    close(file);
    fail(building, "written");
  }
}

}  // namespace

LedgerCopy::LedgerCopy(Ledger& from, std::string path, std::optional<FileAccess> access)
    : path_(std::move(path)), building_(path_ + ".part"), lock_(open_building(building_, path_)) {
  try {
    give_access(lock_, access.value_or(access_of(from.path())));
    {
      Connection into(building_, Access::write);
      into.execute("PRAGMA journal_mode = OFF");
      into.execute("PRAGMA synchronous = OFF");
      from.read([&] {
        pragma(from.connection(), "user_version");  // the snapshot begins with the first read
        copy_pages(from.connection(), into);
      });
    }
    Connection(building_, Access::write).execute("PRAGMA journal_mode = DELETE");
    sync_path(building_, 0);
  } catch (...) {
    unlink(building_.c_str());
    close(lock_);
    throw;
  }
}

LedgerCopy::~LedgerCopy() {
  if (lock_ < 0) return;
  unlink(building_.c_str());
  close(lock_);
}

std::int64_t LedgerCopy::bytes() const {
  struct stat status {};
  return stat(building_.c_str(), &status) == 0 ? status.st_size : 0;
}

std::string LedgerCopy::sha256() const {
  const int file = open(building_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(building_, "read");
  Sha256 hash;
  std::array<char, 65536> piece{};
  ssize_t got = 0;
  while ((got = read(file, piece.data(), piece.size())) > 0) {
    hash.add({piece.data(), static_cast<std::size_t>(got)});
  }
  close(file);
  if (got < 0) fail(building_, "read");
  return to_hex(hash.digest());
}

void LedgerCopy::keep() {
  rename_or_fail(building_, path_);
  sync_folder_of(path_);
  close(lock_);
  lock_ = -1;
}

void replace_ledger(const std::string& restored, const std::string& path,
                    const std::string& aside) {
  struct stat log {};
  if (stat((restored + "-wal").c_str(), &log) == 0 && log.st_size > 0)
    throw Error(Reason::io, restored + ": its log can't be worked into it",
                "nothing was replaced; make room, then run the same command again");
  sync_path(restored, 0);
  if (is_there(path)) rename_or_fail(path, aside);
  // Its log goes with it: beside the restored file SQLite would work it into that.
  for (const char* tail : {"-wal", "-shm"}) {
    if (is_there(path + tail)) rename_or_fail(path + tail, aside + tail);
  }
  sync_folder_of(path);
  rename_or_fail(restored, path);
  sync_folder_of(path);
}

bool is_same_file(const std::string& one, const std::string& other) {
  struct stat a {};
  struct stat b {};
  return stat(one.c_str(), &a) == 0 && stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

}  // namespace billctl
