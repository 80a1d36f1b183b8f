#include "ledger/local_disk.hpp"

#include <doctest/doctest.h>

#include "ledger/ledger.hpp"
#include "ledger/scratch.hpp"

using namespace billctl;
using billctl::test::Scratch;

TEST_CASE("local disk: network file systems are known by their numbers") {
  CHECK(network_file_system(0x6969) == "NFS");
  CHECK(network_file_system(0x517B) == "SMB");
  CHECK(network_file_system(0xFF534D42) == "CIFS");
  CHECK(network_file_system(0xFE534D42) == "SMB2");
  CHECK(network_file_system(0x5346414F) == "AFS");
  CHECK(network_file_system(0x6B414653) == "AFS");
  CHECK(network_file_system(0x00C36400) == "Ceph");
  CHECK(network_file_system(0x0BD00BD0) == "Lustre");
  CHECK(network_file_system(0x47504653) == "GPFS");
  CHECK(network_file_system(0x65735546) == "FUSE");
  // As a signed number of 32 bits, widened.
  CHECK(network_file_system(0xFFFF'FFFF'FF53'4D42) == "CIFS");
}

TEST_CASE("local disk: disks and memory and overlays are local") {
  for (const std::uint64_t magic :
       {0xEF53U /* ext4 */, 0x58465342U /* xfs */, 0x9123683EU /* btrfs */, 0x01021994U /* tmpfs */,
        0x794C7630U /* overlay */, 0x2FC12FC1U /* zfs */, 0x4D44U /* vfat */,
        0xF2F52010U /* f2fs */, 0x01021997U /* 9p, of a sandbox or a virtual machine */}) {
    CAPTURE(magic);
    CHECK(network_file_system(magic).empty());
  }
}

TEST_CASE("local disk: the type of a mount is read from the list of mounts") {
  const std::string mounts =
      "22 28 0:20 / /proc rw,nosuid - proc proc rw\n"
      "28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
      "40 28 0:52 / /mnt/books rw,nosuid shared:1 master:2 - fuse.sshfs bo@host:/srv rw\n"
      "41 28 0:5 / /mnt/old rw - nfs4 host:/old rw";
  CHECK(mount_type(mounts, "0:52") == "fuse.sshfs");
  CHECK(mount_type(mounts, "254:0") == "ext4");
  CHECK(mount_type(mounts, "0:5") == "nfs4");
  CHECK(mount_type(mounts, "0:2") == "");
  CHECK(mount_type("", "0:2") == "");
  CHECK(mount_type("no list of mounts", "0:2") == "");
}

TEST_CASE("local disk: a ledger in the temporary folder may be written") {
  const Scratch scratch;
  CHECK_NOTHROW(require_local_disk(scratch.path("ledger.db")));
  CHECK_NOTHROW(require_local_disk(scratch.path("nowhere/ledger.db")));
}
