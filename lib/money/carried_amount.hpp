// Carried amount: an amount whose work is billed in another currency from now on, because it moved
// to another task or because its client's currency was put right. Amounts of entries are in the
// currency of their item (spec/pricing.md 5), so the number stays, which is no exchange.
#pragma once

#include <cstdint>
#include <optional>

#include "money/money.hpp"

namespace billctl {

/// The same number in another currency: 12.00 EUR are 12 JPY and 12.000 KWD; nothing for 12.50 EUR
/// in JPY, which has no such amount.
/// @throws Error{failed} when it does not fit.
inline std::optional<Money> carried_amount(Money amount, Currency to) {
  const int digits = to.digits() - amount.currency().digits();
  if (digits >= 0)
    return Money(checked_multiply(amount.minor(), power_of_ten(digits), "an amount"), to);
  if (amount.minor() % power_of_ten(-digits) != 0) return std::nullopt;
  return Money(amount.minor() / power_of_ten(-digits), to);
}

}  // namespace billctl
