// Rounding steps: each number of an item that was rounded, from what to what, for `explain`.
#pragma once

#include <optional>

#include "billable/item.hpp"
#include "billable/tariff.hpp"
#include "text/json.hpp"
#include "work/entry.hpp"

namespace billctl {

/// `[{step, from, to}]`: the time rule, the quantity, an hourly price in another unit, the amount.
/// @param row_price the price of the row that the item's price came from, if one did.
Json rounding_steps(const Item& item, const Entry& entry, const PricingRules& rules,
                    std::optional<Decimal> row_price);

}  // namespace billctl
