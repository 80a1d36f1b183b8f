#include "billable/unit_price.hpp"

namespace billctl {
namespace {

/// Asks one source after the other; what stands in another currency is remembered.
class Sources {
 public:
  Sources(const Tariff& tariff, const UnitPriceRequest& request)
      : tariff_(tariff), rules_(tariff.rules), request_(request) {}

  UnitPrice transport() {
    UnitPrice found;
    if (own_transport(found) || of_product(found) || of_task(found)) return found;
    return nothing();
  }
  UnitPrice other() {
    UnitPrice found;
    if (own(found) || of_task(found) || of_list(found) || of_rate_card(found) || of_product(found))
      return found;
    return nothing();
  }

 private:
  bool own_transport(UnitPrice& found) const {
    const Entry& entry = request_.entry;
    if (request_.kind == ItemKind::mileage && entry.unit_price) {
      found = {*entry.unit_price, PriceSource::entry, 0, false, false};
      return true;
    }
    if (request_.kind == ItemKind::travel_time && entry.transport_unit_price) {
      found = {hourly(*entry.transport_unit_price), PriceSource::entry, 0, false, false};
      return true;
    }
    return false;
  }

  bool own(UnitPrice& found) const {
    const Entry& entry = request_.entry;
    found.source = PriceSource::entry;
    if (entry.amount_minor && request_.kind != ItemKind::time) {
      const std::int64_t scale =
          power_of_ten(Decimal::kFractionDigits - request_.terms.currency.digits());
      found.price =
          Decimal::from_micro(checked_multiply(*entry.amount_minor, scale, "a price")).absolute();
      return true;
    }
    if (!entry.unit_price) return false;
    found.price = *entry.unit_price;
    return true;
  }

  /// Serves the time kinds when its unit is a time unit, and any other item of its unit.
  bool of_task(UnitPrice& found) const {
    const TaskTerms* task = request_.terms.task;
    if (task == nullptr || !task->unit_price) return false;
    found = {*task->unit_price, PriceSource::task, 0, false, false};
    if (task->unit == request_.unit) return true;
    const auto of_task = tariff_.units.time(task->unit);
    const auto of_item = tariff_.units.time(request_.unit);
    const bool timed = request_.kind == ItemKind::time || request_.kind == ItemKind::travel_time;
    if (!timed || !of_task || !of_item) return false;
    found.price =
        time_price_in(*of_item, *task->unit_price, *of_task, rules_.hours_per_day, rules_.rounding);
    return true;
  }

  bool of_list(UnitPrice& found) {
    const TaskTerms* task = request_.terms.task;
    const ClientTerms* client = request_.terms.client;
    std::uint32_t list = task != nullptr ? task->price_list : 0;
    if (list == 0 && client != nullptr) list = client->price_list;
    const auto price = tariff_.price_lists.find(
        {list, request_.product.product, request_.terms.client_id, request_.entry.work_on,
         request_.terms.currency, rules_.negotiated_prices});
    return take(price, price.price, PriceSource::price_list, found);
  }

  bool of_rate_card(UnitPrice& found) {
    if (request_.kind != ItemKind::time) return false;
    const MemberTerms* member = request_.terms.member;
    const auto price = tariff_.rates.find(
        {request_.terms.project_id, request_.terms.client_id, request_.entry.member,
         member != nullptr ? member->role : 0, request_.entry.job_type, request_.entry.work_on,
         request_.terms.currency});
    return take(price, price.row_id != 0 ? hourly(price.price) : Decimal(), PriceSource::rate_card,
                found);
  }

  /// The price of an auto-created transport product is the config's at each compile.
  bool of_product(UnitPrice& found) {
    const DefaultProduct which = request_.product.auto_created;
    if (which == DefaultProduct::transport || which == DefaultProduct::transport_time) {
      const bool km = which == DefaultProduct::transport;
      const Decimal price = km ? rules_.transport_km_price : hourly(rules_.transport_hour_price);
      const bool written =
          km ? rules_.transport_km_price_written : rules_.transport_hour_price_written;
      return take_in(rules_.base, {price, PriceSource::fallback, 0, !written, false}, found);
    }
    const ProductTerms* product = tariff_.products.find(request_.product.product);
    if (product == nullptr || !product->unit_price) return false;
    return take_in(product->currency, {*product->unit_price, PriceSource::product, 0, false, false},
                   found);
  }

  bool take(const CataloguePrice& priced, Decimal price, PriceSource source, UnitPrice& found) {
    if (priced.row_id == 0) {
      other_currency_ = other_currency_ || priced.other_currency;
      return false;
    }
    found = {price, source, priced.row_id, false, false};
    return true;
  }
  bool take_in(Currency currency, const UnitPrice& price, UnitPrice& found) {
    if (currency != request_.terms.currency) {
      other_currency_ = true;
      return false;
    }
    found = price;
    return true;
  }

  Decimal hourly(Decimal price) const {
    const auto unit = tariff_.units.time(request_.unit);
    if (!unit) return price;  // a transport product that serves what is no time
    return hourly_price_in(*unit, price, rules_.hours_per_day, rules_.rounding);
  }
  UnitPrice nothing() const {
    UnitPrice none;
    none.other_currency = other_currency_;
    return none;
  }

  const Tariff& tariff_;
  const PricingRules& rules_;
  const UnitPriceRequest& request_;
  bool other_currency_ = false;
};

}  // namespace

UnitPrice find_unit_price(const Tariff& tariff, const UnitPriceRequest& request) {
  if (request.kind == ItemKind::joined) return {Decimal(), PriceSource::joined, 0, false, false};
  if (request.entry.charge == Charge::contractual)
    return {Decimal(), PriceSource::contractual, 0, false, false};
  const bool transport = request.kind == ItemKind::mileage || request.kind == ItemKind::travel_time;
  Sources sources(tariff, request);
  return transport ? sources.transport() : sources.other();
}

}  // namespace billctl
