// Day share: a time rule that counts days turns the seconds of a member's day on a project into
// billed seconds and leaves the surplus to the day's last entry (spec/pricing.md 6).
//
//     10 min + 10 min, minimum 30 min per day -> 10 min + 20 min
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "money/rounding.hpp"

namespace billctl {

/// One entry of a day, in the day's order.
struct DayPart {
  std::int64_t raw_seconds = 0;
  /// Set for what is drafted or further: it keeps what it was billed, and the others share the
  /// rest.
  std::optional<std::int64_t> fixed_seconds;
  std::int64_t billed_seconds = 0;  ///< the result
};

/// Sets `billed_seconds` of every part. What is lacking is taken from the last backwards, so that
/// none falls below 0.
void share_day(std::vector<DayPart>& parts, const TimeRule& rule);

}  // namespace billctl
