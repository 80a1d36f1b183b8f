#include "config/config_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/config.hpp"

using namespace billctl;

namespace {

// A folder of its own for one test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "billctl-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name, const std::string& text, mode_t mode) const {
    const std::string path = path_ + '/' + name;
    std::ofstream(path) << text;
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string refusal(const std::string& path) {
  try {
    check_permissions(path);
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_config);
    return error.message() + " | " + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("a config that others can write is refused and one that others can read is not") {
  const Folder folder;
  for (const mode_t mode : {0600U, 0640U, 0644U, 0400U}) {
    CHECK(refusal(folder.file("good.toml", "", mode)).empty());
  }
  for (const mode_t mode : {0660U, 0602U, 0666U, 0620U}) {
    const std::string path = folder.file("bad.toml", "", mode);
    CHECK(refusal(path).find("can be written by other users (mode 6") != std::string::npos);
    CHECK(refusal(path).find("chmod go-w " + path) != std::string::npos);
    CHECK_THROWS_AS(load_config(path), Error);
    std::filesystem::remove(path);
  }
}

TEST_CASE("a config that another user owns is refused") {
  if (::geteuid() != 0) return;  // only root can give a file away
  const Folder folder;
  const std::string path = folder.file("c.toml", "", 0600);
  REQUIRE(::chown(path.c_str(), 12345, 0) == 0);
  CHECK(refusal(path).find("belongs to user 12345; needed oneself or root") != std::string::npos);
}

TEST_CASE("a config that is not there or is a folder is refused by name") {
  const Folder folder;
  try {
    static_cast<void>(load_config(folder.path() + "/none.toml"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_config);
    CHECK(error.message() == "config " + folder.path() + "/none.toml: No such file or directory");
    CHECK(error.hint() == "billctl init makes one");
  }
  CHECK_THROWS_AS(load_config(folder.path()), Error);
}

TEST_CASE("paths in a config are taken from its own folder") {
  const Folder folder;
  const std::string path =
      folder.file("c.toml", "ledger = \"data/l.db\"\n[tenant]\ncurrency = \"EUR\"\n", 0600);
  CHECK(load_config(path).ledger == folder.path() + "/data/l.db");
  const std::string absolute =
      folder.file("d.toml", "ledger = \"/var/l.db\"\n[tenant]\ncurrency = \"EUR\"\n", 0600);
  CHECK(load_config(absolute).ledger == "/var/l.db");
}

TEST_CASE("a config of two megabytes is refused before it is parsed") {
  const Folder folder;
  const std::string path = folder.file("big.toml", std::string(2 << 20, '#'), 0600);
  try {
    static_cast<void>(load_config(path));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.message() == path + ": more than 1 MiB; a file of settings is smaller");
  }
}

TEST_CASE("the flag goes before the variable before the folder before XDG before etc") {
  const auto paths = [](const ConfigSources& sources) {
    std::string line;
    for (const ConfigPlace& place : config_places(sources)) {
      line += place.origin + '=' + place.path + (place.required ? "! " : " ");
    }
    return line;
  };
  CHECK(paths({"f.toml", "e.toml", "/x", "/home/bo"}) == "--config=f.toml! ");
  CHECK(paths({"", "e.toml", "/x", "/home/bo"}) == "BILLCTL_CONFIG=e.toml! ");
  CHECK(paths({"", "", "/x", "/home/bo"}) ==
        "./billctl.toml=billctl.toml XDG=/x/billctl/billctl.toml /etc=/etc/billctl/billctl.toml ");
  CHECK(paths({"", "", "relative", "/home/bo"}) ==
        "./billctl.toml=billctl.toml XDG=/home/bo/.config/billctl/billctl.toml "
        "/etc=/etc/billctl/billctl.toml ");
  CHECK(paths({}) == "./billctl.toml=billctl.toml /etc=/etc/billctl/billctl.toml ");
}
