// Time rules, of entries and of days (spec/pricing.md 6).
#include <doctest/doctest.h>

#include "billable/day_share.hpp"
#include "pipeline/compiling.hpp"
#include "pipeline/items_report.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

const char* kRules =
    "[compile]\ntime_rule = \"tenth\"\n"
    "[time_rules.tenth]\nstep = \"6m\"\ndirection = \"up\"\n"
    "[time_rules.quarter]\nstep = \"15m\"\ndirection = \"nearest\"\n"
    "[time_rules.day]\nminimum = \"1h\"\nper = \"day\"\n";

std::string billed(Fixture& firm) {
  return firm.rows(
      "SELECT e.ref, i.billed_seconds FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
      "WHERE i.mark <> 'released' ORDER BY e.ref");
}

}  // namespace

TEST_CASE("the project's time rule comes before the client's and that before the tenant's") {
  Fixture firm(kRules);
  firm.add("clients", "code=acme");
  firm.add("clients", "code=beta time_rule=quarter");
  firm.add("projects", "code=p client=beta time_rule=tenth");
  firm.add("tasks", "code=a client=acme");
  firm.add("tasks", "code=b client=beta");
  firm.add("entries", "id=1 task=a seconds=61");
  firm.add("entries", "id=2 task=b seconds=1000");
  firm.add("entries", "id=3 project=p seconds=1000");
  firm.add("entries", "id=4 task=a seconds=0");
  firm.add("entries", "id=5 kind=mileage task=a distance_km=1 transport_minutes=1");
  run_compile(firm);
  CHECK(firm.rows("SELECT raw_seconds, billed_seconds, time_rule FROM item "
                  "WHERE kind <> 'mileage' ORDER BY entry_id") ==
        "61|360|tenth 1000|900|quarter 1000|1080|tenth 0|0|tenth 60|60|");
}

TEST_CASE("a time rule that the config does not have is refused with its name") {
  Fixture firm;
  firm.add("clients", "code=acme time_rule=gone");
  firm.add("tasks", "code=a client=acme");
  firm.add("entries", "id=1 kind=expense task=a amount=1.00");
  run_compile(firm);  // no hours, so nobody asks for it
  firm.add("entries", "id=2 task=a seconds=60");
  try {
    run_compile(firm);
    FAIL("an unknown rule was taken for none");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_config);
    CHECK(error.message().find("\"gone\"") != std::string::npos);
  }
}

TEST_CASE("a rule per day counts the entries of a member and project and date together") {
  Fixture firm(kRules);
  furnish(firm);
  firm.change("projects", "web", "time_rule=day");
  firm.add("members", "code=bo");
  const auto add = [&](const std::string& id, const std::string& fields) {
    firm.add("entries", "id=" + id + " task=dev " + fields);
  };
  add("a1", "member=anna seconds=600 started_at=2026-10-05T15:00:00Z");
  add("a2", "member=anna seconds=900 started_at=2026-10-05T09:00:00Z");
  add("b1", "member=bo seconds=600");
  add("c1", "member=anna seconds=600 date=2026-10-06");
  add("d1", "member=anna seconds=600 confirmed_at=");
  run_compile(firm);
  CHECK(billed(firm) == "a1|2700 a2|900 b1|3600 c1|3600");
  CHECK(firm.number("SELECT count(*) FROM item WHERE per_day = 1") == 4);
  // Compiled later, so a day of its own; the rest stays.
  firm.change("entries", "d1", "confirmed_at=2026-10-31T12:00:00Z");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
  CHECK(billed(firm) == "a1|2700 a2|900 b1|3600 c1|3600 d1|3600");
  // A config that changes nothing here brings all back and changes none.
  firm.configure(std::string(kRules) + "[time_rules.other]\nstep = \"1m\"\n");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
}

TEST_CASE("when one entry of a day changes the others of its day are made anew with it") {
  Fixture firm(kRules);
  furnish(firm);
  firm.change("projects", "web", "time_rule=day");
  for (const char* id : {"a", "b", "c"})
    firm.add("entries", std::string("task=dev member=anna seconds=600 id=") + id);
  run_compile(firm);
  CHECK(billed(firm) == "a|600 b|600 c|2400");
  firm.change("entries", "a", "seconds=1200");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 2");
  CHECK(billed(firm) == "a|1200 b|600 c|1800");
  // It moves to another day, where it is alone.
  firm.change("entries", "a", "date=2026-10-07");
  run_compile(firm);
  CHECK(billed(firm) == "a|3600 b|600 c|3000");
  // The last one goes, and its surplus falls to the one before.
  firm.change("entries", "c", "confirmed_at=");
  run_compile(firm);
  CHECK(billed(firm) == "a|3600 b|3600");
}

