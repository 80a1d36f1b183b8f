#include "ledger/ledger_copy.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "ledger/ledger.hpp"
#include "ledger/scratch.hpp"

using namespace billctl;
using billctl::test::Scratch;

TEST_CASE("a restored ledger whose log is not worked in does not take the place of another") {
  // The mark that stops issuing until the last number is confirmed would stay in that log.
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  const std::string restored = scratch.path("ledger.db.restoring");
  Ledger::create(path);
  Ledger::create(restored);
  std::ofstream(restored + "-wal") << "frames";
  CHECK_THROWS_AS(replace_ledger(restored, path, scratch.path("aside.db")), Error);
  CHECK(std::filesystem::exists(path));
  CHECK(std::filesystem::exists(restored));
  CHECK_FALSE(std::filesystem::exists(scratch.path("aside.db")));

  std::filesystem::remove(restored + "-wal");
  replace_ledger(restored, path, scratch.path("aside.db"));
  CHECK(std::filesystem::exists(path));
  CHECK(std::filesystem::exists(scratch.path("aside.db")));
  CHECK_FALSE(std::filesystem::exists(restored));
}
