#include "config/config_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace billctl {
namespace {

constexpr std::size_t kBytesMax = (std::size_t{1} << 20) + 1;  // one more: the reader refuses it

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

std::string octal(mode_t mode) {
  std::string digits;
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> shift) & 7U));
  }
  return digits;
}

void check_owner_and_mode(const struct stat& status, const std::string& path) {
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    throw Error(Reason::bad_config,
                "config " + path + " belongs to user " + std::to_string(status.st_uid) +
                    "; needed oneself or root",
                "chown it, or name another by --config");
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    throw Error(
        Reason::bad_config,
        "config " + path + " can be written by other users (mode " + octal(status.st_mode) + ")",
        "chmod go-w " + path);
  }
}

struct stat status_of(int fd, const std::string& path, Reason code) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    throw Error(code, path + ": " + std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) throw Error(code, path + ": a folder; needed a file");
  return status;
}

std::string read_all(int fd, const std::string& path, Reason code) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() < kBytesMax) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(code, path + ": " + std::strerror(errno));
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

std::vector<ConfigPlace> config_places(const ConfigSources& sources) {
  if (!sources.flag.empty()) return {{sources.flag, "--config", true}};
  if (!sources.environment.empty()) return {{sources.environment, "BILLCTL_CONFIG", true}};
  std::vector<ConfigPlace> places = {{"billctl.toml", "./billctl.toml", false}};
  if (sources.xdg_config_home.starts_with('/')) {
    places.push_back({sources.xdg_config_home + "/billctl/billctl.toml", "XDG", false});
  } else if (!sources.home.empty()) {
    places.push_back({sources.home + "/.config/billctl/billctl.toml", "XDG", false});
  }
  places.push_back({"/etc/billctl/billctl.toml", "/etc", false});
  return places;
}

void check_permissions(const std::string& path) {
  const OpenFile file(path);
  if (file.fd() < 0) {
    throw Error(Reason::bad_config, "config " + path + ": " + std::strerror(errno));
  }
  check_owner_and_mode(status_of(file.fd(), path, Reason::bad_config), path);
}

std::string read_config_file(const std::string& path) {
  const OpenFile file(path);
  if (file.fd() < 0) {
    const bool absent = errno == ENOENT;
    throw Error(Reason::bad_config, "config " + path + ": " + std::strerror(errno),
                absent ? "billctl init makes one" : "");
  }
  check_owner_and_mode(status_of(file.fd(), path, Reason::bad_config), path);
  return read_all(file.fd(), path, Reason::bad_config);
}

std::string read_job_text(const std::string& path) {
  return read_other_text(path, "job file", Reason::bad_job);
}

std::string read_other_text(const std::string& path, std::string_view what, Reason code) {
  const OpenFile file(path);
  if (file.fd() < 0) {
    throw Error(code, std::string(what) + ' ' + path + ": " + std::strerror(errno));
  }
  status_of(file.fd(), path, code);
  return read_all(file.fd(), path, code);
}

}  // namespace billctl
