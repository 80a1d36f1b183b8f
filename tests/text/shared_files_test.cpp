#include "text/shared_files.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/scratch.hpp"

using namespace billctl;
using billctl::test::Scratch;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

std::string made(const std::string& path) {
  close(open(path.c_str(), O_WRONLY | O_CREAT, 0600));
  follow_folder(path);
  return path;
}

}  // namespace

TEST_CASE("shared files: the folder above a path") {
  CHECK(folder_above("/srv/books/ledger.db") == "/srv/books");
  CHECK(folder_above("books/") == ".");
  CHECK(folder_above("a/b/") == "a");
  CHECK(folder_above("ledger.db") == ".");
  CHECK(folder_above("/ledger.db") == "/");
  CHECK(folder_above("/") == "/");
  CHECK(folder_above("") == ".");
}

TEST_CASE("shared files: a new file follows a folder of a group and no other") {
  const Scratch scratch;
  const std::string shared = scratch.path("shared");
  const std::string own = scratch.path("own");
  REQUIRE(mkdir(shared.c_str(), 0700) == 0);
  REQUIRE(mkdir(own.c_str(), 0700) == 0);
  REQUIRE(chmod(shared.c_str(), 02770) == 0);
  CHECK(is_group_folder(shared));
  CHECK_FALSE(is_group_folder(own));
  CHECK(mode_of(made(shared + "/before")) == 0600);
  share_files(true);
  CHECK(mode_of(made(shared + "/after")) == 0660);
  CHECK(mode_of(made(own + "/after")) == 0600);
  CHECK(make_folders(shared + "/a/b"));
  CHECK(mode_of(shared + "/a") == 02770);
  CHECK(mode_of(shared + "/a/b") == 02770);
  CHECK(make_folders(own + "/a/b"));
  CHECK(mode_of(own + "/a/b") == 0700);
  CHECK_FALSE(make_folders(shared + "/after/b"));  // a file stands there
  share_files(false);
}
