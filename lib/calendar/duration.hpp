// Duration: lengths of time as people write them in config and options: 6m, 15m, 1h30m, 30s, 35d.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace billctl {

/// The seconds of whole numbers with the units d, h, m and s, each at most once and the larger
/// first: "1h30m" -> 5400, "35d" -> 3024000, "0s" -> 0.
/// @return nothing for a number without a unit, a fraction, a sign, and what does not fit.
std::optional<std::int64_t> parse_duration(std::string_view text);

/// The shortest such text: 5400 -> "1h30m", 90 -> "1m30s", 0 -> "0s"; seconds are not negative.
std::string duration_text(std::int64_t seconds);

}  // namespace billctl
