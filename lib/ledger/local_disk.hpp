// Local disk: where a ledger may be written. Its log needs memory that all writers share and locks
// that all of them see, which no network file system gives: two machines would each have their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace billctl {

/// What kind of network file system that number of statfs(2) is, as people call it: 0x6969 ->
/// "NFS". Empty for disks, memory, overlays and 9p. FUSE is "FUSE": it may be either, and the type
/// of the mount tells a few that have a disk behind them.
std::string_view network_file_system(std::uint64_t magic);

/// The type by the list of mounts, e.g. `nfs4` or `fuse.sshfs`; empty when the device is not on it.
/// `mounts` is text as of /proc/self/mountinfo, `device` as there: `0:52`.
std::string mount_type(std::string_view mounts, std::string_view device);

/// @throws Error{network_fs} naming the file system that `path` is on and what to do.
void require_local_disk(const std::string& path);

}  // namespace billctl
