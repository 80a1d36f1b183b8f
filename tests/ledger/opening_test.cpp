// What a path must be before a byte of it is written: a whole ledger of this program's schema.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "ledger/audit.hpp"
#include "ledger/migrations.hpp"
#include "ledger/raw_sqlite.hpp"
#include "ledger/schema_digest.hpp"
#include "ledger/scratch.hpp"

using namespace billctl;
using billctl::test::RawSqlite;
using billctl::test::Scratch;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Reason refusal(const std::function<void()>& fn) {
  try {
    fn();
  } catch (const Error& error) {
    CHECK_FALSE(error.hint().empty());
    return error.code();
  }
  return Reason::failed;
}

Reason opening(const std::string& path, Access access) {
  return refusal([&] { Ledger::open({path, access, 1, "test"}); });
}

Reason migrating(const std::string& path) {
  return refusal([&] { Ledger::migrate({path, Access::write, 1, "test"}); });
}

void refuses_and_keeps(const std::string& path, Reason reading, Reason writing) {
  const std::string before = bytes_of(path);
  CAPTURE(path);
  CHECK(opening(path, Access::read) == reading);
  CHECK(opening(path, Access::write) == writing);
  CHECK(migrating(path) == writing);
  const bool same = bytes_of(path) == before;
  CHECK(same);
}

/// A ledger as a billctl made it that knew the first `version` migrations.
void make_older(const std::string& path, int version) {
  RawSqlite file(path);
  file.run("PRAGMA application_id = 0x62696C6C; PRAGMA journal_mode = WAL");
  for (int i = 0; i < version; ++i)
    file.run(std::string(migrations()[static_cast<std::size_t>(i)].sql));
  file.run("PRAGMA user_version = " + std::to_string(version));
  if (version > 0) file.run("INSERT INTO tenant VALUES (1, 'main', 1, 0)");
}

}  // namespace

TEST_CASE("the digests that were computed while building are those of the migrations") {
  REQUIRE(built_in_schema_digests().size() == migrations().size() + 1);
  for (int version = 0; version <= Ledger::schema_version(); ++version) {
    std::string digest;
    REQUIRE(make_schema_digest(version, digest) == SQLITE_OK);
    CHECK(built_in_schema_digest(version) == digest);
  }
  CHECK(built_in_schema_digest(-1).empty());
  CHECK(built_in_schema_digest(Ledger::schema_version() + 1).empty());
}

TEST_CASE("what is no ledger is refused in every way and keeps its bytes") {
  const Scratch scratch;
  const auto file = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(scratch.path(name), std::ios::binary) << bytes;
    return scratch.path(name);
  };
  refuses_and_keeps(file("empty.db", ""), Reason::no_ledger, Reason::no_ledger);
  refuses_and_keeps(file("short.db", "SQLite"), Reason::corrupt, Reason::corrupt);
  refuses_and_keeps(file("text.db", std::string(9000, 'x')), Reason::corrupt, Reason::corrupt);
  refuses_and_keeps(file("zeros.db", std::string(9000, '\0')), Reason::corrupt, Reason::corrupt);
  std::filesystem::create_directory(scratch.path("folder"));
  for (const Access access : {Access::read, Access::write})
    CHECK(opening(scratch.path("folder"), access) == Reason::no_ledger);
  CHECK(migrating(scratch.path("folder")) == Reason::no_ledger);
  CHECK(migrating(scratch.path("none.db")) == Reason::no_ledger);
  CHECK_FALSE(std::filesystem::exists(scratch.path("none.db.lock")));
}

TEST_CASE("a file without a byte is no ledger yet and with a log it is a damaged one") {
  const Scratch scratch;
  const std::string path = scratch.path("blank.db");
  std::ofstream(path, std::ios::binary) << "";
  CHECK(opening(path, Access::read) == Reason::no_ledger);
  std::ofstream(path + "-wal", std::ios::binary) << "what was committed last";
  refuses_and_keeps(path, Reason::corrupt, Reason::corrupt);
  CHECK_FALSE(Ledger::create(path));
  std::filesystem::remove(path + "-wal");
  CHECK(Ledger::create(path));
  CHECK_FALSE(Ledger::create(path));
  CHECK_NOTHROW(Ledger::open({path, Access::write, 1, "test"}));
}

TEST_CASE("another program's database keeps its bytes and its log") {
  const Scratch scratch;
  const std::string path = scratch.path("places.db");
  {
    RawSqlite other(path);
    other.run("CREATE TABLE place (name); PRAGMA journal_mode = WAL");
    other.run("INSERT INTO place VALUES ('Espoo')");
    // As a crash would leave it: with a log that nobody worked in.
    std::filesystem::copy(path, scratch.path("left.db"));
    std::filesystem::copy(path + "-wal", scratch.path("left.db-wal"));
  }
  const std::string log = bytes_of(scratch.path("left.db-wal"));
  refuses_and_keeps(path, Reason::corrupt, Reason::corrupt);
  refuses_and_keeps(scratch.path("left.db"), Reason::corrupt, Reason::corrupt);
  const bool same = bytes_of(scratch.path("left.db-wal")) == log;
  CHECK(same);
  CHECK(log.size() > 1000);
}

