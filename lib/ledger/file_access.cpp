#include "ledger/file_access.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "text/shared_files.hpp"

namespace billctl {

FileAccess access_of(const std::string& path) {
  struct stat status {};
  constexpr mode_t kGroup = S_IRGRP | S_IWGRP;
  if (stat(path.c_str(), &status) == 0)
    return (status.st_mode & kGroup) == kGroup ? FileAccess{status.st_gid} : FileAccess{};
  const std::string folder = folder_above(path);
  if (!is_group_folder(folder) || stat(folder.c_str(), &status) != 0) return {};
  return {status.st_gid};
}

bool give_access(int file, const FileAccess& access) {
  if (!access.group) return true;
  struct stat status {};
  if (fstat(file, &status) != 0) return false;
  // The mode only with that group: in another one's hands the file is the owner's.
  const bool grouped =
      status.st_gid == *access.group || fchown(file, static_cast<uid_t>(-1), *access.group) == 0;
  return grouped && fchmod(file, access.mode()) == 0;
}

}  // namespace billctl
