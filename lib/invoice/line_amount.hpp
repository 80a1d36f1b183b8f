// Line amount: quantity, price and amount of the items of one line, and each item's share of it
// (spec/arithmetic.md 3 to 7).
//
//     2 x 15 min at 27.50: mode line 0.5 x 27.50 = 13.75; mode entry 6.88 + 6.88 = 13.76, which the
//     paper shows as 0.5 x 27.50 and a charge of 0.01 (G2)
#pragma once

#include <span>

#include "invoice/grouping.hpp"
#include "money/worth.hpp"

namespace billctl {

class LineAmounts {
 public:
  explicit LineAmounts(const GroupingRules& rules) : rules_(rules), worth_(rules.hours_per_day) {}

  /// Sets quantity, unit, price, allowance and amount of the line. The items are sorted by kind,
  /// unit and price.
  void put_amount(std::span<const LineItem> items, DraftLine& line) const;
  /// Shares an amount over items by unrounded quantity x price.
  void put_shares(std::span<const LineItem> items, std::int64_t amount_minor,
                  std::span<std::int64_t> shares) const;

 private:
  struct Priced {
    Decimal quantity;
    std::int64_t amount_minor = 0;      ///< as charged
    std::int64_t multiplied_minor = 0;  ///< quantity x price
  };
  Priced priced(std::span<const LineItem> items) const;
  std::int64_t summed(std::span<const LineItem> items) const;

  const GroupingRules& rules_;
  Worth worth_;
};

/// Writes an amount as a quantity of 1 or, since no price is negative, of -1 pcs at its size.
void put_as_one_piece(std::int64_t amount_minor, Currency currency, DraftLine& line);

}  // namespace billctl
