// Session times: from the start, stop and seconds of a row to instants and the work date.
//
// A local time means no instant in the hour that spring skips (a mistake) and two in the hour that
// autumn repeats: then the recorded seconds decide which start and stop were meant.
//
//     Europe/Berlin, 2026-10-25 02:30 to 04:30, 10800 s -> 00:30Z to 03:30Z
//     the same with 7200 s                              -> 01:30Z to 03:30Z
//
// Source: spec/import.md ("Cells", entries), X27.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/zone.hpp"
#include "intake/cell_text.hpp"

namespace billctl {

struct RecordedTimes {
  std::optional<Moment> started;
  std::optional<Moment> stopped;
  std::optional<std::int64_t> seconds;
};

struct SessionTimes {
  std::optional<Instant> started_at;
  std::optional<Instant> stopped_at;    ///< absent: still running, or only the seconds are known
  std::optional<std::int64_t> seconds;  ///< the recorded ones; else from start to stop
  std::optional<Date> work_on;          ///< the local date of the start
  /// The recorded seconds are not those from start to stop; they count, and a warning says so.
  bool seconds_differ = false;
};

/// Which of the three is wrong, and how.
struct TimesMistake {
  enum class Of { started, stopped };
  Of of;
  std::string why;
  std::string hint;
};

/// What to do when a repeated hour leaves several instants that fit the seconds.
enum class Repeated {
  refuse,   ///< our own tables: the offset must be written
  nearest,  ///< other programs' exports, which cannot write one: the nearest fit, the earlier of
            ///< equals
};

/// @return the times, or the first mistake in `mistake`.
std::optional<SessionTimes> resolve_times(const RecordedTimes& recorded, const Zone& zone,
                                          Repeated repeated, std::optional<TimesMistake>& mistake);

/// One instant; a local time in a skipped or repeated hour is a mistake told in `why`.
std::optional<Instant> resolve_moment(const Moment& moment, const Zone& zone, std::string& why);

/// Zones by name, each loaded once.
class Zones {
 public:
  /// nullptr for a name that the database does not have.
  const Zone* find(std::string_view name);

 private:
  std::map<std::string, std::optional<Zone>, std::less<>> zones_;
};

}  // namespace billctl
