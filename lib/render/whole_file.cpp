#include "render/whole_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "outcome/error.hpp"
#include "text/shared_files.hpp"

namespace billctl {
namespace {

[[noreturn]] void refuse(const std::string& path, const char* doing) {
  throw Error(Reason::io, path + ": " + doing + ": " + std::strerror(errno),
              "the folder must exist and be writable");
}

bool is_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_named(int file, const std::string& path) {
  struct stat open_one {};
  struct stat named {};
  return fstat(file, &open_one) == 0 && lstat(path.c_str(), &named) == 0 &&
         open_one.st_dev == named.st_dev && open_one.st_ino == named.st_ino;
}

/// Takes away what was left behind by a process that was killed, when nobody is at it any more.
bool clear_left(const std::string& building) {
  const int left = open(building.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (left < 0) return errno == ENOENT || unlink(building.c_str()) == 0;
  flock(left, LOCK_EX);
  const bool gone = !is_named(left, building) || unlink(building.c_str()) == 0;
  close(left);
  return gone;
}

/// A new file, locked while it is built: another process that makes the same one waits for it.
/// -1 and errno when it can't be made.
int open_building(const std::string& building) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const int file =
        open(building.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0 && errno != EEXIST) return -1;
    if (file < 0) {
      if (!clear_left(building)) return -1;
      continue;
    }
    const bool taken = flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!taken && is_named(file, building)) return file;
    close(file);
  }
  errno = EEXIST;
  return -1;
}

}  // namespace

std::string safe_file_name(std::string_view name) {
  std::string safe;
  for (const char c : name) safe += is_safe(c) ? c : '_';
  if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
  return safe;
}

bool is_file_of(const std::string& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return false;
  struct stat status {};
  bool same = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
              status.st_size == static_cast<off_t>(bytes.size());
  std::array<char, 65536> buffer{};
  while (same && !bytes.empty()) {
    const ssize_t count = read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    same = count > 0 && bytes.starts_with({buffer.data(), static_cast<std::size_t>(count)});
    if (same) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  close(file);
  return same;
}

namespace {

/// `documents/.INV00042.pdf.part`
std::string building_of(const std::string& path) {
  const std::size_t name = path.rfind('/') + 1;
  return path.substr(0, name) + "." + path.substr(name) + ".part";
}

/// Builds the file and lets `name` give it its name. @returns what `name` does.
template <class Name>
bool build(const std::string& path, std::string_view bytes, const std::function<bool(int)>& prepare,
           const Name& name) {
  const std::string building = building_of(path);
  const int file = open_building(building);
  if (file < 0) refuse(path, "can't be made");
  follow_folder(building);
  const bool whole = (!prepare || prepare(file)) && write_all(file, bytes) && fsync(file) == 0;
  const bool named = whole && name(building.c_str());
  const int why = errno;
  if (!named) unlink(building.c_str());
  close(file);
  errno = why;
  if (!whole) refuse(path, "can't be written");
  return named;
}

}  // namespace

void place_whole_file(const std::string& path, std::string_view bytes) {
  const auto name = [&](const char* building) { return rename(building, path.c_str()) == 0; };
  if (!build(path, bytes, {}, name)) refuse(path, "can't be written");
}

bool make_whole_file(const std::string& path, std::string_view bytes,
                     const std::function<bool(int)>& prepare) {
  struct stat status {};
  if (lstat(path.c_str(), &status) == 0) {
    // The other name of a file that was made by a run that was cut off.
    const std::string building = building_of(path);
    struct stat left {};
    if (lstat(building.c_str(), &left) == 0 && left.st_ino == status.st_ino)
      unlink(building.c_str());
    return false;
  }
  // link, unlike rename, never takes the place of a file that came in between.
  const auto name = [&](const char* building) {
    return link(building, path.c_str()) == 0 && unlink(building) == 0;
  };
  if (!build(path, bytes, prepare, name)) {
    if (errno == EEXIST) return false;
    refuse(path, "can't be made");
  }
  sync_folder_of(path);
  return true;
}

void sync_folder_of(const std::string& path) {
  if (!sync_folder(folder_above(path))) refuse(path, "its name can't be made durable");
}

void write_whole_file(const std::string& path, std::string_view bytes) {
  place_whole_file(path, bytes);
  sync_folder_of(path);
}

GrowingFile::GrowingFile(std::string path)
    : path_(std::move(path)), building_(building_of(path_)), file_(open_building(building_)) {
  if (file_ < 0) refuse(path_, "can't be made");
  follow_folder(building_);
}

GrowingFile::~GrowingFile() {
  if (!kept_) unlink(building_.c_str());
  close(file_);
}

void GrowingFile::add(std::string_view piece) {
  constexpr std::size_t kWriteAt = std::size_t{1} << 20U;
  waiting_ += piece;
  if (waiting_.size() >= kWriteAt) flush();
}

void GrowingFile::flush() {
  if (!write_all(file_, waiting_)) refuse(path_, "can't be written");
  waiting_.clear();
}

void GrowingFile::keep() {
  flush();
  if (fsync(file_) != 0 || rename(building_.c_str(), path_.c_str()) != 0)
    refuse(path_, "can't be written");
  kept_ = true;
  sync_folder_of(path_);
}

}  // namespace billctl
