#include "pipeline/rounding_steps.hpp"

namespace billctl {
namespace {

Json step(const std::string& name, const std::string& from, const std::string& to) {
  return Json::object({{"step", name}, {"from", from}, {"to", to}});
}

std::string seconds_text(std::int64_t seconds) {
  return std::to_string(seconds) + " s";
}

/// The hourly price that the item's was converted from, where it was.
std::optional<Decimal> hourly_price(const Item& item, const Entry& entry, const PricingRules& rules,
                                    std::optional<Decimal> row_price) {
  if (item.price_source == PriceSource::rate_card) return row_price;
  if (item.kind != ItemKind::travel_time) return std::nullopt;
  if (item.price_source == PriceSource::entry) return entry.transport_unit_price;
  if (item.price_source == PriceSource::fallback) return rules.transport_hour_price;
  return std::nullopt;
}

void add_price(Json& steps, const Item& item, const PricingRules& rules,
               std::optional<Decimal> hourly) {
  const auto unit = time_unit_of(item.unit);
  if (!hourly || !unit || *unit == TimeUnit::hour) return;
  // What the row or the config says may have changed since the item was drafted.
  if (hourly_price_in(*unit, *hourly, rules.hours_per_day, rules.rounding) != item.unit_price)
    return;
  steps.push(step("price per hour in " + item.unit, hourly->to_text(item.currency.digits()),
                  item.unit_price.to_text(item.currency.digits())));
}

void add_quantity(Json& steps, const Item& item, const Entry& entry, const PricingRules& rules) {
  const std::string name = "quantity, " + std::to_string(rules.quantity_decimals) + " decimals";
  const std::string quantity = item.quantity.to_text() + " " + item.unit;
  if (item.billed_seconds) {
    steps.push(step(name, seconds_text(*item.billed_seconds), quantity));
  } else if (item.metres) {
    steps.push(step("quantity, 3 decimals", std::to_string(*item.metres) + " m", quantity));
  } else if (entry.quantity && !entry.amount_minor) {
    steps.push(step(name, entry.quantity->to_text(), quantity));
  }
}

}  // namespace

Json rounding_steps(const Item& item, const Entry& entry, const PricingRules& rules,
                    std::optional<Decimal> row_price) {
  Json steps = Json::array();
  if (!item.time_rule.empty() && item.raw_seconds && item.billed_seconds) {
    steps.push(step("time rule " + item.time_rule + (item.per_day ? ", per day" : ""),
                    seconds_text(*item.raw_seconds), seconds_text(*item.billed_seconds)));
  }
  add_quantity(steps, item, entry, rules);
  add_price(steps, item, rules, hourly_price(item, entry, rules, row_price));
  steps.push(step("amount",
                  item.quantity.to_text() + " x " + item.unit_price.to_text(item.currency.digits()),
                  Money(item.amount_minor, item.currency).to_text()));
  return steps;
}

}  // namespace billctl
