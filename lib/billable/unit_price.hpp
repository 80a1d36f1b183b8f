// Unit price: the first source that has a price in the item's currency (spec/pricing.md 5; S2-26,
// S2-27, X9, X11). Amounts are never converted from one currency to another.
#pragma once

#include <cstdint>

#include "billable/item.hpp"
#include "billable/product_choice.hpp"
#include "billable/tariff.hpp"

namespace billctl {

struct UnitPrice {
  Decimal price;  ///< per unit of the item
  PriceSource source = PriceSource::none;
  std::int64_t row_id = 0;      ///< of the price list or the rate card
  bool default_price = false;   ///< a built-in transport price (S2-23)
  bool other_currency = false;  ///< nothing fits, but something of another currency would
};

struct UnitPriceRequest {
  const Entry& entry;
  const EntryTerms& terms;
  ItemKind kind;
  const ProductChoice& product;
  UnitNumber unit;
};

/// Joined and contractual items are at 0. Mileage and travel time: entry > product > task. All
/// others: entry > task > price list > rate card (time) > product. Nothing: 0 with source `none`.
UnitPrice find_unit_price(const Tariff& tariff, const UnitPriceRequest& request);

}  // namespace billctl
