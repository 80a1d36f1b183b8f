#include "intake/foreign/foreign_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "calendar/instant.hpp"
#include "money/currency.hpp"
#include "money/rounding.hpp"

namespace billctl {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A whole number of 1 to `digits_max` digits; -1 for anything else.
int small_number(std::string_view text, std::size_t digits_max) {
  if (text.empty() || text.size() > digits_max || !std::ranges::all_of(text, is_digit)) return -1;
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

/// Digits without their marks: coefficient / 10^scale.
struct Number {
  std::int64_t coefficient = 0;
  int scale = 0;
};

/// Which of the separators in the text is the decimal mark; npos when there is none.
std::size_t decimal_mark(std::string_view text) {
  const std::size_t point = text.rfind('.');
  const std::size_t comma = text.rfind(',');
  if (point == std::string_view::npos && comma == std::string_view::npos) return point;
  if (point != std::string_view::npos && comma != std::string_view::npos) {
    return std::max(point, comma);
  }
  const std::size_t last = point != std::string_view::npos ? point : comma;
  return text.find(text[last]) == last ? last : std::string_view::npos;
}

/// What is left of the mark must be grouped by threes, where it is grouped at all.
bool take_whole(std::string_view text, std::string& digits) {
  const bool grouped = !std::ranges::all_of(text, is_digit);
  std::size_t group = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      digits += text[i];
      ++group;
      continue;
    }
    const bool separator = text[i] == '.' || text[i] == ',' || text[i] == '\'' || text[i] == ' ';
    const bool first = digits.size() == group;
    if (!separator || group == 0 || group > 3 || (!first && group != 3)) return false;
    group = 0;
  }
  return !digits.empty() && (!grouped || group == 3);
}

std::optional<Number> parse_number(std::string_view text, std::string& why) {
  constexpr std::size_t kDigitsMax = 18;
  why = "not a number";
  const std::size_t mark = decimal_mark(text);
  std::string digits;
  if (!take_whole(text.substr(0, mark), digits)) return std::nullopt;
  Number number;
  if (mark != std::string_view::npos) {
    const std::string_view fraction = text.substr(mark + 1);
    if (fraction.empty() || !std::ranges::all_of(fraction, is_digit)) return std::nullopt;
    digits += fraction;
    number.scale = static_cast<int>(fraction.size());
  }
  if (digits.size() > kDigitsMax) {
    why = "a number with more than 18 digits";
    return std::nullopt;
  }
  for (const char c : digits) number.coefficient = number.coefficient * 10 + (c - '0');
  return number;
}

std::optional<ForeignDuration> parse_clock_duration(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t second = text.find(':', first + 1);
  const int hours = small_number(text.substr(0, first), 6);
  const int minutes = small_number(text.substr(first + 1, second - first - 1), 2);
  const bool with_seconds = second != std::string_view::npos;
  const int seconds = with_seconds ? small_number(text.substr(second + 1), 2) : 0;
  if (hours < 0 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return std::nullopt;
  constexpr std::int64_t kMinuteHides = 59;
  return ForeignDuration{std::int64_t{hours} * 3600 + minutes * 60 + seconds,
                         with_seconds ? 0 : kMinuteHides};
}

}  // namespace

