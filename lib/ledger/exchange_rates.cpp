#include "ledger/exchange_rates.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kLatest =
    "SELECT rate_micro FROM exchange_rate WHERE tenant_id = :tenant AND from_currency = :from "
    "AND to_currency = :to AND valid_on <= :on ORDER BY valid_on DESC LIMIT 1";

}  // namespace

std::optional<Decimal> ExchangeRates::latest(Currency from, Currency to, Date on) {
  if (from == to) return Decimal::from_integer(1);
  Query query(ledger_, kLatest);
  query.bind(":tenant", tenant_)
      .bind(":from", from.code())
      .bind(":to", to.code())
      .bind(":on", on.to_text());
  if (!query.step()) return std::nullopt;
  return Decimal::from_micro(query.integer(0));
}

}  // namespace billctl
