#include "pipeline/import_work/code_rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace billctl;

TEST_CASE("codes find their rows however many there are") {
  CodeRows codes;
  CHECK_FALSE(codes.find("t1"));
  for (int i = 0; i < 5000; ++i) codes.set("t" + std::to_string(i), i + 1);
  CHECK(codes.size() == 5000);
  for (int i = 0; i < 5000; ++i) REQUIRE(codes.find("t" + std::to_string(i)) == i + 1);
  CHECK_FALSE(codes.find("t5000"));
  CHECK_FALSE(codes.find("t"));
  CHECK_FALSE(codes.find(""));
}

TEST_CASE("a code can be given another row and adding one that is there leaves it") {
  CodeRows codes;
  codes.set("dev", 7);
  codes.set("", 1);
  codes.add("dev", 9);
  CHECK(codes.find("dev") == 7);
  codes.set("dev", -1);
  CHECK(codes.find("dev") == -1);
  codes.add("web", 3);
  CHECK(codes.size() == 3);
  std::vector<std::string> all;
  codes.each([&](std::string_view code) { all.emplace_back(code); });
  CHECK(all == std::vector<std::string>{"dev", "", "web"});
}
