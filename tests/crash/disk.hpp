// Disk: what stands between a command and the disk in the crash tests. Every call that changes
// something, SQLite's (tapped_vfs.hpp) and the program's own (tapped_calls.cpp), asks it first and
// tells it afterwards. A disk that fails is FaultDisk, one whose power goes is PowerDisk.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace billctl::crash {

enum class DiskAct {
  make,  ///< a file that was not there
  make_folder,
  write,        ///< `bytes` at `offset`
  truncate,     ///< to `offset` bytes
  sync,         ///< with its name when `folder_too`
  sync_folder,  ///< the names in it
  remove,
  rename,  ///< to `to`
  link,    ///< as `to` as well
  lock,    ///< of the file, or of shared memory: changes nothing and may fail
};

struct DiskCall {
  DiskAct act = DiskAct::write;
  std::string path;  ///< absolute
  std::string to = {};
  std::int64_t offset = 0;
  std::string_view bytes = {};
  bool folder_too = false;
};

enum class DiskAnswer {
  done,
  io,       ///< EIO
  full,     ///< ENOSPC
  io_torn,  ///< EIO when half of the bytes are written
  kill,     ///< the process ends here
  kill_torn,
};

class Disk {
 public:
  explicit Disk(std::string folder) : folder_(std::move(folder)) {}
  virtual ~Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  virtual DiskAnswer before(const DiskCall& call) = 0;
  virtual void after(const DiskCall&) {}  ///< when it was done

  bool is_below(std::string_view path) const {
    return path.starts_with(folder_) && path.size() > folder_.size() && path[folder_.size()] == '/';
  }
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;  ///< absolute; what lies elsewhere is left alone
};

/// Of this process; none: every call goes through.
inline Disk* disk = nullptr;
/// Whether SQLite's own VFS is at work, whose calls `disk` has seen as calls of the VFS.
inline thread_local bool in_sqlite = false;
/// Documents are printed by several threads. A call that changes something is one turn, from its
/// question to what it tells: a disk that knew of less than was done would leave ruins that no disk
/// leaves. Whoever comes to the cut ends the process within his turn, so nobody writes on after it.
inline std::recursive_mutex disk_mutex;
using DiskTurn = std::lock_guard<std::recursive_mutex>;

/// Whether this thread's calls go by a disk.
inline bool is_tapped() {
  const DiskTurn turn(disk_mutex);
  return disk != nullptr && !in_sqlite;
}

constexpr int kKilled = 201;  ///< exit code of a process that a disk ended

}  // namespace billctl::crash
