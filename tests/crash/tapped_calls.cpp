// The program's own calls to the system (documents, mails, locks, copies of ledgers): what an
// executable defines stands before libc's for the libraries too, so that `disk` sees these calls as
// it sees SQLite's. What SQLite itself calls below its VFS goes straight through.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <optional>

#include "crash/disk.hpp"

namespace billctl::crash {
namespace {

/// libc's own.
template <class Call>
Call* next(const char* name) {
  return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
}

std::map<int, std::string> opened;  ///< by descriptor, below the disk's folder

std::string absolute(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  if (path[0] == '/') return path;
  std::array<char, 4096> folder{};
  if (getcwd(folder.data(), folder.size()) == nullptr) return path;
  const std::string name = path.starts_with("./") ? path.substr(2) : path;
  return name == "." ? folder.data() : std::string(folder.data()) + "/" + name;
}

bool is_watched(const std::string& path) {
  const DiskTurn turn(disk_mutex);
  return is_tapped() && (disk->is_below(path) || path == disk->folder());
}

std::optional<std::string> watched(int file) {
  const DiskTurn turn(disk_mutex);
  if (!is_tapped()) return std::nullopt;
  const auto found = opened.find(file);
  return found == opened.end() ? std::nullopt : std::optional(found->second);
}

void note(int file, const std::string& path) {
  const DiskTurn turn(disk_mutex);
  if (path.empty()) {
    opened.erase(file);
  } else {
    opened[file] = path;
  }
}

bool is_there(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

/// As a system call: -1 and errno.
template <class Do>
long through(const DiskCall& call, const Do& act) {
  const DiskTurn turn(disk_mutex);
  const DiskAnswer answer = disk->before(call);
  if (answer == DiskAnswer::kill || answer == DiskAnswer::kill_torn) _exit(kKilled);
  if (answer != DiskAnswer::done) {
    errno = answer == DiskAnswer::full ? ENOSPC : EIO;
    return -1;
  }
  const long result = act();
  if (result < 0) return result;
  const int error = errno;
  disk->after(call);
  errno = error;
  return result;
}

}  // namespace
}  // namespace billctl::crash

using namespace billctl::crash;

extern "C" {

int open(const char* path, int flags, ...) {
  static auto* const kReal = next<int(const char*, int, ...)>("open");
  va_list list;
  va_start(list, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
  va_end(list);
  const auto act = [&] { return kReal(path, flags, mode); };
  if (!is_tapped()) return act();
  const std::string whole = absolute(path);
  if (!is_watched(whole)) return act();
  const bool makes = (flags & O_CREAT) != 0 && !is_there(whole);
  const int file =
      makes ? static_cast<int>(through({.act = DiskAct::make, .path = whole}, act)) : act();
  if (file >= 0) note(file, whole);
  return file;
}

int close(int file) {
  static auto* const kReal = next<int(int)>("close");
  if (is_tapped()) note(file, "");
  return kReal(file);
}

ssize_t write(int file, const void* bytes, size_t count) {
  static auto* const kReal = next<ssize_t(int, const void*, size_t)>("write");
  const DiskTurn turn(disk_mutex);
  const auto path = watched(file);
  if (!path) return kReal(file, bytes, count);
  const DiskCall call{.act = DiskAct::write,
                      .path = *path,
                      .offset = lseek(file, 0, SEEK_CUR),
                      .bytes = {static_cast<const char*>(bytes), count}};
  const DiskAnswer answer = disk->before(call);
  if (answer == DiskAnswer::io_torn || answer == DiskAnswer::kill_torn) {
    const ssize_t half = kReal(file, bytes, count / 2);
    if (answer == DiskAnswer::io_torn && half > 0) return half;  // the next one fails
  }
  if (answer == DiskAnswer::kill || answer == DiskAnswer::kill_torn) _exit(kKilled);
  if (answer != DiskAnswer::done) {
    errno = answer == DiskAnswer::full ? ENOSPC : EIO;
    return -1;
  }
  const ssize_t written = kReal(file, bytes, count);
  if (written == static_cast<ssize_t>(count)) disk->after(call);
  return written;
}

int ftruncate(int file, off_t size) noexcept {
  static auto* const kReal = next<int(int, off_t)>("ftruncate");
  const auto act = [&] { return kReal(file, size); };
  const auto path = watched(file);
  if (!path) return act();
  return static_cast<int>(through({.act = DiskAct::truncate, .path = *path, .offset = size}, act));
}

int fsync(int file) {
  static auto* const kReal = next<int(int)>("fsync");
  const auto act = [&] { return kReal(file); };
  const auto path = watched(file);
  if (!path) return act();
  struct stat status {};
  const bool folder = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
  const DiskCall call{.act = folder ? DiskAct::sync_folder : DiskAct::sync, .path = *path};
  return static_cast<int>(through(call, act));
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* const kReal = next<int(const char*, mode_t)>("mkdir");
  const auto act = [&] { return kReal(path, mode); };
  const std::string whole = absolute(path);
  if (!is_watched(whole) || is_there(whole)) return act();
  return static_cast<int>(through({.act = DiskAct::make_folder, .path = whole}, act));
}

int rename(const char* from, const char* to) noexcept {
  static auto* const kReal = next<int(const char*, const char*)>("rename");
  const auto act = [&] { return kReal(from, to); };
  const std::string whole = absolute(from);
  if (!is_watched(whole) || !is_there(whole)) return act();
  return static_cast<int>(
      through({.act = DiskAct::rename, .path = whole, .to = absolute(to)}, act));
}

int link(const char* from, const char* to) noexcept {
  static auto* const kReal = next<int(const char*, const char*)>("link");
  const auto act = [&] { return kReal(from, to); };
  const std::string whole = absolute(from);
  if (!is_watched(whole)) return act();
  return static_cast<int>(through({.act = DiskAct::link, .path = whole, .to = absolute(to)}, act));
}

int unlink(const char* path) noexcept {
  static auto* const kReal = next<int(const char*)>("unlink");
  const auto act = [&] { return kReal(path); };
  const std::string whole = absolute(path);
  if (!is_watched(whole) || !is_there(whole)) return act();
  return static_cast<int>(through({.act = DiskAct::remove, .path = whole}, act));
}
}
