#include "render/whole_file.hpp"

#include <fcntl.h>
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

void write_whole_file(const std::string& path, std::string_view bytes) {
  const std::string building = path + ".new" + std::to_string(getpid());
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  int file = open(building.c_str(), kNew, 0600);
  // What a process of that number left behind when it was killed.
  if (file < 0 && errno == EEXIST && unlink(building.c_str()) == 0)
    file = open(building.c_str(), kNew, 0600);
  if (file < 0) refuse(path, "can't be made");
  follow_folder(building);
  const bool written = write_all(file, bytes) && fsync(file) == 0;
  const bool closed = close(file) == 0;
  if (written && closed && rename(building.c_str(), path.c_str()) == 0) return;
  const int why = errno;
  unlink(building.c_str());
  errno = why;
  refuse(path, "can't be written");
}

}  // namespace billctl
