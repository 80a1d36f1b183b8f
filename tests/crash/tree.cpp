#include "crash/tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

namespace billctl::crash {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::optional<std::string> file_bytes(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::string bytes;
  if (fstat(file, &status) == 0) bytes.resize(static_cast<std::size_t>(status.st_size));
  std::size_t length = 0;
  ssize_t got = 0;
  while ((got = read(file, bytes.data() + length, bytes.size() - length)) > 0)
    length += static_cast<std::size_t>(got);
  close(file);
  bytes.resize(length);
  return bytes;
}

void put_file(const std::string& path, const std::string& bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const ssize_t written = write(file, bytes.data(), bytes.size());
  if (file < 0 || written != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("can't write " + path);
  close(file);
}

Tree read_tree(const std::string& folder, const Tree& before) {
  Tree tree;
  for (const auto& each : fs::recursive_directory_iterator(folder)) {
    if (!each.is_regular_file()) continue;
    const std::string path = each.path().string();
    const std::string name = path.substr(folder.size() + 1);
    std::string bytes = file_bytes(path).value_or("");
    const auto same = before.find(name);
    tree[name] = same != before.end() && *same->second == bytes
                     ? same->second
                     : std::make_shared<const std::string>(std::move(bytes));
  }
  return tree;
}

void write_tree(const std::string& folder, const Tree& tree) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::string made;
  for (const auto& [name, bytes] : tree) {
    const std::string path = folder + "/" + name;
    const std::string above = path.substr(0, path.rfind('/'));
    if (above != made) fs::create_directories(above);
    made = above;
    put_file(path, *bytes);
  }
}

bool is_database(const std::string& bytes) {
  return bytes.starts_with("SQLite format 3");
}

bool is_transient(const std::string& path) {
  if (path.find("mail/tmp/") != std::string::npos) return true;  // readers of a Maildir clean it
  for (const char* ending : {"-wal", "-shm", "-journal", ".lock"})
    if (path.ends_with(ending)) return true;
  return false;
}

}  // namespace billctl::crash
