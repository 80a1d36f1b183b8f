#include "intake/session_times.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace billctl {
namespace {

constexpr const char* kOffsetHint = "write it with its offset, as 2026-10-25T03:30+02:00";

/// The instants that a moment can mean: one, two, or none when its hour is skipped.
struct Meanings {
  Instant first = Instant::from_seconds(0);
  Instant second = Instant::from_seconds(0);
  int count = 0;

  Instant at(int i) const { return i == 0 ? first : second; }
};

Meanings meanings(const Moment& moment, const Zone& zone) {
  if (const auto* instant = std::get_if<Instant>(&moment)) return {*instant, *instant, 1};
  const LocalInstants found = zone.instants(std::get<LocalTime>(moment));
  switch (found.kind) {
    case LocalInstants::Kind::skipped:
      return {};
    case LocalInstants::Kind::repeated:
      return {found.first, found.second, 2};
    case LocalInstants::Kind::unique:
      break;
  }
  return {found.first, found.first, 1};
}

std::string skipped_why(const Zone& zone) {
  return fmt::format("an hour that {} skips that day", zone.name());
}

std::string repeated_why(const Zone& zone) {
  return fmt::format("an hour that {} has twice that day", zone.name());
}

/// A start and a stop that go together, and how far they are from the recorded seconds.
struct Pair {
  Instant start = Instant::from_seconds(0);
  Instant stop = Instant::from_seconds(0);
  std::int64_t off = 0;
};

struct Pairs {
  std::array<Pair, 4> all;
  std::size_t count = 0;
};

/// In the order of time; without those that stop before they start.
Pairs pairs(const Meanings& start, const Meanings& stop, std::optional<std::int64_t> seconds) {
  Pairs found;
  for (int i = 0; i < start.count; ++i) {
    for (int j = 0; j < stop.count; ++j) {
      const std::int64_t length = stop.at(j).seconds() - start.at(i).seconds();
      if (length < 0) continue;
      const std::int64_t off = seconds ? std::llabs(length - *seconds) : 0;
      found.all[found.count++] = {start.at(i), stop.at(j), off};
    }
  }
  return found;
}

/// The pair that the seconds decide for, or nothing when they do not decide.
std::optional<Pair> decide(const Pairs& found, bool by_seconds, Repeated repeated) {
  if (found.count == 1) return found.all[0];
  if (!by_seconds) return std::nullopt;
  Pair best = found.all[0];
  int fits = 0;
  for (std::size_t i = 0; i < found.count; ++i) {
    if (found.all[i].off < best.off) best = found.all[i];
    if (found.all[i].off == 0) ++fits;
  }
  if (repeated == Repeated::refuse && fits != 1) return std::nullopt;
  return best;
}

}  // namespace

std::optional<SessionTimes> resolve_times(const RecordedTimes& recorded, const Zone& zone,
                                          Repeated repeated, std::optional<TimesMistake>& mistake) {
  const auto refuse = [&](TimesMistake::Of of, std::string why, const char* hint = "") {
    mistake = TimesMistake{of, std::move(why), hint};
    return std::nullopt;
  };
  SessionTimes times;
  times.seconds = recorded.seconds;
  if (!recorded.started) {
    if (recorded.stopped) return refuse(TimesMistake::Of::stopped, "a stop without a start");
    return times;
  }
  const Meanings start = meanings(*recorded.started, zone);
  if (start.count == 0) return refuse(TimesMistake::Of::started, skipped_why(zone));
  if (!recorded.stopped) {
    if (start.count == 2 && repeated == Repeated::refuse) {
      return refuse(TimesMistake::Of::started, repeated_why(zone), kOffsetHint);
    }
    times.started_at = start.first;
    times.work_on = zone.date(start.first);
    return times;
  }
  const Meanings stop = meanings(*recorded.stopped, zone);
  if (stop.count == 0) return refuse(TimesMistake::Of::stopped, skipped_why(zone));
  const Pairs found = pairs(start, stop, recorded.seconds);
  if (found.count == 0) return refuse(TimesMistake::Of::stopped, "before the start");
  const auto pair = decide(found, recorded.seconds.has_value(), repeated);
  if (!pair) {
    const auto of = start.count == 2 ? TimesMistake::Of::started : TimesMistake::Of::stopped;
    return refuse(of, repeated_why(zone), kOffsetHint);
  }
  times.started_at = pair->start;
  times.stopped_at = pair->stop;
  times.work_on = zone.date(pair->start);
  times.seconds_differ = pair->off != 0;
  if (!times.seconds) times.seconds = pair->stop.seconds() - pair->start.seconds();
  return times;
}

std::optional<Instant> resolve_moment(const Moment& moment, const Zone& zone, std::string& why) {
  const Meanings found = meanings(moment, zone);
  if (found.count == 1) return found.first;
  why = found.count == 0 ? skipped_why(zone) : repeated_why(zone);
  return std::nullopt;
}

const Zone* Zones::find(std::string_view name) {
  auto found = zones_.find(name);
  if (found == zones_.end()) found = zones_.emplace(std::string(name), Zone::load(name)).first;
  return found->second ? &*found->second : nullptr;
}

}  // namespace billctl
