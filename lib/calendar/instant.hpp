// Instant: a moment in UTC, in whole seconds since 1970. It becomes a date only through a Zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/date.hpp"

namespace billctl {

class Instant {
 public:
  /// @param seconds since 1970-01-01T00:00:00Z: what the ledger stores.
  static constexpr Instant from_seconds(std::int64_t seconds) { return Instant(seconds); }
  /// Reads ISO 8601 with Z or an offset: "2026-10-01T06:00:00Z", "2026-10-01 09:00+03:00",
  /// "2026-10-01T09:00:00+0300", and the basic form of timewarrior, "20261001T060000Z". Seconds may
  /// be missing; a fraction of a second is cut off.
  /// @return nothing for other text, also for a time without Z or offset (that is a LocalTime).
  static std::optional<Instant> parse(std::string_view text);

  constexpr std::int64_t seconds() const { return seconds_; }
  Instant add_seconds(std::int64_t seconds) const { return Instant(seconds_ + seconds); }
  /// The date in UTC.
  Date utc_date() const;

  /// "2026-10-01T06:00:00Z".
  std::string to_text() const;
  void append_to(std::string& out) const;

  auto operator<=>(const Instant&) const = default;

 private:
  explicit constexpr Instant(std::int64_t seconds) : seconds_(seconds) {}
  std::int64_t seconds_;
};

/// What a clock on the wall shows: a date and a time of day, not yet in any zone.
struct LocalTime {
  Date date;
  std::int32_t second_of_day;  ///< 0..86399
  auto operator<=>(const LocalTime&) const = default;

  /// Reads "YYYY-MM-DD[T ]HH:MM[:SS]" and nothing behind it (spec/import.md, "Cells").
  static std::optional<LocalTime> parse(std::string_view text);
  /// The wall clock at that many seconds since 1970-01-01 00:00 on that same clock.
  static LocalTime from_seconds(std::int64_t seconds);
  /// Seconds since 1970-01-01 00:00 on the same clock.
  std::int64_t seconds() const { return std::int64_t{date.days()} * 86400 + second_of_day; }
  int hour() const { return second_of_day / 3600; }
  int minute() const { return second_of_day / 60 % 60; }
  int second() const { return second_of_day % 60; }
  /// "2026-10-01 09:00:00".
  std::string to_text() const;
};

/// "HH:MM" or "HH:MM:SS" as the second of the day; nothing for 24:00 and leap seconds.
std::optional<std::int32_t> parse_time_of_day(std::string_view text);

}  // namespace billctl
