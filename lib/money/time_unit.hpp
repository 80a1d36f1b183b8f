// Time unit: the units in which time is sold. Their words are hour, min and day (spec/pricing.md
// 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "money/decimal.hpp"

namespace billctl {

enum class TimeUnit : std::uint8_t { hour, minute, day };

/// "hour", "min", "day".
std::string_view word(TimeUnit unit);
/// The time unit of that word; nothing for every other unit.
std::optional<TimeUnit> time_unit_of(std::string_view word);

/// Seconds in one of the unit: 3600, 60, and for a day hours_per_day x 3600 ("7.5" -> 27000).
/// @throws Error{failed} when it does not fit.
Decimal seconds_per(TimeUnit unit, Decimal hours_per_day);

}  // namespace billctl
