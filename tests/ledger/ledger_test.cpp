#include "ledger/ledger.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "ledger/events.hpp"
#include "ledger/scratch.hpp"
#include "ledger/tenants.hpp"

using namespace billctl;
using billctl::test::Scratch;

namespace {

Ledger fresh(const Scratch& scratch) {
  const std::string path = scratch.path("ledger.db");
  Ledger::create(path);
  return Ledger::open({path, Access::write, 1, "test"});
}

Reason refusal(const std::function<void()>& fn) {
  try {
    fn();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was refused");
  return Reason::failed;
}

}  // namespace

TEST_CASE("a ledger is made once and opened again") {
  const Scratch scratch;
  const std::string path = scratch.path("ledger.db");
  CHECK(Ledger::create(path));
  CHECK_FALSE(Ledger::create(path));
  CHECK(Ledger::open({path, Access::write, 1, ""}).version() == Ledger::schema_version());
  CHECK(refusal([&] {
          Ledger::open({scratch.path("none.db"), Access::read, 1, ""});
        }) == Reason::no_ledger);
  std::ofstream(scratch.path("text.db"))
      << "no database, but long enough to look like a header of it";
  CHECK(refusal([&] {
          Ledger::open({scratch.path("text.db"), Access::read, 1, ""});
        }) == Reason::corrupt);
}

TEST_CASE("what a dry run or a failed write did is gone") {
  const Scratch scratch;
  Ledger ledger = fresh(scratch);
  Tenants tenants(ledger);
  const Instant now = Instant::from_seconds(0);
  ledger.write(DryRun::yes, [&] { tenants.open("main", false, now); });
  CHECK_FALSE(tenants.find("main"));
  CHECK_THROWS_AS(ledger.write(DryRun::no,
                               [&] {
                                 tenants.open("main", false, now);
                                 throw Error(Reason::failed, "on purpose");
                               }),
                  Error);
  CHECK_FALSE(tenants.find("main"));
  ledger.write(DryRun::no, [&] { tenants.open("main", false, now); });
  CHECK(tenants.find("main"));
}

TEST_CASE("a savepoint that fails leaves the rest of the transaction whole") {
  const Scratch scratch;
  Ledger ledger = fresh(scratch);
  Tenants tenants(ledger);
  const Instant now = Instant::from_seconds(0);
  ledger.write(DryRun::no, [&] {
    tenants.open("first", false, now);
    CHECK_THROWS_AS(ledger.savepoint([&] {
      tenants.open("second", false, now);
      throw Error(Reason::several_rates, "on purpose");
    }),
                    Error);
    tenants.open("third", false, now);
  });
  CHECK(tenants.find("first"));
  CHECK_FALSE(tenants.find("second"));
  CHECK(tenants.find("third"));
}

TEST_CASE("a second writer waits no longer than it is told to and learns who holds the lock") {
  const Scratch scratch;
  Ledger ledger = fresh(scratch);
  Ledger other = Ledger::open({scratch.path("ledger.db"), Access::write, 0, "other"});
  ledger.write(DryRun::no, [&] {
    try {
      other.write(DryRun::no, [] {});
      FAIL("written behind the lock");
    } catch (const Error& error) {
      CHECK(error.code() == Reason::locked);
      CHECK(error.message().find("(test)") != std::string::npos);
    }
  });
  other.write(DryRun::no, [] {});
}

TEST_CASE("the journal chains its events and shows a broken one") {
  const Scratch scratch;
  Ledger ledger = fresh(scratch);
  const Tenant tenant = [&] {
    Tenants tenants(ledger);
    ledger.write(DryRun::no, [&] { tenants.open("main", true, Instant::from_seconds(5)); });
    return *tenants.find("main");
  }();
  Events events(ledger, tenant.id);
  ledger.write(DryRun::no, [&] {
    Event event;
    event.verb = "compile";
    event.arguments = "{}";
    event.changes = "{}";
    events.append(event, {{"entry:e1", "compiled"}});
    events.append(event, {});
  });
  CHECK(events.list({}).size() == 2);
  CHECK(events.history("entry:e1").size() == 1);
  CHECK_FALSE(events.first_broken());
}
