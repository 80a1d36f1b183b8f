// Worth: what items are worth before any rounding, on one common scale of integers, so that hours,
// minutes, days, kilometres and pieces can be weighed against each other exactly. The weights with
// which a line is shared over its items (arithmetic 7), and the value behind a day price (X26).
#pragma once

#include <cstdint>

#include "money/money.hpp"
#include "money/rounding.hpp"
#include "money/time_unit.hpp"
#include "money/wide.hpp"

namespace billctl {

class Worth {
 public:
  /// @param hours_per_day the tenant's; positive.
  explicit Worth(Decimal hours_per_day);

  // Each: unrounded quantity x price. @throws Error{failed} when it does not fit.
  Int128 of_quantity(Decimal quantity, Decimal unit_price) const;
  Int128 of_seconds(std::int64_t billed_seconds, TimeUnit unit, Decimal unit_price) const;
  Int128 of_metres(std::int64_t metres, Decimal price_per_km) const {
    return of_quantity(kilometres(metres), price_per_km);
  }
  /// What one minor unit of the currency is on this scale; for `allocate`.
  Int128 per_minor(Currency currency) const;
  /// The worth rounded once to the minor unit.
  Money rounded_to_minor(Int128 worth, Currency currency, Rounding rounding) const;

  /// A day, or half of one, at the hour-weighted rate of the time recorded on it, rounded once
  /// (X26): 5 h worth 500.00 at 8 hours a day -> 800.00, and 10 h worth 1000.00 -> 800.00 as well.
  /// @param days 1 or 0.5.
  /// @param worth of the day's time; @param billed_seconds that time, positive.
  Money of_days(Decimal days, Int128 worth, std::int64_t billed_seconds, Currency currency,
                Rounding rounding) const;

 private:
  std::int64_t hours_per_day_micro_;
};

}  // namespace billctl
