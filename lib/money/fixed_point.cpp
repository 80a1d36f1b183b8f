#include "money/fixed_point.hpp"

#include <array>
#include <limits>

namespace billctl {
namespace {

constexpr std::array<std::string_view, 7> kTooManyDigits = {
    "a fraction, where only whole numbers are allowed",
    "more than 1 fraction digit",
    "more than 2 fraction digits",
    "more than 3 fraction digits",
    "more than 4 fraction digits",
    "more than 5 fraction digits",
    "more than 6 fraction digits"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What a person should be told about the first character that does not belong.
std::string_view complaint(char c) {
  switch (c) {
    case ',':
      return "a comma, where a point and no grouping is needed";
    case 'e':
    case 'E':
      return "an exponent, where plain digits are needed";
    case ' ':
    case '\t':
    case '\'':
    case '_':
      return "grouping or a blank, where plain digits are needed";
    default:
      return "not a number";
  }
}

/// Appends one digit to the magnitude; false when it does not fit in 64 bits.
bool push_digit(std::uint64_t& magnitude, char c) {
  const auto digit = static_cast<std::uint64_t>(c - '0');
  return !__builtin_mul_overflow(magnitude, std::uint64_t{10}, &magnitude) &&
         !__builtin_add_overflow(magnitude, digit, &magnitude);
}

}  // namespace

std::optional<std::int64_t> parse_fixed(std::string_view text, int scale, int fraction_digits_max,
                                        std::string_view* why) {
  const auto refuse = [why](std::string_view reason) -> std::optional<std::int64_t> {
    if (why != nullptr) *why = reason;
    return std::nullopt;
  };
  if (text.empty()) return refuse("empty, where a number is needed");
  const bool negative = text.front() == '-';
  std::size_t at = negative || text.front() == '+' ? 1 : 0;
  if (at == text.size()) return refuse("not a number");
  if (!is_digit(text[at]))
    return refuse(text[at] == '.' ? "no digit before the point" : complaint(text[at]));
  std::uint64_t magnitude = 0;
  bool fits = true;
  for (; at < text.size() && is_digit(text[at]); ++at)
    fits = fits && push_digit(magnitude, text[at]);
  int fraction_digits = 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t point = at++;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (++fraction_digits > fraction_digits_max) continue;
      fits = fits && push_digit(magnitude, text[at]);
    }
    if (at == point + 1) return refuse("no digit after the point");
  }
  if (at < text.size()) return refuse(complaint(text[at]));
  if (fraction_digits > fraction_digits_max)
    return refuse(kTooManyDigits[static_cast<std::size_t>(fraction_digits_max)]);
  for (int digits = fraction_digits; digits < scale; ++digits)
    fits = fits && push_digit(magnitude, '0');
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!fits || magnitude > kMax) return refuse("too large");
  const auto value = static_cast<std::int64_t>(magnitude);
  return negative ? -value : value;
}

void append_fixed(std::string& out, std::int64_t value, int scale, int fraction_digits_min) {
  // 20 digits, a point, a sign and the zeros in front of a small fraction.
  std::array<char, 32> buffer{};
  char* const end = buffer.data() + buffer.size();
  char* begin = end;
  auto magnitude = static_cast<std::uint64_t>(value);
  if (value < 0) magnitude = 0 - magnitude;
  bool written = false;
  for (int digits = scale; digits > 0; --digits, magnitude /= 10) {
    const auto digit = static_cast<char>('0' + magnitude % 10);
    if (!written && digit == '0' && digits > fraction_digits_min) continue;
    *--begin = digit;
    written = true;
  }
  if (written) *--begin = '.';
  do {
    *--begin = static_cast<char>('0' + magnitude % 10);
    magnitude /= 10;
  } while (magnitude != 0);
  if (value < 0) *--begin = '-';
  out.append(begin, end);
}

}  // namespace billctl
