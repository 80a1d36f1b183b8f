// DefaultProducts: the products of source 002 that serve what nothing else serves; made on first
// use, once for each tenant, and marked auto-created (S2-22 … S2-25).
#pragma once

#include "catalogue/product.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// Makes Work/hour, Transport/km or Transport Time/hour, without a price of its own: that of the
/// transport products is the config's. Its code is `work`, `transport` or `transport-time`, with -2
/// when somebody has that. Inside `Ledger::write`.
Product make_default_product(Ledger& ledger, TenantId tenant, DefaultProduct which);

}  // namespace billctl
