#include "intake/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "outcome/error.hpp"

namespace billctl {
namespace {

class FileSource : public Source {
 public:
  FileSource(std::string name, int descriptor, bool owned)
      : Source(std::move(name)), descriptor_(descriptor), owned_(owned) {}
  ~FileSource() override {
    if (owned_) ::close(descriptor_);
  }

  std::size_t read(char* into, std::size_t room) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, into, room);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      throw Error(Reason::io, name() + ": can't be read: " + std::strerror(errno));
    }
  }

 private:
  int descriptor_;
  bool owned_;
};

class MemorySource : public Source {
 public:
  MemorySource(std::string name, std::string text, std::size_t piece)
      : Source(std::move(name)), text_(std::move(text)), piece_(piece) {}

  std::size_t read(char* into, std::size_t room) override {
    std::size_t size = std::min(room, text_.size() - at_);
    if (piece_ > 0) size = std::min(size, piece_);
    std::memcpy(into, text_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_source(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>("-", STDIN_FILENO, false);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    throw Error(Reason::bad_input, path + ": can't be opened: " + std::strerror(errno),
                "give the path of a file, or - for standard input");
  }
  auto source = std::make_unique<FileSource>(path, descriptor, true);
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    throw Error(Reason::bad_input, path + ": is a folder, a file is needed",
                "billctl import all " + path + " takes every table of a folder");
  }
  return source;
}

std::unique_ptr<Source> memory_source(std::string name, std::string text, std::size_t piece) {
  return std::make_unique<MemorySource>(std::move(name), std::move(text), piece);
}

}  // namespace billctl