TEST_CASE("what is drafted of a day keeps its seconds and the others share the rest") {
  Fixture firm(kRules);
  furnish(firm);
  firm.change("projects", "web", "time_rule=day");
  for (const char* id : {"a", "b", "c"})
    firm.add("entries", std::string("task=dev member=anna seconds=600 id=") + id);
  run_compile(firm);
  firm.execute("DELETE FROM item_open WHERE item_id = 3");
  firm.change("entries", "a", "seconds=900");
  run_compile(firm);
  CHECK(billed(firm) == "a|900 b|300 c|2400");
}

TEST_CASE("a released item leaves its day to the others") {
  Fixture firm(kRules);
  furnish(firm);
  firm.change("projects", "web", "time_rule=day");
  for (const char* id : {"a", "b"})
    firm.add("entries", std::string("task=dev member=anna seconds=600 id=") + id);
  run_compile(firm);
  firm.change("entries", "b", "charge=non_billable");
  Session session = firm.session();
  release_items(session, {"2"});
  const Report report = run_compile(firm);
  CHECK(report.body["remade"].as_integer() == 1);
  CHECK(billed(firm) == "a|3600");
}

TEST_CASE("a day of entries far apart in a long queue is still one day") {
  Fixture firm(kRules);
  furnish(firm);
  firm.change("projects", "web", "time_rule=day");
  firm.add("tasks", "code=free client=acme");
  firm.add("entries", "id=first task=dev member=anna seconds=600");
  firm.execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
      "INSERT INTO entry (tenant_id, ref, kind, task_id, raw_seconds, work_on, confirmed_at) "
      "SELECT 1, 'n' || i, 'time', (SELECT id FROM task WHERE code = 'free'), 60, '2026-10-05', 1 "
      "FROM n");
  firm.execute("INSERT INTO entry_open SELECT id FROM entry WHERE ref LIKE 'n%'");
  firm.add("entries", "id=last task=dev member=anna seconds=600");
  run_compile(firm);
  CHECK(firm.rows("SELECT i.billed_seconds FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
                  "WHERE e.ref IN ('first', 'last') ORDER BY e.id") == "600 3000");
}

TEST_CASE("sharing a day keeps its sum and what is fixed and agrees with the rule of one day") {
  Splitmix random(42);
  INFO(random.seed_text());
  for (int round = 0; round < 2000; ++round) {
    TimeRule rule;
    rule.step_seconds = random.between(0, 3) * 300;
    rule.direction = static_cast<TimeRule::Direction>(random.between(0, 2));
    rule.minimum_seconds = random.between(0, 2) * 1800;
    rule.per = TimeRule::Per::day;
    std::vector<DayPart> parts;
    std::vector<std::int64_t> plain;
    bool fixed = false;
    for (std::int64_t n = random.between(1, 6); n > 0; --n) {
      DayPart part{random.between(0, 2000), {}, 0};
      plain.push_back(part.raw_seconds);
      if (random.between(0, 4) == 0) part.fixed_seconds = random.between(0, 2000);
      fixed = fixed || part.fixed_seconds;
      parts.push_back(part);
    }
    share_day(parts, rule);
    std::int64_t raw = 0, given = 0, floating = 0;
    for (const DayPart& part : parts) {
      raw += part.raw_seconds;
      given += part.billed_seconds;
      CHECK(part.billed_seconds >= 0);
      if (part.fixed_seconds) CHECK(part.billed_seconds == *part.fixed_seconds);
      if (!part.fixed_seconds) floating += part.billed_seconds;
    }
    if (floating > 0) CHECK(given == billed_seconds(raw, rule));
    if (fixed) continue;
    bill_day(plain, rule);
    for (std::size_t i = 0; i < parts.size(); ++i) CHECK(parts[i].billed_seconds == plain[i]);
  }
}
