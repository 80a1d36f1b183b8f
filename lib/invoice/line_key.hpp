// LineKey: what two items must have in common to share a line (spec/generate.md, the table).
#pragma once

#include <compare>
#include <cstdint>

#include "invoice/grouping.hpp"

namespace billctl {

/// The blocks in which lines stand, after project and task.
enum class LineBlock : std::uint8_t { instalment, quote, time, travel, expense, goods, bill };

struct LineKey {
  std::int64_t project = 0;  ///< rows; 0 where the grouping does not keep them apart
  std::int64_t task = 0;
  LineBlock block = LineBlock::time;
  LineShape shape = LineShape::own;
  std::uint8_t kind = 0;   ///< travel by kind; otherwise 0
  bool uncharged = false;  ///< total hours: work at 0 on purpose has lines of its own
  std::int64_t who = 0;    ///< a member, or the item itself where each has its own line
  std::int64_t what = 0;   ///< a job type or a product
  std::uint32_t treatment = 0;
  UnitWord unit;  ///< with the price: empty in lines that sum several
  std::int64_t price_micro = 0;
  auto operator<=>(const LineKey&) const = default;
};

LineKey line_key(const LineItem& item);

/// Whether lines of that shape hold several units and prices: quantity 1 pcs, the sum as price.
constexpr bool sums_prices(LineShape shape) {
  return shape == LineShape::lump_sum || shape == LineShape::travel_all ||
         shape == LineShape::allowance_mileage;
}

/// Whether each item of that shape has a line to itself.
constexpr bool one_item_each(LineShape shape) {
  return shape == LineShape::entry || shape == LineShape::entry_anonymous ||
         shape == LineShape::employee_entry || shape == LineShape::own;
}

}  // namespace billctl
