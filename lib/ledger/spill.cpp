#include "ledger/spill.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "outcome/error.hpp"

namespace billctl {
namespace {

[[noreturn]] void fail(const char* doing) {
  throw Error(Reason::io, std::string(doing) + " a temporary file: " + std::strerror(errno),
              "free some space, or name another folder in TMPDIR");
}

int open_unnamed() {
  const char* folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder != nullptr && *folder != '\0' ? folder : "/var/tmp") + "/billctl-XXXXXX";
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) fail("making");
  unlink(path.c_str());
  return file;
}

}  // namespace

SpillFile::~SpillFile() {
  if (file_ >= 0) close(file_);
}

void SpillFile::append(const void* bytes, std::size_t count) {
  if (file_ < 0) file_ = open_unnamed();
  const char* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = pwrite(file_, from, count, static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("writing");
    from += written;
    count -= static_cast<std::size_t>(written);
    size_ += static_cast<std::uint64_t>(written);
  }
}

void SpillFile::read(std::uint64_t offset, void* bytes, std::size_t count) const {
  char* to = static_cast<char*>(bytes);
  while (count > 0) {
    const ssize_t got = pread(file_, to, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("reading");
    to += got;
    count -= static_cast<std::size_t>(got);
    offset += static_cast<std::uint64_t>(got);
  }
}

}  // namespace billctl
