#include <doctest/doctest.h>

#include "intake/session_times.hpp"

using namespace billctl;

namespace {

struct Told {
  std::string start;  ///< in UTC, or the mistake
  std::string stop;
  std::optional<std::int64_t> seconds;
  bool differ = false;
  bool operator==(const Told&) const = default;
};

std::optional<Moment> moment(const char* text) {
  std::string_view why;
  return *text == '\0' ? std::nullopt : parse_moment(text, why);
}

Told resolve(const char* zone, const char* start, const char* stop,
             std::optional<std::int64_t> seconds, Repeated repeated = Repeated::refuse) {
  std::optional<TimesMistake> mistake;
  const auto times =
      resolve_times({moment(start), moment(stop), seconds}, *Zone::load(zone), repeated, mistake);
  CHECK(times.has_value() != mistake.has_value());
  if (mistake) {
    const bool at_start = mistake->of == TimesMistake::Of::started;
    return {at_start ? mistake->why : "", at_start ? "" : mistake->why, std::nullopt};
  }
  return {times->started_at ? times->started_at->to_text() : "",
          times->stopped_at ? times->stopped_at->to_text() : "", times->seconds,
          times->seconds_differ};
}

}  // namespace

TEST_CASE("X27 local times become instants in the zone of the row") {
  CHECK(resolve("Europe/Helsinki", "2026-10-01 09:00", "2026-10-01T11:30:00", std::nullopt) ==
        Told{"2026-10-01T06:00:00Z", "2026-10-01T08:30:00Z", 9000});
  CHECK(resolve("UTC", "2026-10-01T09:00+03:00", "2026-10-01 09:00", 10800) ==
        Told{"2026-10-01T06:00:00Z", "2026-10-01T09:00:00Z", 10800});
}

TEST_CASE("a session over the end of summer time has its extra hour") {
  CHECK(resolve("Europe/Helsinki", "2026-10-25 02:30", "2026-10-25 04:30", 10800) ==
        Told{"2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z", 10800});
}

TEST_CASE("the seconds decide which of two equal hours was meant") {
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", 10800) ==
        Told{"2026-10-25T00:30:00Z", "2026-10-25T03:30:00Z", 10800});
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", 7200) ==
        Told{"2026-10-25T01:30:00Z", "2026-10-25T03:30:00Z", 7200});
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 02:45", 4500) ==
        Told{"2026-10-25T00:30:00Z", "2026-10-25T01:45:00Z", 4500});
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:45", "2026-10-25 02:15", 1800) ==
        Told{"2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z", 1800});
}

TEST_CASE("an hour that exists twice is refused where nothing decides") {
  const Told twice = {"an hour that Europe/Berlin has twice that day", "", std::nullopt};
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "", 3600) == twice);
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", std::nullopt) == twice);
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", 1234) == twice);
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 02:45", 900) == twice);
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30+02:00", "2026-10-25 04:30", std::nullopt) ==
        Told{"2026-10-25T00:30:00Z", "2026-10-25T03:30:00Z", 10800});
  CHECK(resolve("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 02:30", std::nullopt) ==
        Told{"", "an hour that Europe/Berlin has twice that day", std::nullopt});
}

TEST_CASE("other programs cannot write an offset so the nearest fit is taken") {
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 02:45", 900, Repeated::nearest) ==
        Told{"2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z", 900});
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", 7190, Repeated::nearest) ==
        Told{"2026-10-25T01:30:00Z", "2026-10-25T03:30:00Z", 7190, true});
  CHECK(resolve("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 04:30", std::nullopt,
                Repeated::nearest)
            .start == "an hour that Europe/Berlin has twice that day");
}

TEST_CASE("an hour that does not exist is refused") {
  CHECK(resolve("Europe/Helsinki", "2026-03-29 03:30", "2026-03-29 05:00", 3600).start ==
        "an hour that Europe/Helsinki skips that day");
  CHECK(resolve("Europe/Helsinki", "2026-03-29 02:30", "2026-03-29 03:30", 3600).stop ==
        "an hour that Europe/Helsinki skips that day");
}

TEST_CASE("a stop before its start or without one is refused") {
  CHECK(resolve("UTC", "2026-10-01 09:00", "2026-10-01 08:59", std::nullopt).stop ==
        "before the start");
  CHECK(resolve("UTC", "", "2026-10-01 08:59", std::nullopt).stop == "a stop without a start");
}

TEST_CASE("seconds count where they differ from start and stop") {
  CHECK(resolve("UTC", "2026-10-01 09:00", "2026-10-01 10:00", 3000) ==
        Told{"2026-10-01T09:00:00Z", "2026-10-01T10:00:00Z", 3000, true});
}

TEST_CASE("a running entry has neither stop nor seconds") {
  CHECK(resolve("UTC", "2026-10-01 09:00", "", std::nullopt) ==
        Told{"2026-10-01T09:00:00Z", "", std::nullopt});
}

TEST_CASE("X27 the work date is the local date of the start") {
  std::optional<TimesMistake> mistake;
  const auto times = resolve_times({moment("2026-10-31T22:30Z"), moment("2026-11-01T01:00Z"), {}},
                                   *Zone::load("Europe/Helsinki"), Repeated::refuse, mistake);
  REQUIRE(times);
  CHECK(times->work_on->to_text() == "2026-11-01");
}

TEST_CASE("zones are found by name and unknown ones are not") {
  Zones zones;
  CHECK(zones.find("Europe/Helsinki") == zones.find("Europe/Helsinki"));
  CHECK(zones.find("Europe/Helsinki") != nullptr);
  CHECK(zones.find("Europe/Atlantis") == nullptr);
}
