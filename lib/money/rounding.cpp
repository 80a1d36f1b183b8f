#include "money/rounding.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace billctl {
namespace {

template <class Enum, std::size_t size>
using Words = std::array<std::pair<Enum, std::string_view>, size>;

constexpr Words<Rounding, 2> kRoundings = {
    {{Rounding::half_away, "half-away"}, {Rounding::half_even, "half-even"}}};
constexpr Words<TimeRule::Direction, 3> kDirections = {{{TimeRule::Direction::up, "up"},
                                                        {TimeRule::Direction::nearest, "nearest"},
                                                        {TimeRule::Direction::down, "down"}}};
constexpr Words<TimeRule::Per, 2> kPers = {
    {{TimeRule::Per::entry, "entry"}, {TimeRule::Per::day, "day"}}};

template <class Enum, std::size_t size>
std::string_view word_in(const Words<Enum, size>& words, Enum value) {
  for (const auto& [known, word] : words)
    if (known == value) return word;
  expect(false, "every enumerator has its word");
  return {};
}

template <class Enum, std::size_t size>
std::optional<Enum> value_in(const Words<Enum, size>& words, std::string_view text) {
  for (const auto& [known, word] : words)
    if (word == text) return known;
  return std::nullopt;
}

}  // namespace

std::string_view word(Rounding rounding) {
  return word_in(kRoundings, rounding);
}
std::optional<Rounding> rounding_of(std::string_view text) {
  return value_in(kRoundings, text);
}
std::string_view word(TimeRule::Direction direction) {
  return word_in(kDirections, direction);
}
std::string_view word(TimeRule::Per per) {
  return word_in(kPers, per);
}
std::optional<TimeRule::Direction> direction_of(std::string_view text) {
  return value_in(kDirections, text);
}
std::optional<TimeRule::Per> per_of(std::string_view text) {
  return value_in(kPers, text);
}

Decimal time_price_in(TimeUnit unit, Decimal price, TimeUnit priced_per, Decimal hours_per_day,
                      Rounding rounding) {
  const Decimal seconds = seconds_per(unit, hours_per_day);
  const Decimal seconds_priced = seconds_per(priced_per, hours_per_day);
  const Int128 product = Int128{price.micro()} * seconds.micro();
  return Decimal::from_micro(
      narrowed(round_divide(product, seconds_priced.micro(), rounding), "a price"));
}

Decimal hourly_price_in(TimeUnit unit, Decimal hourly_price, Decimal hours_per_day,
                        Rounding rounding) {
  switch (unit) {
    case TimeUnit::hour:
      return hourly_price;
    case TimeUnit::minute:
      return Decimal::from_micro(
          narrowed(round_divide(hourly_price.micro(), 60, rounding), "a price"));
    case TimeUnit::day: {
      const Int128 product = Int128{hourly_price.micro()} * hours_per_day.micro();
      return Decimal::from_micro(
          narrowed(round_divide(product, Decimal::kOne, rounding), "a price"));
    }
  }
  expect(false, "a time unit is hour, min or day");
  return {};
}

Money percent_of(Money base, Decimal percent, Rounding rounding) {
  const Int128 product = Int128{base.minor()} * percent.micro();
  return {narrowed(round_divide(product, 100 * Decimal::kOne, rounding), "a percentage"),
          base.currency()};
}

Money converted(Money from, Decimal rate, Currency to, Rounding rounding) {
  const Int128 product = checked_multiply(Int128{from.minor()} * rate.micro(),
                                          Int128{power_of_ten(to.digits())}, "an amount");
  const Int128 divisor = Int128{power_of_ten(from.currency().digits())} * Decimal::kOne;
  return {narrowed(round_divide(product, divisor, rounding), "an amount"), to};
}

namespace {

/// The whole steps that the seconds are counted as.
std::int64_t steps_of(std::int64_t seconds, const TimeRule& rule) {
  const std::int64_t whole = seconds / rule.step_seconds;
  const std::int64_t rest = seconds % rule.step_seconds;
  switch (rule.direction) {
    case TimeRule::Direction::up:
      return rest > 0 ? whole + 1 : whole;
    case TimeRule::Direction::nearest:
      return rest >= rule.step_seconds - rest ? whole + 1 : whole;
    case TimeRule::Direction::down:
      return whole;
  }
  return whole;
}

}  // namespace

std::int64_t billed_seconds(std::int64_t raw_seconds, const TimeRule& rule) {
  expect(raw_seconds >= 0, "recorded seconds are not negative");
  if (raw_seconds == 0) return 0;
  std::int64_t billed = raw_seconds;
  if (rule.step_seconds > 0)
    billed = checked_multiply(steps_of(raw_seconds, rule), rule.step_seconds, "billed time");
  return std::max(billed, rule.minimum_seconds);
}

void bill_day(std::span<std::int64_t> seconds, const TimeRule& rule) {
  if (seconds.empty()) return;
  std::int64_t raw = 0;
  for (const std::int64_t one : seconds) raw = checked_add(raw, one, "a day's time");
  std::int64_t change = billed_seconds(raw, rule) - raw;
  if (change >= 0) {
    seconds.back() += change;
    return;
  }
  for (std::size_t at = seconds.size(); at-- > 0 && change < 0;) {
    const std::int64_t taken = std::min(seconds[at], -change);
    seconds[at] -= taken;
    change += taken;
  }
}

}  // namespace billctl
