#include "calendar/duration.hpp"

#include <array>

namespace billctl {
namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array<Unit, 4> kUnits = {{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  auto unit = kUnits.begin();
  while (!text.empty()) {
    std::size_t length = 0;
    std::int64_t number = 0;
    for (; length < text.size() && is_digit(text[length]); ++length) {
      if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return std::nullopt;
      if (__builtin_add_overflow(number, std::int64_t{text[length] - '0'}, &number))
        return std::nullopt;
    }
    if (length == 0 || length == text.size()) return std::nullopt;
    while (unit != kUnits.end() && unit->letter != text[length]) ++unit;
    if (unit == kUnits.end()) return std::nullopt;
    if (__builtin_mul_overflow(number, unit->seconds, &number)) return std::nullopt;
    if (__builtin_add_overflow(total, number, &total)) return std::nullopt;
    ++unit;
    text.remove_prefix(length + 1);
  }
  return total;
}

std::string duration_text(std::int64_t seconds) {
  if (seconds == 0) return "0s";
  std::string text;
  for (const Unit& unit : kUnits) {
    const std::int64_t number = seconds / unit.seconds;
    if (number == 0) continue;
    text += std::to_string(number) + unit.letter;
    seconds %= unit.seconds;
  }
  return text;
}

}  // namespace billctl
