// Work dates across zones, nights and clock changes (X27; reliability.md, "DST night, month
// border").
#include "calendar/zone.hpp"

#include <doctest/doctest.h>

#include <array>

#include "calendar/period.hpp"

using namespace billctl;

namespace {

using Kind = LocalInstants::Kind;

LocalTime local(std::string_view text) {
  return LocalTime::parse(text).value();
}
Instant instant(std::string_view text) {
  return Instant::parse(text).value();
}
Date date(std::string_view text) {
  return Date::parse(text).value();
}
Zone zone(std::string_view name) {
  return Zone::load(name).value();
}

constexpr std::array<std::string_view, 12> kZones = {
    "Europe/Helsinki", "Europe/London",     "America/New_York",    "America/St_Johns",
    "America/Havana",  "America/Sao_Paulo", "Africa/Cairo",        "Africa/Casablanca",
    "Asia/Kathmandu",  "Asia/Kolkata",      "Australia/Lord_Howe", "Pacific/Chatham"};

/// The month that holds the instant by its borders as instants, not by its date.
bool is_between_borders(const Zone& zone, const Period& month, Instant at) {
  return zone.first_instant(month.first()) <= at && at < zone.first_instant(month.past());
}

Period month_of(Date date) {
  return Period::month(date.year(), date.month());
}

}  // namespace

TEST_CASE("X27 half past three is repeated in Helsinki when summer time ends") {
  const LocalInstants found = zone("Europe/Helsinki").instants(local("2026-10-25 03:30"));
  CHECK(found.kind == Kind::repeated);
  CHECK(found.first == instant("2026-10-25T00:30:00Z"));
  CHECK(found.second == instant("2026-10-25T01:30:00Z"));
}

TEST_CASE("X27 half past three does not exist in Helsinki when summer time begins") {
  const LocalInstants found = zone("Europe/Helsinki").instants(local("2026-03-29 03:30"));
  CHECK(found.kind == Kind::skipped);
  CHECK(found.first == instant("2026-03-29T01:00:00Z"));
}

TEST_CASE("X27 the hours around a clock change are unique") {
  const Zone helsinki = zone("Europe/Helsinki");
  for (const char* text : {"2026-10-25 02:59:59", "2026-10-25 04:00", "2026-03-29 02:59:59",
                           "2026-03-29 04:00", "2026-10-01 09:00"})
    CHECK_MESSAGE(helsinki.instants(local(text)).kind == Kind::unique, text);
  CHECK(helsinki.instants(local("2026-10-25 03:00")).kind == Kind::repeated);
  CHECK(helsinki.instants(local("2026-10-25 03:59:59")).kind == Kind::repeated);
  CHECK(helsinki.instants(local("2026-03-29 03:00")).kind == Kind::skipped);
  CHECK(helsinki.instants(local("2026-10-01 09:00")).first == instant("2026-10-01T06:00:00Z"));
}

TEST_CASE("X27 the work date is the local date on which the entry started") {
  const Instant start = instant("2026-09-30T21:30:00Z");
  CHECK(zone("Europe/Helsinki").date(start) == date("2026-10-01"));
  CHECK(zone("Europe/London").date(start) == date("2026-09-30"));
  CHECK(zone("America/New_York").date(start) == date("2026-09-30"));
  CHECK(zone("Pacific/Chatham").date(start) == date("2026-10-01"));
  CHECK(Zone::utc().date(start) == date("2026-09-30"));
  CHECK(zone("Europe/Helsinki").local(start).to_text() == "2026-10-01 00:30:00");
}

TEST_CASE("X27 a date begins where its midnight is or where that is skipped") {
  CHECK(zone("Europe/Helsinki").first_instant(date("2026-10-01")) ==
        instant("2026-09-30T21:00:00Z"));
  // Havana goes from 00:00 to 01:00 in spring, and from 01:00 back to 00:00 in autumn.
  CHECK(zone("America/Havana").first_instant(date("2026-03-08")) ==
        instant("2026-03-08T05:00:00Z"));
  CHECK(zone("America/Havana").first_instant(date("2026-11-01")) ==
        instant("2026-11-01T04:00:00Z"));
}

TEST_CASE("X27 each instant of 2024 to 2031 is in exactly one month in twelve zones") {
  for (const std::string_view name : kZones) {
    const Zone here = zone(name);
    const Instant last = instant("2032-01-02T00:00:00Z");
    // Not a divisor of a day, so that all times of day are met.
    for (Instant at = instant("2023-12-31T00:00:00Z"); at < last; at = at.add_seconds(5077)) {
      const Period month = month_of(here.date(at));
      const Period before = month_of(month.first().add_days(-1));
      const Period after = month_of(month.past());
      const bool only = is_between_borders(here, month, at) &&
                        !is_between_borders(here, before, at) &&
                        !is_between_borders(here, after, at);
      if (!only) FAIL(name, " at ", at.to_text());
    }
  }
}

TEST_CASE("X27 the second before a month is in the month before in twelve zones") {
  for (const std::string_view name : kZones) {
    const Zone here = zone(name);
    for (Date month = date("2024-01-01"); month < date("2032-01-01"); month = month.add_months(1)) {
      const Instant border = here.first_instant(month);
      const bool parted =
          here.date(border) == month && here.date(border.add_seconds(-1)) == month.add_days(-1);
      if (!parted) FAIL(name, " at ", month.to_text());
    }
  }
}

TEST_CASE("a local time leads back to the instants that show it") {
  for (const std::string_view name : kZones) {
    const Zone here = zone(name);
    const Instant last = instant("2028-01-01T00:00:00Z");
    for (Instant at = instant("2026-01-01T00:00:00Z"); at < last; at = at.add_seconds(1799)) {
      const LocalInstants found = here.instants(here.local(at));
      const bool back = found.kind != Kind::skipped && (found.first == at || found.second == at) &&
                        (found.kind == Kind::repeated) == (found.first != found.second);
      if (!back) FAIL(name, " at ", at.to_text());
    }
  }
}

TEST_CASE("daylight saving goes on after 2038") {
  const Zone helsinki = zone("Europe/Helsinki");
  CHECK(helsinki.local(instant("2040-07-01T12:00:00Z")).to_text() == "2040-07-01 15:00:00");
  CHECK(helsinki.local(instant("2040-01-01T12:00:00Z")).to_text() == "2040-01-01 14:00:00");
  CHECK(helsinki.instants(local("2045-03-26 03:30")).kind == Kind::skipped);
  CHECK(zone("America/New_York").local(instant("2099-07-01T12:00:00Z")).to_text() ==
        "2099-07-01 08:00:00");
}

TEST_CASE("a zone is one of the database and never the machine's") {
  CHECK(zone("Europe/Helsinki").name() == "Europe/Helsinki");
  CHECK(Zone::load("UTC"));
  CHECK(Zone::load("Etc/GMT+3"));
  for (const char* name :
       {"", "Europe/Nowhere", "localtime", "libc:localtime", "posixrules", "/etc/localtime",
        "../localtime", "Europe", "Europe/../localtime", " UTC", "europe helsinki"})
    CHECK_MESSAGE(!Zone::load(name), name);
}
