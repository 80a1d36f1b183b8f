// ExchangeRates: what was imported of kind exchange_rates: 1 `from` = `rate` `to` from a date on
// (arithmetic.md 11).
#pragma once

#include <optional>

#include "calendar/date.hpp"
#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

class ExchangeRates {
 public:
  ExchangeRates(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// The latest row from one currency to the other that is not after `on`; 1 between a currency and
  /// itself; nothing when there is no row.
  std::optional<Decimal> latest(Currency from, Currency to, Date on);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
