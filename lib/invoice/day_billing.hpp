// Day billing: the hours of a member on a date of an engagement become one whole day, or half of
// one, at their own hour-weighted rate (X26; spec/generate.md, "Day billing").
//
//     5 h at 100.00 and 8 hours a day -> 800.00: an adjustment of 300.00 on an item of 500.00 (G7);
//     10 h at 100.00 -> 800.00 as well: an adjustment of -200.00
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "invoice/grouping.hpp"

namespace billctl {

/// What day billing puts on each item of one invoice, in minor units; 0 for all that is no charged
/// time. An item's share plus its adjustment is what it is billed at. Shared by billed seconds.
/// @param shares what each item has of its line, by item.
/// @throws Error{failed} when an amount does not fit.
std::vector<std::int64_t> day_adjustments(std::span<const LineItem> items,
                                          std::span<const std::int64_t> shares,
                                          const GroupingRules& rules);

}  // namespace billctl
