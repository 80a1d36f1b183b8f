// Fixed-point text: the one reader and the one writer of numbers with a point. `scale` is how many
// digits of the integer stand behind the point: 12345 at scale 2 is "123.45".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace billctl {

/// Reads `[+-]digits[.digits]`: no exponent, no grouping, no blanks, no bare point (spec/import.md,
/// "Cells"). "1.5" at scale 6 -> 1500000.
/// @param fraction_digits_max more digits than this behind the point are refused, also zeros.
/// @param why told, when nothing is returned, what is wrong as a short text: "a comma, where a
/// point is needed", "more than 2 fraction digits".
/// @return nothing for any other text and for what does not fit in 64 bits.
std::optional<std::int64_t> parse_fixed(std::string_view text, int scale, int fraction_digits_max,
                                        std::string_view* why = nullptr);

/// Appends the number with at least `fraction_digits_min` and at most `scale` digits behind the
/// point, no trailing zeros beyond the minimum: (1500000, 6, 0) -> "1.5", (1500000, 6, 2) ->
/// "1.50".
void append_fixed(std::string& out, std::int64_t value, int scale, int fraction_digits_min);

}  // namespace billctl
