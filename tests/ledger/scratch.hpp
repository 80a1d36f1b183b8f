// Scratch: an empty folder of its own for one test, removed at its end. It is in memory where there
// is such a place: durability is shown elsewhere, and thousands of fsyncs would take minutes.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace billctl::test {

class Scratch {
 public:
  Scratch() {
    const bool in_memory = getenv("TMPDIR") == nullptr && access("/dev/shm", W_OK) == 0;
    const std::filesystem::path place =
        in_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string pattern = (place / "billctl-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

}  // namespace billctl::test