TEST_CASE("a truncated ledger is corrupt and keeps its bytes") {
  const Scratch scratch;
  Ledger::create(scratch.path("ledger.db"));
  const std::string whole = bytes_of(scratch.path("ledger.db"));
  for (const std::size_t size :
       {std::size_t{100}, std::size_t{4096}, whole.size() - 4096, whole.size() - 1}) {
    const std::string path = scratch.path("cut" + std::to_string(size) + ".db");
    std::ofstream(path, std::ios::binary) << whole.substr(0, size);
    refuses_and_keeps(path, Reason::corrupt, Reason::corrupt);
  }
}

TEST_CASE("a newer ledger is refused in every way and keeps its bytes") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  Ledger::create(path);
  RawSqlite(path).run("PRAGMA user_version = 99");
  refuses_and_keeps(path, Reason::ledger_new, Reason::ledger_new);
  // A backup is not in WAL mode, and is not put into it.
  RawSqlite(path).run("PRAGMA journal_mode = DELETE");
  refuses_and_keeps(path, Reason::ledger_new, Reason::ledger_new);
}

TEST_CASE("an older ledger is read and not written and migrate makes it a new one") {
  const Scratch scratch;
  for (int version = 0; version < Ledger::schema_version(); ++version) {
    CAPTURE(version);
    const std::string path = scratch.path("v" + std::to_string(version) + ".db");
    make_older(path, version);
    CHECK(opening(path, Access::write) == Reason::ledger_old);
    CHECK(Ledger::open({path, Access::read, 1, "test"}).version() == version);
    CHECK(Ledger::migrate({path, Access::read, 1, "test"}) == Ledger::schema_version() - version);
    CHECK(Ledger::migrate({path, Access::read, 1, "test"}) == 0);
    Ledger migrated = Ledger::open({path, Access::write, 1, "test"});
    CHECK(migrated.version() == Ledger::schema_version());
    CHECK(schema_digest(migrated) == built_in_schema_digest(Ledger::schema_version()));
    if (version > 0) CHECK(RawSqlite(path).rows("SELECT code FROM tenant") == "main");
  }
}

TEST_CASE("an older ledger that another program changed is not migrated") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  make_older(path, 5);
  RawSqlite(path).run("DROP TRIGGER event_never_goes");
  CHECK(migrating(path) == Reason::corrupt);
  CHECK(Ledger::open({path, Access::read, 1, "test"}).version() == 5);
}

TEST_CASE("a migration that fails leaves the older ledger as it was") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  make_older(path, 5);
  // The name of an index that a later migration wants, on no table of ours: seen by none of them.
  RawSqlite(path).run("ANALYZE");
  RawSqlite(path).run("PRAGMA user_version = 4");
  const std::string before = RawSqlite(path).rows("SELECT name FROM sqlite_schema ORDER BY name");
  CHECK(migrating(path) == Reason::corrupt);
  CHECK(RawSqlite(path).rows("SELECT name FROM sqlite_schema ORDER BY name") == before);
  CHECK(RawSqlite(path).rows("PRAGMA user_version") == "4");
}

TEST_CASE("X2 a ledger whose triggers or tables were changed is read and not written") {
  for (const char* attack :
       {"DROP TRIGGER line_frozen", "DROP INDEX item_live", "CREATE TABLE mine (x)",
        "CREATE TRIGGER mine AFTER INSERT ON item BEGIN DELETE FROM item_open; END",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT IN', 'IN') "
        "WHERE name = 'line_frozen'; UPDATE sqlite_schema SET sql = replace(sql, '0, 1', '0, "
        "2')"}) {
    const Scratch scratch;
    const std::string path = scratch.path("ledger.db");
    Ledger::create(path);
    RawSqlite(path).run(attack);
    CAPTURE(attack);
    const std::string before = bytes_of(path);
    CHECK(opening(path, Access::write) == Reason::corrupt);
    CHECK(Ledger::open({path, Access::read, 1, "test"}).version() == Ledger::schema_version());
    const bool same = bytes_of(path) == before;
    CHECK(same);
  }
}

TEST_CASE("statistics that sqlite3 gathered are no damage") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  make_older(path, Ledger::schema_version());
  RawSqlite(path).run("ANALYZE");
  CHECK(Ledger::open({path, Access::write, 1, "test"}).version() == Ledger::schema_version());
}

TEST_CASE("a ledger that is migrated by a newer program while it is open is written no more") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  Ledger::create(path);
  Ledger ledger = Ledger::open({path, Access::write, 1, "test"});
  ledger.write(DryRun::no, [] {});
  RawSqlite(path).run("PRAGMA user_version = 99");
  CHECK(refusal([&] { ledger.write(DryRun::no, [] {}); }) == Reason::ledger_new);
  RawSqlite(path).run("PRAGMA user_version = " + std::to_string(Ledger::schema_version()));
  ledger.write(DryRun::no, [] {});
}
