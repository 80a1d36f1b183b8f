// Work dates across zones, nights and clock changes (X27).
#include <doctest/doctest.h>

#include "calendar/period.hpp"
#include "calendar/zone.hpp"

using namespace billctl;

namespace {

LocalTime local(std::string_view text) {
  return LocalTime::parse(text).value();
}
Instant instant(std::string_view text) {
  return Instant::parse(text).value();
}

}  // namespace

TEST_CASE("X27 half past three is repeated in Helsinki when summer time ends") {
  const Zone zone = Zone::load("Europe/Helsinki").value();
  const LocalInstants found = zone.instants(local("2026-10-25 03:30"));
  CHECK(found.kind == LocalInstants::Kind::repeated);
  CHECK(found.first == instant("2026-10-25T00:30:00Z"));
  CHECK(found.second == instant("2026-10-25T01:30:00Z"));
}

TEST_CASE("X27 half past three does not exist in Helsinki when summer time begins") {
  const Zone zone = Zone::load("Europe/Helsinki").value();
  const LocalInstants found = zone.instants(local("2026-03-29 03:30"));
  CHECK(found.kind == LocalInstants::Kind::skipped);
  CHECK(found.first == instant("2026-03-29T01:00:00Z"));
}
