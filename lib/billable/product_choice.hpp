// Product choice: which product serves an item, from the narrowest scope to the widest (spec/
// pricing.md 3; S2-16 … S2-22, X8).
#pragma once

#include "billable/item.hpp"
#include "billable/tariff.hpp"

namespace billctl {

struct ProductChoice {
  ProductId product;  ///< none: a default product that is not made yet
  ProductScope scope = ProductScope::fallback;
  UnitNumber unit = 0;
  /// Set for a product that was auto-created, however it came to serve the item.
  DefaultProduct auto_created = DefaultProduct::none;
};

/// entry > task > contact > membership > team > tenant > the default of the kind. At one scope an
/// assignment that names the kind beats what names none, and that serves only what its unit fits.
ProductChoice choose_product(const Tariff& tariff, const Entry& entry, const EntryTerms& terms,
                             ItemKind kind);

}  // namespace billctl
