#include "calendar/instant.hpp"

#include <doctest/doctest.h>

#include "calendar/clock.hpp"
#include "calendar/duration.hpp"

using namespace billctl;

namespace {

std::string utc(std::string_view text) {
  const auto instant = Instant::parse(text);
  return instant ? instant->to_text() : "refused";
}
std::string wall(std::string_view text) {
  const auto local = LocalTime::parse(text);
  return local ? local->to_text() : "refused";
}

}  // namespace

TEST_CASE("an instant is read with Z or an offset and shown in UTC") {
  CHECK(utc("2026-10-01T06:00:00Z") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01T09:00:00+03:00") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01T09:00:00+0300") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01T09:00:00+03") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01 09:00+03:00") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01T06:00Z") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-09-30T20:30:00-09:30") == "2026-10-01T06:00:00Z");
  CHECK(utc("2026-10-01T00:30:00+05:45") == "2026-09-30T18:45:00Z");
  CHECK(utc("2026-10-01T06:00:00.999Z") == "2026-10-01T06:00:00Z");
  CHECK(utc("20261001T060000Z") == "2026-10-01T06:00:00Z");
}

TEST_CASE("seconds since 1970 and the text of an instant agree") {
  CHECK(Instant::parse("1970-01-01T00:00:00Z")->seconds() == 0);
  CHECK(Instant::parse("2026-10-01T06:00:00Z")->seconds() == 1790834400);
  CHECK(Instant::from_seconds(-1).to_text() == "1969-12-31T23:59:59Z");
  CHECK(Instant::from_seconds(-1).utc_date() == Date::parse("1969-12-31"));
  CHECK(Instant::from_seconds(4102444800).to_text() == "2100-01-01T00:00:00Z");
  CHECK(Instant::from_seconds(10).add_seconds(-20).seconds() == -10);
}

TEST_CASE("a text that is no instant is refused") {
  for (const char* text : {"",
                           "2026-10-01",
                           "2026-10-01T06:00:00",
                           "2026-10-01T06:00",
                           "2026-10-01T24:00:00Z",
                           "2026-10-01T06:60:00Z",
                           "2026-10-01T06:00:60Z",
                           "2026-02-30T06:00:00Z",
                           "2026-10-01T06:00:00z",
                           "2026-10-01T06:00:00 Z",
                           "2026-10-01T06:00:00+3",
                           "2026-10-01T06:00:00+03:0",
                           "2026-10-01T06:00:00+24:00",
                           "2026-10-01T06:00:00.Z",
                           "2026-10-01T6:00:00Z",
                           "20261001T060000",
                           "20261301T060000Z",
                           "20261001t060000Z",
                           "2026-10-01T06:00:00ZZ",
                           "now",
                           "2026-10-01T06:00:00+0a:00"})
    CHECK_MESSAGE(!Instant::parse(text), text);
}

TEST_CASE("a local time is read with and without seconds") {
  CHECK(wall("2026-10-01 09:00") == "2026-10-01 09:00:00");
  CHECK(wall("2026-10-01T09:00:59") == "2026-10-01 09:00:59");
  const LocalTime late = LocalTime::parse("2026-10-01 23:59:58").value();
  CHECK(late.hour() == 23);
  CHECK(late.minute() == 59);
  CHECK(late.second() == 58);
  CHECK(LocalTime::from_seconds(late.seconds()) == late);
  for (const char* text : {"", "2026-10-01", "2026-10-01 9:00", "2026-10-01 24:00",
                           "2026-10-01 09:00Z", "2026-10-01 09:00:0", "2026-10-01  09:00",
                           "2026-10-01 09.00", "2026-02-30 09:00", "2026-10-01 09:00:00.5"})
    CHECK_MESSAGE(!LocalTime::parse(text), text);
}

TEST_CASE("durations are whole numbers with their units") {
  CHECK(parse_duration("6m") == 360);
  CHECK(parse_duration("15m") == 900);
  CHECK(parse_duration("1h30m") == 5400);
  CHECK(parse_duration("30s") == 30);
  CHECK(parse_duration("35d") == 3024000);
  CHECK(parse_duration("1d2h3m4s") == 93784);
  CHECK(parse_duration("90m") == 5400);
  CHECK(parse_duration("0s") == 0);
  for (const char* text : {"", "6", "m", "6 m", "1.5h", "-6m", "6m1h", "6m6m", "6M", "6w", "6min",
                           "9223372036854775808s", "9223372036854775807d"})
    CHECK_MESSAGE(!parse_duration(text), text);
}

TEST_CASE("a duration is shown as the shortest text that reads back") {
  CHECK(duration_text(5400) == "1h30m");
  CHECK(duration_text(90) == "1m30s");
  CHECK(duration_text(3024000) == "35d");
  CHECK(duration_text(0) == "0s");
  for (const std::int64_t seconds : {1, 59, 60, 3599, 86399, 86401, 1000000007})
    CHECK(parse_duration(duration_text(seconds)) == seconds);
}

TEST_CASE("a fixed clock stands still until it is set") {
  FixedClock clock(Instant::from_seconds(100));
  const Clock& seen = clock;
  CHECK(seen.now().seconds() == 100);
  clock.set(Instant::from_seconds(50));
  CHECK(seen.now().seconds() == 50);
}
