#include "crash/tapped_vfs.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <stdexcept>

#include "crash/disk.hpp"

namespace billctl::crash {
namespace {

sqlite3_vfs* system_vfs = nullptr;

struct TappedFile {
  sqlite3_file base;
  std::string* path;     ///< empty: temporary, or outside of the disk's folder
  bool name_is_durable;  ///< or is made so by the next sync, as SQLite does for journals
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

class InSqlite {
 public:
  InSqlite() { in_sqlite = true; }
  ~InSqlite() { in_sqlite = before_; }
  InSqlite(const InSqlite&) = delete;
  InSqlite& operator=(const InSqlite&) = delete;

 private:
  bool before_ = in_sqlite;
};

TappedFile& tapped(sqlite3_file* file) {
  return *reinterpret_cast<TappedFile*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return tapped(file).real();
}

const sqlite3_io_methods& system_of(sqlite3_file* file) {
  return *real(file)->pMethods;
}

bool is_watched(sqlite3_file* file) {
  return disk != nullptr && !tapped(file).path->empty();
}

bool is_failure(DiskAnswer answer) {
  return answer == DiskAnswer::io || answer == DiskAnswer::full || answer == DiskAnswer::io_torn;
}

/// Asks the disk, does it, and tells the disk. `io_code` is what SQLite calls such a failure.
template <class Do>
int through(const DiskCall& call, int io_code, int full_code, const Do& act) {
  const DiskTurn turn(disk_mutex);
  const DiskAnswer answer = disk->before(call);
  if (answer == DiskAnswer::kill || answer == DiskAnswer::kill_torn) _exit(kKilled);
  if (is_failure(answer)) return answer == DiskAnswer::full ? full_code : io_code;
  const int code = act();
  if (code == SQLITE_OK) disk->after(call);
  return code;
}

int close_file(sqlite3_file* file) {
  const InSqlite inside;
  const int code = system_of(file).xClose(real(file));
  delete tapped(file).path;
  return code;
}

int read_file(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
  return system_of(file).xRead(real(file), bytes, count, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  const InSqlite inside;
  const auto act = [&] { return system_of(file).xWrite(real(file), bytes, count, offset); };
  const DiskTurn turn(disk_mutex);
  if (!is_watched(file)) return act();
  const DiskCall call{.act = DiskAct::write,
                      .path = *tapped(file).path,
                      .offset = offset,
                      .bytes = {static_cast<const char*>(bytes), static_cast<std::size_t>(count)}};
  const DiskAnswer answer = disk->before(call);
  if (answer == DiskAnswer::io_torn || answer == DiskAnswer::kill_torn)
    system_of(file).xWrite(real(file), bytes, count / 2, offset);
  if (answer == DiskAnswer::kill || answer == DiskAnswer::kill_torn) _exit(kKilled);
  if (is_failure(answer)) return answer == DiskAnswer::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  const int code = act();
  if (code == SQLITE_OK) disk->after(call);
  return code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const InSqlite inside;
  const auto act = [&] { return system_of(file).xTruncate(real(file), size); };
  if (!is_watched(file)) return act();
  const DiskCall call{.act = DiskAct::truncate, .path = *tapped(file).path, .offset = size};
  return through(call, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_TRUNCATE, act);
}

int sync_file(sqlite3_file* file, int flags) {
  const InSqlite inside;
  const auto act = [&] { return system_of(file).xSync(real(file), flags); };
  if (!is_watched(file)) return act();
  const DiskCall call{.act = DiskAct::sync,
                      .path = *tapped(file).path,
                      .folder_too = !tapped(file).name_is_durable};
  const int code = through(call, SQLITE_IOERR_FSYNC, SQLITE_IOERR_FSYNC, act);
  if (code == SQLITE_OK) tapped(file).name_is_durable = true;
  return code;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  return system_of(file).xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) {
  const auto act = [&] { return system_of(file).xLock(real(file), level); };
  if (!is_watched(file)) return act();
  const DiskCall call{.act = DiskAct::lock, .path = *tapped(file).path};
  return through(call, SQLITE_IOERR_LOCK, SQLITE_IOERR_LOCK, act);
}

int unlock_file(sqlite3_file* file, int level) {
  return system_of(file).xUnlock(real(file), level);
}

int is_reserved(sqlite3_file* file, int* reserved) {
  return system_of(file).xCheckReservedLock(real(file), reserved);
}

int control_file(sqlite3_file* file, int what, void* with) {
  return system_of(file).xFileControl(real(file), what, with);
}

int sector_size(sqlite3_file* file) {
  return system_of(file).xSectorSize(real(file));
}

int characteristics(sqlite3_file* file) {
  return system_of(file).xDeviceCharacteristics(real(file));
}

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  const InSqlite inside;
  const auto act = [&] { return system_of(file).xShmMap(real(file), page, size, extend, at); };
  if (!is_watched(file) || extend == 0) return act();
  const DiskCall call{.act = DiskAct::lock, .path = *tapped(file).path + "-shm"};
  return through(call, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMSIZE, act);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  const auto act = [&] { return system_of(file).xShmLock(real(file), offset, count, flags); };
  if (!is_watched(file) || (flags & SQLITE_SHM_LOCK) == 0) return act();
  const DiskCall call{.act = DiskAct::lock, .path = *tapped(file).path + "-shm"};
  return through(call, SQLITE_IOERR_SHMLOCK, SQLITE_IOERR_SHMLOCK, act);
}

void order_shared(sqlite3_file* file) {
  system_of(file).xShmBarrier(real(file));
}

int unmap_shared(sqlite3_file* file, int and_delete) {
  const InSqlite inside;
  return system_of(file).xShmUnmap(real(file), and_delete);
}

// Version 2: without xFetch every read goes through xRead.
const sqlite3_io_methods kMethods = {
    2,
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    size_of_file,
    lock_file,
    unlock_file,
    is_reserved,
    control_file,
    sector_size,
    characteristics,
    map_shared,
    lock_shared,
    order_shared,
    unmap_shared,
    nullptr,
    nullptr,
};

/// What SQLite opens so it makes durable with its name, new or not (unixOpen: isNewJrnl).
bool is_new_journal(int flags) {
  constexpr int kJournals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL;
  return (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kJournals) != 0;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const InSqlite inside;
  TappedFile& made = tapped(file);
  made.base.pMethods = nullptr;
  made.name_is_durable = !is_new_journal(flags);
  const bool below = disk != nullptr && name != nullptr && disk->is_below(name);
  made.path = new std::string(below ? name : "");
  const auto act = [&] {
    return system_vfs->xOpen(system_vfs, name, made.real(), flags, out_flags);
  };
  const bool makes = below && (flags & SQLITE_OPEN_CREATE) != 0 && access(name, F_OK) != 0;
  int code = SQLITE_OK;
  if (makes) {
    const DiskCall call{.act = DiskAct::make, .path = name};
    code = through(call, SQLITE_CANTOPEN, SQLITE_CANTOPEN, act);
  } else {
    code = act();
  }
  if (code == SQLITE_OK && made.real()->pMethods != nullptr) {
    made.base.pMethods = &kMethods;
  } else {
    delete made.path;
  }
  return code;
}

int delete_file(sqlite3_vfs*, const char* name, int and_sync) {
  const InSqlite inside;
  const auto act = [&] { return system_vfs->xDelete(system_vfs, name, and_sync); };
  if (disk == nullptr || !disk->is_below(name) || access(name, F_OK) != 0) return act();
  const DiskCall call{.act = DiskAct::remove, .path = name, .folder_too = and_sync != 0};
  return through(call, SQLITE_IOERR_DELETE, SQLITE_IOERR_DELETE, act);
}

}  // namespace

void register_tapped_vfs() {
  static sqlite3_vfs vfs;
  if (system_vfs != nullptr) return;
  system_vfs = sqlite3_vfs_find("unix");
  vfs = *system_vfs;  // what is not named here is the system's; its methods use no state of theirs
  vfs.pNext = nullptr;
  vfs.zName = "tapped";
  vfs.szOsFile = static_cast<int>(sizeof(TappedFile)) + system_vfs->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::runtime_error("no VFS");
}

}  // namespace billctl::crash
