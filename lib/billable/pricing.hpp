// Pricing: the items of an entry, each with its product, unit, quantity and price, and what decided
// them (spec/pricing.md 2 … 6; S2-16 … S2-27, X8 … X11, X18).
//
//     1 h 15 min of kind time, product of unit hour, rate card 95.00 -> 1.25 hour x 95.00 = 118.75
//     12 km and 90 min of travel without any price -> 12 km x 5.00 and 1.5 hour x 1000.00 (G9)
//
// It decides from a Tariff alone: no ledger, no clock, so explain and compile can never differ.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "billable/item.hpp"
#include "billable/tariff.hpp"
#include "outcome/reason.hpp"

namespace billctl {

/// The default product that serves a kind when nothing else does (S2-22, S2-23).
DefaultProduct default_product_of(ItemKind kind);

struct EntryItems {
  const Entry& entry;
  const EntryTerms& terms;
  bool joined = false;  ///< hours cleared with the invoice at price 0 (S1-7)
  /// The entry's share of its day, where the time rule counts days.
  std::optional<std::int64_t> day_seconds;
};

/// Appends the items of an entry that passed eligibility, one or two; their ids stay empty, and the
/// product of an item of scope `fallback` too while the default product is not made yet.
/// @return the first test of pricing.md 1.7 that one of them fails; then none is appended.
std::optional<Finding> add_items(Tariff& tariff, const EntryItems& request,
                                 std::vector<Item>& items);

/// What an entry of kind time worked, in seconds: as recorded, or from start to stop.
std::int64_t worked_seconds(const Entry& entry);

}  // namespace billctl
