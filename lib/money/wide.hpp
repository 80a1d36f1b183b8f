// Wide integers: products of prices and quantities are exact in 128 bits; a result that does not
// fit in 64 bits is an error, never a wrap (spec/arithmetic.md, the head).
#pragma once

#include <cstdint>
#include <string_view>

namespace billctl {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

/// Refuses a number that does not fit.
/// @param what what was computed, as the clerk calls it: "a line amount".
/// @throws Error{failed} always.
[[noreturn]] void overflow(std::string_view what);

/// Each: the exact result. @throws Error{failed} when it does not fit.
inline std::int64_t checked_add(std::int64_t a, std::int64_t b, std::string_view what) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]
    overflow(what);
  return sum;
}
inline std::int64_t checked_subtract(std::int64_t a, std::int64_t b, std::string_view what) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) [[unlikely]]
    overflow(what);
  return difference;
}
inline std::int64_t checked_multiply(std::int64_t a, std::int64_t b, std::string_view what) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) [[unlikely]]
    overflow(what);
  return product;
}
inline Int128 checked_add(Int128 a, Int128 b, std::string_view what) {
  Int128 sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) [[unlikely]]
    overflow(what);
  return sum;
}
inline Int128 checked_multiply(Int128 a, Int128 b, std::string_view what) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product)) [[unlikely]]
    overflow(what);
  return product;
}
inline std::int64_t narrowed(Int128 value, std::string_view what) {
  const auto narrow = static_cast<std::int64_t>(value);
  if (narrow != value) [[unlikely]]
    overflow(what);
  return narrow;
}

/// 10^exponent for 0 <= exponent <= 18.
constexpr std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace billctl
