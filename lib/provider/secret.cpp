#include "provider/secret.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "outcome/error.hpp"
#include "provider/child_process.hpp"

namespace billctl {
namespace {

constexpr std::size_t kSecretMax = 4096;

std::string without_line_end(std::string text, const std::string& place) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) throw Error(Reason::bad_config, "there is no secret in " + place);
  if (text.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos ||
      text.size() > kSecretMax)
    throw Error(Reason::bad_config, "what is in " + place + " is no secret: it is not one line");
  return text;
}

/// The open file, closed with its holder.
struct OpenFile {
  int number;
  ~OpenFile() {
    if (number >= 0) close(number);
  }
};

void require_own(int file, const std::string& path) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
    throw Error(Reason::bad_config, path + " is no file that could hold a secret");
  if (status.st_uid != geteuid() && status.st_uid != 0)
    throw Error(Reason::bad_config, "secret file " + path + " belongs to another user");
  if ((status.st_mode & 077U) != 0)
    throw Error(Reason::bad_config, "secret file " + path + " can be read by others",
                "chmod 600 " + path);
}

}  // namespace

std::string secret_of_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return without_line_end(value != nullptr ? value : "", "the variable " + name);
}

std::string secret_of_file(const std::string& path) {
  const OpenFile file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0)
    throw Error(Reason::bad_config, "secret file " + path + ": " + std::strerror(errno));
  require_own(file.number, path);
  std::string text(kSecretMax + 2, '\0');
  const ssize_t length = read(file.number, text.data(), text.size());
  if (length < 0)
    throw Error(Reason::bad_config, "secret file " + path + ": " + std::strerror(errno));
  text.resize(static_cast<std::size_t>(length));
  return without_line_end(std::move(text), path);
}

std::string secret_of_command(const std::vector<std::string>& argv) {
  return without_line_end(run_child(argv, ""), "what " + argv.front() + " prints");
}

}  // namespace billctl
