#include "billable/pricing.hpp"

#include "billable/product_choice.hpp"
#include "billable/unit_price.hpp"

namespace billctl {
namespace {

bool is_timed(ItemKind kind) {
  return kind == ItemKind::time || kind == ItemKind::joined || kind == ItemKind::travel_time;
}

ItemKind main_kind(const EntryItems& request) {
  if (request.joined) return ItemKind::joined;
  switch (request.entry.kind) {
    case EntryKind::time:
      return ItemKind::time;
    case EntryKind::mileage:
      return ItemKind::mileage;
    case EntryKind::expense:
      return ItemKind::expense;
    case EntryKind::goods:
      return ItemKind::goods;
    case EntryKind::allowance:
      return ItemKind::allowance;
    case EntryKind::bill:
      return ItemKind::bill;
    case EntryKind::instalment:
      return ItemKind::instalment;
    case EntryKind::quote:
      return ItemKind::quote;
  }
  return ItemKind::time;
}

bool is_default(const ProductChoice& choice) {
  return choice.auto_created != DefaultProduct::none;
}

/// The unit of the item; nothing when its product can't be counted in it (X18).
std::optional<UnitNumber> unit_of(Tariff& tariff, const Entry& entry, ItemKind kind,
                                  const ProductChoice& choice) {
  if (is_timed(kind))
    return tariff.units.time(choice.unit) ? std::optional(choice.unit) : std::nullopt;
  if (kind == ItemKind::mileage)
    return choice.unit == Units::kKm ? std::optional(choice.unit) : std::nullopt;
  const UnitNumber own = tariff.units.number(entry.unit);
  const UnitNumber of_product = is_default(choice) ? UnitNumber{0} : choice.unit;
  if (kind == ItemKind::goods && own != 0 && of_product != 0 && own != of_product)
    return std::nullopt;
  if (own != 0) return own;
  if (of_product != 0 && !entry.amount_minor) return of_product;
  return Units::kPcs;
}

Finding unit_mismatch(const Tariff& tariff, const Entry& entry, ItemKind kind,
                      const ProductChoice& choice) {
  const std::string needed = is_timed(kind)              ? "hour, min or day"
                             : kind == ItemKind::mileage ? "km"
                                                         : entry.unit;
  const ProductTerms* product = tariff.products.find(choice.product);
  return {Reason::unit_mismatch, std::string(word(kind)) + ": product " +
                                     (product != nullptr ? product->code : "") + " has unit " +
                                     tariff.units.text(choice.unit) + ", " + needed + " is needed"};
}

/// Quantity and what it was rounded from; the sign of a negative amount is here.
void set_quantity(const Tariff& tariff, const EntryItems& request, UnitNumber unit, Item& item) {
  const PricingRules& rules = tariff.rules;
  const Entry& entry = request.entry;
  if (is_timed(item.kind)) {
    const bool travel = item.kind == ItemKind::travel_time;
    item.raw_seconds = travel ? *entry.transport_seconds : worked_seconds(entry);
    item.billed_seconds = item.raw_seconds;
    if (item.kind == ItemKind::time) {
      const NamedTimeRule& named = time_rule_of(tariff, request.terms);
      item.time_rule = named.name;
      item.per_day = named.rule && named.rule->per == TimeRule::Per::day;
      if (request.day_seconds) {
        item.billed_seconds = request.day_seconds;
      } else if (named.rule) {
        item.billed_seconds = billed_seconds(*item.raw_seconds, *named.rule);
      }
    }
    item.quantity = seconds_in_unit(*item.billed_seconds,
                                    seconds_per(*tariff.units.time(unit), rules.hours_per_day),
                                    rules.quantity_decimals, rules.rounding);
  } else if (item.kind == ItemKind::mileage) {
    item.metres = entry.distance_metres.value_or(0);
    item.quantity = kilometres(*item.metres);
  } else if (entry.amount_minor) {
    item.pieces = item.quantity = Decimal::from_integer(*entry.amount_minor < 0 ? -1 : 1);
  } else {
    item.pieces = entry.quantity.value_or(Decimal::from_integer(1));
    item.quantity = rounded(*item.pieces, rules.quantity_decimals, rules.rounding);
  }
}

std::optional<Finding> make_item(Tariff& tariff, const EntryItems& request, ItemKind kind,
                                 Item& item) {
  const Entry& entry = request.entry;
  const EntryTerms& terms = request.terms;
  const ProductChoice choice = choose_product(tariff, entry, terms, kind);
  const auto unit = unit_of(tariff, entry, kind, choice);
  if (!unit) return unit_mismatch(tariff, entry, kind, choice);

  const UnitPrice price = find_unit_price(tariff, {entry, terms, kind, choice, *unit});
  if (price.other_currency) {
    return Finding{Reason::currency_mismatch, std::string(word(kind)) + ": no price in " +
                                                  std::string(terms.currency.code()) +
                                                  ", only in another currency"};
  }
  if (!tariff.units.known(*unit)) {
    return Finding{Reason::unit_unknown, std::string(word(kind)) + ": \"" +
                                             tariff.units.text(*unit) +
                                             "\" is neither a unit of ours nor a Rec 20 code"};
  }
  if (tariff.rules.mandatory_product && choice.scope == ProductScope::fallback) {
    return Finding{Reason::no_product,
                   std::string(word(kind)) + ": only the default product serves it"};
  }

  item.entry = entry.id;
  item.kind = kind;
  item.client = terms.client_id;
  item.project = terms.project_id;
  item.engagement = terms.project != nullptr ? terms.project->engagement : EngagementId{};
  item.task = entry.task;
  item.member = entry.member;
  item.job_type = entry.job_type;
  item.work_on = entry.work_on;
  item.product = choice.product;
  item.product_scope = choice.scope;
  item.unit = tariff.units.text(*unit);
  item.unit_price = price.price;
  item.price_source = price.source;
  item.price_row_id = price.row_id;
  item.default_price = price.default_price;
  item.currency = terms.currency;
  set_quantity(tariff, request, *unit, item);
  item.amount_minor =
      amount(item.quantity, item.unit_price, item.currency, tariff.rules.rounding).minor();
  return std::nullopt;
}

bool has_travel_time(const Entry& entry) {
  return entry.kind == EntryKind::mileage && entry.transport_seconds.value_or(0) > 0;
}

/// Of two failures the one whose test comes first; the list of reasons is in that order.
void keep_first(std::optional<Finding>& first, std::optional<Finding> other) {
  if (other && (!first || other->code < first->code)) first = std::move(other);
}

}  // namespace

DefaultProduct default_product_of(ItemKind kind) {
  if (kind == ItemKind::mileage) return DefaultProduct::transport;
  return kind == ItemKind::travel_time ? DefaultProduct::transport_time : DefaultProduct::work;
}

std::int64_t worked_seconds(const Entry& entry) {
  if (entry.raw_seconds) return *entry.raw_seconds;
  if (!entry.started_at || !entry.stopped_at) return 0;
  return entry.stopped_at->seconds() - entry.started_at->seconds();
}

std::optional<Finding> add_items(Tariff& tariff, const EntryItems& request,
                                 std::vector<Item>& items) {
  const std::size_t before = items.size();
  std::optional<Finding> failed;
  items.emplace_back();
  keep_first(failed, make_item(tariff, request, main_kind(request), items.back()));
  if (has_travel_time(request.entry)) {
    items.emplace_back();
    keep_first(failed, make_item(tariff, request, ItemKind::travel_time, items.back()));
  }
  if (failed) items.resize(before);
  return failed;
}

}  // namespace billctl
