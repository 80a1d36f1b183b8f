#include "text/shared_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace billctl {
namespace {

bool sharing = false;

constexpr mode_t kGroupFile = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;
constexpr mode_t kGroupFolder = S_ISGID | S_IRWXU | S_IRWXG;

}  // namespace

void share_files(bool shared) {
  sharing = shared;
}

bool is_group_folder(const std::string& folder) {
  struct stat status {};
  constexpr mode_t kNeeded = S_ISGID | S_IWGRP | S_IXGRP;
  return stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         (status.st_mode & kNeeded) == kNeeded;
}

std::string folder_above(const std::string& path) {
  const std::size_t end = path.find_last_not_of('/');
  const std::size_t slash = end == std::string::npos ? end : path.rfind('/', end);
  if (slash == std::string::npos) return path.empty() || path.front() != '/' ? "." : "/";
  return slash == 0 ? "/" : path.substr(0, slash);
}

void follow_folder(const std::string& path) {
  if (!sharing || !is_group_folder(folder_above(path))) return;
  // By its descriptor: the name could be another file's by now.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return;
  struct stat status {};
  if (fstat(file, &status) == 0 && status.st_uid == geteuid()) {
    const bool folder = S_ISDIR(status.st_mode);
    if (folder || S_ISREG(status.st_mode)) [[maybe_unused]]
      const int left = fchmod(file, folder ? kGroupFolder : kGroupFile);
  }
  close(file);
}

bool make_folders(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) {
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
  }
  if (path.empty() || path == "/" || path == "." || !make_folders(folder_above(path))) return false;
  if (mkdir(path.c_str(), S_IRWXU) != 0) return errno == EEXIST;
  follow_folder(path);
  return sync_folder(folder_above(path));
}

bool sync_folder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool synced = fsync(folder) == 0;
  const int error = errno;
  close(folder);
  errno = error;
  return synced;
}

}  // namespace billctl
