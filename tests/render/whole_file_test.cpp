#include "render/whole_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger/scratch.hpp"
#include "outcome/error.hpp"

using namespace billctl;
using billctl::test::Scratch;

namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::ptrdiff_t files_in(const std::string& folder) {
  return std::distance(fs::directory_iterator(folder), {});
}

}  // namespace

TEST_CASE("a file is known by its bytes and nothing else") {
  const Scratch scratch;
  const std::string path = scratch.path("INV00001.txt");
  CHECK_FALSE(is_file_of(path, "whole"));
  write_whole_file(path, "whole");
  CHECK(is_file_of(path, "whole"));
  CHECK_FALSE(is_file_of(path, "whol"));
  CHECK_FALSE(is_file_of(path, "whole!"));
  CHECK_FALSE(is_file_of(path, "wHole"));
  CHECK_FALSE(is_file_of(scratch.path("."), ""));
}

TEST_CASE("what a killed run left beside a document goes with the next one") {
  const Scratch scratch;
  write(scratch.path(".a.txt.part"), "half of");
  write_whole_file(scratch.path("a.txt"), "whole");
  CHECK(text_of(scratch.path("a.txt")) == "whole");
  CHECK(files_in(scratch.path("")) == 1);
}

TEST_CASE("a symlink planted at the name of what is built is not followed") {
  const Scratch scratch;
  write(scratch.path("victim"), "mine");
  fs::create_symlink(scratch.path("victim"), scratch.path(".a.txt.part"));
  write_whole_file(scratch.path("a.txt"), "whole");
  CHECK(text_of(scratch.path("victim")) == "mine");
  CHECK(text_of(scratch.path("a.txt")) == "whole");
  CHECK_FALSE(fs::is_symlink(scratch.path("a.txt")));
}

TEST_CASE("two that write one document leave the whole of one of them") {
  const Scratch scratch;
  const std::string one(100'000, '1');
  const std::string two(100'000, '2');
  const auto write_often = [&](const std::string& bytes) {
    for (int i = 0; i < 50; ++i) write_whole_file(scratch.path("a.txt"), bytes);
  };
  std::thread other(write_often, two);
  write_often(one);
  other.join();
  const std::string left = text_of(scratch.path("a.txt"));
  CHECK((left == one || left == two));
  CHECK(files_in(scratch.path("")) == 1);
}

TEST_CASE("a file that is there is not made again and keeps its bytes") {
  const Scratch scratch;
  CHECK(make_whole_file(scratch.path("a.toml"), "first"));
  CHECK_FALSE(make_whole_file(scratch.path("a.toml"), "second"));
  CHECK(text_of(scratch.path("a.toml")) == "first");
  fs::create_hard_link(scratch.path("a.toml"), scratch.path(".a.toml.part"));
  CHECK_FALSE(make_whole_file(scratch.path("a.toml"), "third"));
  CHECK(files_in(scratch.path("")) == 1);
}

TEST_CASE("a file that can't be made is told by its path") {
  const Scratch scratch;
  CHECK_THROWS_AS(write_whole_file(scratch.path("nowhere/a.txt"), "x"), Error);
  CHECK_THROWS_AS(make_whole_file(scratch.path("nowhere/a.txt"), "x"), Error);
}

TEST_CASE("a file that grows has its name when it is kept and leaves nothing when it is not") {
  const Scratch scratch;
  const std::string path = scratch.path("books.csv");
  write(scratch.path(".books.csv.part"), "what a killed run left");
  {
    GrowingFile file(path);
    file.add("code\n");
    file.add("acme\n");
    CHECK_FALSE(fs::exists(path));
    file.keep();
  }
  CHECK(text_of(path) == "code\nacme\n");
  CHECK(files_in(scratch.path("")) == 1);
  {
    GrowingFile file(path);
    file.add("half of");
  }
  CHECK(text_of(path) == "code\nacme\n");
  CHECK(files_in(scratch.path("")) == 1);
  CHECK_THROWS_AS(GrowingFile(scratch.path("nowhere/books.csv")), Error);
}
