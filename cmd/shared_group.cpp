#include "shared_group.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "actor.hpp"
#include "outcome/error.hpp"

namespace billctl::cmd {
namespace {

constexpr mode_t kGroupFolder = S_ISGID | S_IRWXU | S_IRWXG;

bool is_member(gid_t group) {
  if (geteuid() == 0 || getegid() == group) return true;
  const int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (count > 0 && getgroups(count, groups.data()) < 0) return false;
  return std::ranges::find(groups, group) != groups.end();
}

bool is_home(const struct stat& folder) {
  const passwd* user = getpwuid(folder.st_uid);
  struct stat home {};
  return user != nullptr && stat(user->pw_dir, &home) == 0 && home.st_dev == folder.st_dev &&
         home.st_ino == folder.st_ino;
}

bool is_shared(const struct stat& folder, const SharedGroup& group) {
  constexpr mode_t kNeeded = S_ISGID | S_IRWXG;
  return folder.st_gid == group.id && (folder.st_mode & kNeeded) == kNeeded;
}

}  // namespace

SharedGroup shared_group(const std::string& name) {
  const ::group* entry = getgrnam(name.c_str());
  if (entry == nullptr)
    throw Error(Reason::not_found, "--shared: no group \"" + name + "\" on this machine",
                "the administrator makes one with `groupadd`; `id -Gn` lists yours");
  const SharedGroup group{name, entry->gr_gid};
  if (!is_member(group.id))
    throw Error(Reason::not_permitted,
                "--shared: the OS user " + os_user() + " is not in the group " + name,
                "`usermod -aG " + name + " " + os_user() + "` as root, and log in again");
  return group;
}

void require_shareable(const std::string& folder, const SharedGroup& group) {
  struct stat status {};
  if (stat(folder.c_str(), &status) != 0 || is_shared(status, group)) return;
  if (is_home(status) || (status.st_mode & S_ISVTX) != 0)
    throw Error(Reason::usage, "--shared: " + folder + " is no folder to hand to a group",
                "name one of the ledger's own: billctl init --shared=" + group.name + " DIR");
  if (geteuid() != 0 && status.st_uid != geteuid())
    throw Error(
        Reason::not_permitted, "--shared: the folder " + folder + " is another user's",
        "its owner shares it: chgrp " + group.name + " " + folder + " && chmod 2770 " + folder);
}

void share_folder(const std::string& folder, const SharedGroup& group) {
  struct stat status {};
  if (stat(folder.c_str(), &status) == 0 && is_shared(status, group)) return;
  // First the group: for a moment too few may enter, never too many.
  if (chown(folder.c_str(), static_cast<uid_t>(-1), group.id) == 0 &&
      chmod(folder.c_str(), kGroupFolder) == 0)
    return;
  throw Error(Reason::io, "the folder " + folder + " can't be given to the group " + group.name +
                              ": " + std::strerror(errno));
}

}  // namespace billctl::cmd
