#include "pipeline/submissions.hpp"

#include <doctest/doctest.h>

#include "pipeline/rebill_plan.hpp"

using namespace billctl;

namespace {

std::string launch(std::string_view text, std::string_view now = "2026-11-30T20:00:00Z") {
  const Zone zone = *Zone::load("Europe/Helsinki");
  const auto at = launch_time(text, zone, *Instant::parse(now));
  return at ? at->to_text() : "none";
}

std::string before(std::string_view text) {
  const auto period = period_before(*Period::parse(text, *Date::parse("2026-11-30")));
  return period ? period->to_text() : "none";
}

}  // namespace

TEST_CASE("S3-11 a launch time is a clock of the tenant or an instant or so much later") {
  CHECK(launch("23:30") == "2026-11-30T21:30:00Z");
  CHECK(launch("21:59") == "2026-12-01T19:59:00Z");
  CHECK(launch("2026-12-01 06:00") == "2026-12-01T04:00:00Z");
  CHECK(launch("2026-12-01T06:00:00Z") == "2026-12-01T06:00:00Z");
  CHECK(launch("+2h30m") == "2026-11-30T22:30:00Z");
  CHECK(launch("now") == "2026-11-30T20:00:00Z");
  for (const char* text : {"", "noon", "24:00", "+2", "-2h", "2026-12-01"}) {
    INFO(text);
    CHECK(launch(text) == "none");
  }
}

TEST_CASE("S3-11 a local time that does not exist or exists twice is no launch time") {
  CHECK(launch("03:30", "2026-03-28T20:00:00Z") == "none");
  CHECK(launch("03:30", "2026-10-24T20:00:00Z") == "none");
  CHECK(launch("04:30", "2026-10-24T20:00:00Z") == "2026-10-25T02:30:00Z");
}

TEST_CASE("the period before is as long and whole months stay whole months") {
  CHECK(before("2026-10") == "2026-09-01..2026-09-30");
  CHECK(before("2026-03") == "2026-02-01..2026-02-28");
  CHECK(before("2026-Q1") == "2025-10-01..2025-12-31");
  CHECK(before("2026-W44") == "2026-10-19..2026-10-25");
  CHECK(before("2026-10-11..2026-10-20") == "2026-10-01..2026-10-10");
  CHECK(before("..2026-10-20") == "none");
  CHECK(before("2026-10-20..") == "none");
}

TEST_CASE("what is no plan is refused with what it lacks") {
  CHECK_THROWS_AS(parse_plan("{", "p"), Error);
  CHECK_THROWS_AS(parse_plan("{}", "p"), Error);
  CHECK_THROWS_AS(parse_plan(R"({"command": "rebill-job run"})", "p"), Error);
  CHECK_THROWS_AS(parse_plan(R"({"command": "rebill-job plan", "tenant": "main"})", "p"), Error);
  const RebillPlan plan =
      parse_plan(R"({"command": "rebill-job plan", "tenant": "main", "made_at": "x", "file": "f",)"
                 R"( "content": "c", "period": {"first": "2026-10-01", "last": "2026-10-31"},)"
                 R"( "outcomes": [{"client": "acme", "digest": "d"}]})",
                 "p");
  CHECK(plan.codes() == std::vector<std::string>{"acme"});
  CHECK(plan.period.to_text() == "2026-10-01..2026-10-31");
}
