// Rounding: the only place that rounds money, quantities and time. Preview, document, report,
// export and `verify` all call it, so that they can never differ by a cent. Source:
// spec/arithmetic.md.
//
//     3000 s in hours at 4 decimals -> 0.8333; 0.8333 x 100.00 EUR -> 83.33
//     0.5 x 133.33 -> 66.67 (half away from zero), 66.66 (half even); -0.5 x 133.33 -> -66.67
//
// Every function is symmetric: the result of a negated argument is the negated result, so a credit
// is exactly minus its invoice. A result that does not fit throws Error{failed}.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "money/decimal.hpp"
#include "money/money.hpp"
#include "money/time_unit.hpp"
#include "money/wide.hpp"
#include "outcome/error.hpp"

namespace billctl {

/// Where an exact half goes: away from zero (the default), or to the even neighbour.
enum class Rounding : std::uint8_t { half_away, half_even };

/// "half-away", "half-even", as in `money.rounding` and on each invoice.
std::string_view word(Rounding rounding);
std::optional<Rounding> rounding_of(std::string_view word);

namespace rounding_detail {
/// For numerators and denominators of one width; denominator > 0.
template <class Int>
constexpr Int round_divide(Int numerator, Int denominator, Rounding rounding) {
  const Int quotient = numerator / denominator;
  const Int remainder = numerator % denominator;
  if (remainder == 0) return quotient;
  const Int above = remainder < 0 ? -remainder : remainder;
  const Int below = denominator - above;  // never twice the remainder: that could overflow
  const bool away =
      above > below || (above == below && (rounding == Rounding::half_away || quotient % 2 != 0));
  if (!away) return quotient;
  return numerator < 0 ? quotient - 1 : quotient + 1;
}
}  // namespace rounding_detail

/// The integer nearest to numerator / denominator; the denominator is positive.
inline Int128 round_divide(Int128 numerator, Int128 denominator, Rounding rounding) {
  if (denominator <= 0) [[unlikely]]
    expect(false, "a divisor is positive");
  const auto small_numerator = static_cast<std::int64_t>(numerator);
  const auto small_denominator = static_cast<std::int64_t>(denominator);
  if (small_numerator == numerator && small_denominator == denominator) [[likely]]
    return rounding_detail::round_divide(small_numerator, small_denominator, rounding);
  return rounding_detail::round_divide(numerator, denominator, rounding);
}

/// quantity x unit price, rounded once to the minor unit (arithmetic 4). Give it the printed
/// quantity and the printed price: 0.5 x 27.50 EUR -> 13.75.
inline Money amount(Decimal quantity, Decimal unit_price, Currency currency, Rounding rounding) {
  const Int128 product = Int128{quantity.micro()} * unit_price.micro();
  const std::int64_t divisor = power_of_ten(12 - currency.digits());
  return {narrowed(round_divide(product, divisor, rounding), "an amount"), currency};
}

/// The decimal rounded to 0..6 digits.
inline Decimal rounded(Decimal value, int digits, Rounding rounding) {
  const std::int64_t step = power_of_ten(Decimal::kFractionDigits - digits);
  const Int128 steps = round_divide(value.micro(), step, rounding);
  return Decimal::from_micro(narrowed(steps * step, "a number"));
}

/// Billed seconds as a quantity (arithmetic 3): 3000 s per 3600 at 4 decimals -> 0.8333.
/// @param seconds_per_unit positive; see seconds_per(TimeUnit, hours_per_day).
/// @param quantity_decimals 0..6.
inline Decimal seconds_in_unit(std::int64_t billed_seconds, Decimal seconds_per_unit,
                               int quantity_decimals, Rounding rounding) {
  const std::int64_t step = power_of_ten(Decimal::kFractionDigits - quantity_decimals);
  const Int128 numerator =
      Int128{billed_seconds} * (Decimal::kOne * power_of_ten(quantity_decimals));
  const Int128 steps = round_divide(numerator, seconds_per_unit.micro(), rounding);
  return Decimal::from_micro(narrowed(steps * step, "a quantity"));
}
/// The same for whole seconds per unit: 3600 for hours, 60 for minutes.
inline Decimal seconds_in_unit(std::int64_t billed_seconds, std::int64_t seconds_per_unit,
                               int quantity_decimals, Rounding rounding) {
  const std::int64_t step = power_of_ten(Decimal::kFractionDigits - quantity_decimals);
  const Int128 numerator = Int128{billed_seconds} * power_of_ten(quantity_decimals);
  const Int128 steps = round_divide(numerator, seconds_per_unit, rounding);
  return Decimal::from_micro(narrowed(steps * step, "a quantity"));
}

/// Metres as kilometres with 3 decimals, exact: 12345 -> 12.345.
inline Decimal kilometres(std::int64_t metres) {
  return Decimal::from_micro(checked_multiply(metres, std::int64_t{1000}, "a distance"));
}

/// An hourly price in another time unit, to 6 decimals (pricing 5): 100.00 per hour is 1.666667 per
/// min and, at 8 hours a day, 800 per day.
Decimal hourly_price_in(TimeUnit unit, Decimal hourly_price, Decimal hours_per_day,
                        Rounding rounding);

/// A price per one time unit in another, to 6 decimals: 800.00 per day is, at 8 hours a day, 100.00
/// per hour.
Decimal time_price_in(TimeUnit unit, Decimal price, TimeUnit priced_per, Decimal hours_per_day,
                      Rounding rounding);

/// percent % of the amount, rounded once to the minor unit: 25.5 % of 1287.50 -> 328.31.
Money percent_of(Money base, Decimal percent, Rounding rounding);

/// The amount in another currency, rounded once; 1 of its own currency is `rate` of the other.
Money converted(Money from, Decimal rate, Currency to, Rounding rounding);

/// How raw seconds become billed seconds (arithmetic 2, pricing 6).
struct TimeRule {
  enum class Direction : std::uint8_t { up, nearest, down };
  enum class Per : std::uint8_t { entry, day };
  std::int64_t step_seconds = 0;  ///< 0: no step
  Direction direction = Direction::up;
  std::int64_t minimum_seconds = 0;
  Per per = Per::entry;
  bool operator==(const TimeRule&) const = default;
};
std::string_view word(TimeRule::Direction direction);  ///< "up", "nearest", "down"
std::string_view word(TimeRule::Per per);              ///< "entry", "day"
std::optional<TimeRule::Direction> direction_of(std::string_view word);
std::optional<TimeRule::Per> per_of(std::string_view word);

/// The billed seconds of one entry, or of one day's sum: steps of 6 min up and a minimum of 15 min
/// make 61 s -> 900, 901 s -> 1080. 0 s stays 0; half a step goes up when `nearest`; the minimum
/// comes after the step. Raw seconds are not negative.
std::int64_t billed_seconds(std::int64_t raw_seconds, const TimeRule& rule);

/// A rule per day: the raw seconds of the entries of one member, project and work date, in their
/// order, become billed seconds in place. The surplus lands on the last; what is lacking is taken
/// from the last backwards, so that none falls below 0.
void bill_day(std::span<std::int64_t> seconds, const TimeRule& rule);

}  // namespace billctl
