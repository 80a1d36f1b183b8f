#include "ledger/local_disk.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "outcome/error.hpp"
#include "text/shared_files.hpp"

namespace billctl {
namespace {

struct Known {
  std::uint64_t magic;
  std::string_view name;
};

constexpr std::string_view kFuse = "FUSE";

// <linux/magic.h> has some of them; the others are of their kernel modules. Not 9p: sandboxes and
// virtual machines reach the disk of their own host by it.
constexpr std::array kNetwork = {
    Known{0x6969, "NFS"},
    Known{0x517B, "SMB"},
    Known{0xFF534D42, "CIFS"},
    Known{0xFE534D42, "SMB2"},
    Known{0x5346414F, "AFS"},
    Known{0x6B414653, "AFS"},
    Known{0x00C36400, "Ceph"},
    Known{0x0BD00BD0, "Lustre"},
    Known{0x47504653, "GPFS"},
    Known{0x73757245, "Coda"},
    Known{0x564C, "NCP"},
    Known{0x01161970, "GFS2"},
    Known{0x7461636F, "OCFS2"},
    Known{0x19830326, "BeeGFS"},
    Known{0x20030528, "OrangeFS"},
    Known{0xAAD7AAEA, "PanFS"},
    Known{0xBACBACBC, "VMware shared folders"},
    Known{0x786F4256, "VirtualBox shared folders"},
    Known{0x65735546, kFuse},
};

// What has a disk of this machine, or of the host under it, behind it: ntfs-3g and the like, the
// folders of virtual machines, the layers of containers without root. Of the others nobody knows.
constexpr std::array<std::string_view, 3> kLocalFuse = {"fuseblk", "virtiofs",
                                                        "fuse.fuse-overlayfs"};

std::string mounts_of_this_process() {
  std::ifstream in("/proc/self/mountinfo", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string_view network_file_system(std::uint64_t magic) {
  // Some kernels give the number with its sign.
  const std::uint64_t number = magic & 0xFFFF'FFFF;
  const auto found = std::ranges::find(kNetwork, number, &Known::magic);
  return found != kNetwork.end() ? found->name : std::string_view{};
}

std::string mount_type(std::string_view mounts, std::string_view device) {
  // 36 35 0:52 / /mnt rw,relatime shared:1 - fuse.sshfs bo@host:/ rw
  while (!mounts.empty()) {
    const std::string_view line = mounts.substr(0, mounts.find('\n'));
    mounts.remove_prefix(std::min(line.size() + 1, mounts.size()));
    const std::size_t first = line.find(' ');
    const std::size_t second = first == line.npos ? first : line.find(' ', first + 1);
    const std::size_t dash = line.find(" - ");
    if (second == line.npos || dash == line.npos) continue;
    if (!line.substr(second + 1).starts_with(std::string(device) + " ")) continue;
    const std::string_view rest = line.substr(dash + 3);
    return std::string(rest.substr(0, rest.find(' ')));
  }
  return "";
}

void require_local_disk(const std::string& path) {
  struct statfs system {};
  struct stat status {};
  const std::string folder = folder_above(path);
  const bool is_file = stat(path.c_str(), &status) == 0;
  const std::string& asked = is_file ? path : folder;
  if (!is_file && stat(folder.c_str(), &status) != 0) return;  // told by who opens it
  if (statfs(asked.c_str(), &system) != 0) return;
  const std::string_view name = network_file_system(static_cast<std::uint64_t>(system.f_type));
  if (name.empty()) return;
  const std::string device =
      std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev));
  const std::string type = mount_type(mounts_of_this_process(), device);
  if (name == kFuse && std::ranges::find(kLocalFuse, type) != kLocalFuse.end()) return;
  throw Error(Reason::network_fs,
              "ledger " + path + " is on a network file system, " + std::string(name) +
                  (type.empty() ? "" : " (" + type + ")"),
              "keep the ledger on a local disk, where all who write share memory and locks; "
              "`billctl backup FILE` may write there");
}

}  // namespace billctl
