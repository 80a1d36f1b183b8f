#include "ledger/series.hpp"

#include <doctest/doctest.h>

#include "ledger/scratch.hpp"
#include "ledger/tenants.hpp"

using namespace billctl;
using billctl::test::Scratch;

namespace {

struct Counters {
  Scratch scratch;
  Ledger ledger = made();
  TenantId tenant;
  Counters() {
    ledger.write(DryRun::no,
                 [&] { tenant = Tenants(ledger).open("main", true, Instant::from_seconds(0)).id; });
  }
  Ledger made() {
    Ledger::create(scratch.path("ledger.db"));
    return Ledger::open({scratch.path("ledger.db"), Access::write, 1, "test"});
  }
  std::int64_t take(const SeriesKey& key, std::int64_t first, std::int64_t count = 1,
                    DryRun dry_run = DryRun::no) {
    std::int64_t taken = 0;
    ledger.write(dry_run, [&] { taken = SeriesTable(ledger, tenant).take(key, first, count); });
    return taken;
  }
};

}  // namespace

TEST_CASE("S4-9 each series counts by itself and what is rolled back takes no number") {
  Counters counters;
  CHECK(counters.take({"draft", ""}, 1) == 1);
  CHECK(counters.take({"draft", ""}, 1, 98) == 2);
  CHECK(counters.take({"draft", ""}, 1) == 100);
  CHECK(counters.take({"issued", ""}, 25) == 25);
  CHECK(counters.take({"issued", ""}, 25, 1, DryRun::yes) == 26);
  CHECK_THROWS_AS(counters.ledger.write(
                      DryRun::no,
                      [&] {
                        SeriesTable(counters.ledger, counters.tenant).take({"issued", ""}, 25, 7);
                        throw Error(Reason::failed, "on purpose");
                      }),
                  Error);
  CHECK(counters.take({"issued", ""}, 1) == 26);
}

TEST_CASE("the first number of a series is read once and a new year starts at 1") {
  Counters counters;
  CHECK(counters.take({"issued", "2026"}, 40) == 40);
  CHECK(counters.take({"issued", "2026"}, 90) == 41);
  CHECK(SeriesTable(counters.ledger, counters.tenant).next({"issued", "2027"}, 40) == 1);
  CHECK(counters.take({"issued", "2027"}, 40) == 1);
  CHECK(counters.take({"issued", "2026"}, 40) == 42);
}

TEST_CASE("a series is moved upwards only and the jump is kept") {
  Counters counters;
  SeriesTable series(counters.ledger, counters.tenant);
  counters.take({"issued", ""}, 1);
  const auto jump = [&](std::int64_t to) {
    counters.ledger.write(DryRun::no, [&] {
      series.jump({"issued", ""}, 1, to, Instant::from_seconds(7), "anna");
    });
  };
  jump(100);
  CHECK(counters.take({"issued", ""}, 1) == 100);
  CHECK_THROWS_AS(jump(101), Error);
  CHECK_THROWS_AS(jump(5), Error);
  REQUIRE(series.jumps().size() == 1);
  CHECK(series.jumps().front().from == 2);
  CHECK(series.jumps().front().to == 100);
  CHECK(series.jumps().front().actor == "anna");
}

TEST_CASE("the head of a series never goes back") {
  Counters counters;
  SeriesTable series(counters.ledger, counters.tenant);
  const auto put = [&](std::int64_t next, std::optional<Date> last_on, const char* seal) {
    counters.ledger.write(DryRun::no, [&] {
      SeriesRow row = series.at({"issued", ""}, 7);
      row.next = next;
      row.last_on = last_on;
      row.last_seal = seal;
      series.put(row);
    });
  };
  CHECK(series.at({"issued", ""}, 7).next == 7);
  put(8, Date::of(2026, 10, 31), "aa");
  const auto row = series.find({"issued", ""});
  REQUIRE(row);
  CHECK(row->first == 7);
  CHECK(row->next == 8);
  CHECK(row->last_on == Date::of(2026, 10, 31));
  CHECK(row->last_seal == "aa");
  CHECK_THROWS_AS(put(7, Date::of(2026, 10, 31), "bb"), Error);
  CHECK_THROWS_AS(put(9, Date::of(2026, 10, 30), "bb"), Error);
  CHECK_THROWS_AS(put(9, std::nullopt, "bb"), Error);
}
