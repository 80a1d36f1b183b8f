#include "pipeline/pricing_rules.hpp"

namespace billctl {

PricingRules pricing_rules(const Config& config) {
  PricingRules rules;
  rules.base = config.tenant.currency;
  rules.negotiated_prices = config.compile.negotiated_prices;
  rules.quantity_decimals = config.money.quantity_decimals;
  rules.rounding = config.money.rounding;
  rules.hours_per_day = config.money.hours_per_day;
  rules.transport_km_price = config.compile.transport_km_price;
  rules.transport_hour_price = config.compile.transport_hour_price;
  rules.transport_km_price_written = config.compile.transport_km_price_written;
  rules.transport_hour_price_written = config.compile.transport_hour_price_written;
  for (const auto& named : config.time_rules) rules.time_rules.push_back({named.code, named.value});
  rules.time_rule = config.compile.time_rule;
  rules.eligibility.require_confirmed = config.compile.require_confirmed;
  rules.eligibility.go_live = config.compile.go_live;
  return rules;
}

std::string pricing_digest(const Config& config) {
  // An empty currency of a row means the tenant's, so that belongs to it too.
  return std::string(config.tenant.currency.code()) + " " + config.digest();
}

}  // namespace billctl