std::optional<Date> ForeignDates::parse(std::string_view text, std::string& why) {
  why = "no date that exists";
  if (const auto date = Date::parse(text)) return date;
  const std::size_t first = text.find_first_of("/.-");
  if (first == std::string_view::npos) return std::nullopt;
  const char mark = text[first];
  const std::size_t second = text.find(mark, first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view parts[] = {
      text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  if (parts[0].size() == 4) {
    return Date::of(small_number(parts[0], 4), small_number(parts[1], 2),
                    small_number(parts[2], 2));
  }
  if (parts[2].size() != 4) {
    why = "no date with a year of four digits";
    return std::nullopt;
  }
  const int a = small_number(parts[0], 2);
  const int b = small_number(parts[1], 2);
  const int year = small_number(parts[2], 4);
  // Nobody writes a month before the day with points between.
  if (mark == '.' && !given_) return in_order(a, b, year, DateOrder::dmy, why);
  if (given_) return in_order(a, b, year, *given_, why);
  if (a == b) return Date::of(year, a, b);
  if (a > 12) return in_order(a, b, year, DateOrder::dmy, why);
  if (b > 12) return in_order(a, b, year, DateOrder::mdy, why);
  why = "a date that can be read in two ways";
  return std::nullopt;
}

std::optional<Date> ForeignDates::in_order(int first, int second, int year, DateOrder order,
                                           std::string& why) {
  const bool day_first = order == DateOrder::dmy;
  const auto date = Date::of(year, day_first ? second : first, day_first ? first : second);
  if (!date) {
    if (given_) why = day_first ? "no date with the day first" : "no date with the month first";
    return std::nullopt;
  }
  if (order_ && *order_ != order) {
    why = day_first ? "a date with the day first after one with the month first"
                    : "a date with the month first after one with the day first";
    return std::nullopt;
  }
  order_ = order;
  return date;
}

std::optional<std::int32_t> parse_foreign_time(std::string_view text) {
  text = trimmed(text);
  constexpr std::int32_t kHalfDay = 12 * 3600;
  std::optional<bool> afternoon;
  if (text.size() > 2 && (text.back() == 'M' || text.back() == 'm')) {
    const char letter = static_cast<char>(text[text.size() - 2] | 0x20);
    if (letter != 'a' && letter != 'p') return std::nullopt;
    afternoon = letter == 'p';
    text = trimmed(text.substr(0, text.size() - 2));
  }
  const std::string padded = text.find(':') == 1 ? '0' + std::string(text) : std::string(text);
  auto time = parse_time_of_day(padded);
  if (!time || !afternoon) return time;
  if (*time < 3600 || *time >= kHalfDay + 3600) return std::nullopt;  // hours are 1 to 12
  if (*time >= kHalfDay) *time -= kHalfDay;
  return *afternoon ? *time + kHalfDay : *time;
}

std::optional<ForeignDuration> parse_foreign_duration(std::string_view text, std::string& why) {
  text = trimmed(text);
  if (text.find(':') != std::string_view::npos) {
    why = "no duration as 2:30, 02:30:00 or 2.5";
    return parse_clock_duration(text);
  }
  const auto hours = parse_number(text, why);
  if (!hours) return std::nullopt;
  const Int128 divisor = power_of_ten(hours->scale);
  const Int128 seconds =
      round_divide(Int128{hours->coefficient} * 3600, divisor, Rounding::half_away);
  constexpr Int128 kSecondsMax = 1'000'000'000;
  if (seconds > kSecondsMax) {
    why = "more than 1000000000 seconds";
    return std::nullopt;
  }
  // What rounding to so many digits hides; a tool that drops zeros still rounds to two.
  constexpr std::array<std::int64_t, 5> kHidden = {18, 18, 18, 2, 1};
  const auto digits = std::min<std::size_t>(static_cast<std::size_t>(hours->scale), 4);
  return ForeignDuration{static_cast<std::int64_t>(seconds), kHidden[digits]};
}

std::optional<Decimal> parse_foreign_price(std::string_view text, std::string& why) {
  text = trimmed(text);
  const std::size_t mark = decimal_mark(text);
  const bool one_mark = mark != std::string_view::npos && text.find_first_of(".,") == mark;
  if (one_mark && text[mark] == ',' && text.size() - mark == 4 && mark <= 3 && text[0] != '0') {
    why = "a number that can be read in two ways";
    return std::nullopt;
  }
  const auto number = parse_number(text, why);
  if (!number) return std::nullopt;
  const Int128 micro = round_divide(Int128{number->coefficient} * Decimal::kOne,
                                    power_of_ten(number->scale), Rounding::half_away);
  why = "too large";
  if (micro != static_cast<std::int64_t>(micro)) return std::nullopt;
  return Decimal::from_micro(static_cast<std::int64_t>(micro));
}

std::optional<bool> parse_foreign_flag(std::string_view text) {
  constexpr std::string_view kYes[] = {"yes", "1",  "true", "ja",  "oui",
                                       "si",  "sí", "sim",  "tak", "kyllä"};
  constexpr std::string_view kNo[] = {"no",  "0",   "false", "nein", "non", "nee",
                                      "nej", "nei", "não",   "nie",  "ei"};
  std::string lower(trimmed(text));
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  if (std::ranges::find(kYes, lower) != std::end(kYes)) return true;
  if (std::ranges::find(kNo, lower) != std::end(kNo)) return false;
  return std::nullopt;
}

std::vector<std::string> parse_foreign_tags(std::string_view text) {
  std::vector<std::string> tags;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view tag = trimmed(text.substr(at, end - at));
    if (!tag.empty()) tags.emplace_back(tag);
    at = end + 1;
  }
  return tags;
}

std::string currency_in(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    const std::string_view three = text.substr(at, 3);
    const bool alone = (at == 0 || !is_capital(text[at - 1])) &&
                       (at + 3 == text.size() || !is_capital(text[at + 3]));
    if (alone && Currency::of(three)) return std::string(three);
  }
  return "";
}

}  // namespace billctl
