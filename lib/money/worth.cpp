#include "money/worth.hpp"

#include <numeric>

namespace billctl {
namespace {

// Worth is counted in 1 / (10^12 x 3600 x hours_per_day_micro) of the currency: the least common
// denominator of micro x micro, seconds per hour and seconds per day.
constexpr std::int64_t kMicro = Decimal::kOne;
constexpr const char* kWorth = "an item's worth";

Int128 product(Int128 a, std::int64_t b, std::int64_t c) {
  return checked_multiply(checked_multiply(a, Int128{b}, kWorth), Int128{c}, kWorth);
}

}  // namespace

Worth::Worth(Decimal hours_per_day) : hours_per_day_micro_(hours_per_day.micro()) {
  expect(hours_per_day_micro_ > 0, "a day has hours");
}

Int128 Worth::of_quantity(Decimal quantity, Decimal unit_price) const {
  return product(Int128{quantity.micro()} * unit_price.micro(), 3600, hours_per_day_micro_);
}

Int128 Worth::of_seconds(std::int64_t billed_seconds, TimeUnit unit, Decimal unit_price) const {
  const Int128 value = Int128{billed_seconds} * unit_price.micro();
  switch (unit) {
    case TimeUnit::hour:
      return product(value, kMicro, hours_per_day_micro_);
    case TimeUnit::minute:
      return product(value, 60 * kMicro, hours_per_day_micro_);
    case TimeUnit::day:
      return product(value, kMicro, kMicro);
  }
  expect(false, "a time unit is hour, min or day");
  return 0;
}

Int128 Worth::per_minor(Currency currency) const {
  return product(power_of_ten(12 - currency.digits()), 3600, hours_per_day_micro_);
}

Money Worth::rounded_to_minor(Int128 worth, Currency currency, Rounding rounding) const {
  return {narrowed(round_divide(worth, per_minor(currency), rounding), "an amount"), currency};
}

Money Worth::of_days(Decimal days, Int128 worth, std::int64_t billed_seconds, Currency currency,
                     Rounding rounding) const {
  expect(billed_seconds > 0, "a day price needs time on that day");
  // days x hours_per_day x worth / (seconds / 3600): hours_per_day and 3600 cancel with the scale.
  const std::int64_t common = std::gcd(days.micro(), kMicro);
  const Int128 numerator = product(worth, days.micro() / common, power_of_ten(currency.digits()));
  const Int128 divisor =
      product(Int128{billed_seconds} * (kMicro / common), power_of_ten(9), power_of_ten(9));
  return {narrowed(round_divide(numerator, divisor, rounding), "a day price"), currency};
}

}  // namespace billctl
