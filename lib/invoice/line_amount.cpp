#include "invoice/line_amount.hpp"

#include <vector>

#include "money/allocation.hpp"

namespace billctl {
namespace {

TimeUnit time_unit(const LineItem& item) {
  const auto unit = time_unit_of(item.unit.text());
  expect(unit.has_value(), "an item of time is in hour, min or day");
  return *unit;
}

bool same_price(const LineItem& a, const LineItem& b) {
  return a.kind == b.kind && a.unit == b.unit && a.unit_price == b.unit_price;
}

std::int64_t amount_of(Decimal quantity, Decimal unit_price, const GroupingRules& rules) {
  return amount(quantity, unit_price, rules.currency, rules.rounding).minor();
}

}  // namespace

Decimal printed_quantity(const LineItem& like, std::int64_t measure, const GroupingRules& rules) {
  if (is_timed(like.kind))
    return seconds_in_unit(measure, seconds_per(time_unit(like), rules.hours_per_day),
                           rules.quantity_decimals, rules.rounding);
  if (like.kind == ItemKind::mileage) return kilometres(measure);
  return rounded(Decimal::from_micro(measure), rules.quantity_decimals, rules.rounding);
}

Int128 worth_of(const LineItem& item, const Worth& worth) {
  if (item.uncharged) return 0;
  if (is_timed(item.kind)) return worth.of_seconds(item.measure, time_unit(item), item.unit_price);
  if (item.kind == ItemKind::mileage) return worth.of_metres(item.measure, item.unit_price);
  return worth.of_quantity(Decimal::from_micro(item.measure), item.unit_price);
}

/// Items of one unit and one price.
LineAmounts::Priced LineAmounts::priced(std::span<const LineItem> items) const {
  Priced line;
  std::int64_t measure = 0;
  for (const LineItem& item : items) measure = checked_add(measure, item.measure, "a quantity");
  const Decimal unit_price = items.front().unit_price;
  line.quantity = printed_quantity(items.front(), measure, rules_);
  line.multiplied_minor = amount_of(line.quantity, unit_price, rules_);
  line.amount_minor = line.multiplied_minor;
  if (rules_.mode == RoundingMode::line) return line;
  line.amount_minor = 0;
  for (const LineItem& item : items) {
    const Decimal quantity = printed_quantity(item, item.measure, rules_);
    line.amount_minor =
        checked_add(line.amount_minor, amount_of(quantity, unit_price, rules_), "a line amount");
  }
  return line;
}

/// The sum of the lines that each kind, unit and price would have been.
std::int64_t LineAmounts::summed(std::span<const LineItem> items) const {
  std::int64_t sum = 0;
  while (!items.empty()) {
    std::size_t count = 1;
    while (count < items.size() && same_price(items.front(), items[count])) ++count;
    sum = checked_add(sum, priced(items.first(count)).amount_minor, "a line amount");
    items = items.subspan(count);
  }
  return sum;
}

void put_as_one_piece(std::int64_t amount_minor, Currency currency, DraftLine& line) {
  const std::int64_t step = power_of_ten(Decimal::kFractionDigits - currency.digits());
  const std::int64_t micro = checked_multiply(amount_minor, step, "a price");
  line.quantity = Decimal::from_integer(amount_minor < 0 ? -1 : 1);
  line.unit = "pcs";
  line.unit_price = Decimal::from_micro(micro).absolute();
  line.allowance_minor = 0;
  line.amount_minor = amount_minor;
}

void LineAmounts::put_amount(std::span<const LineItem> items, DraftLine& line) const {
  switch (line.shape) {
    case LineShape::lump_sum:
    case LineShape::travel_all:
    case LineShape::allowance_mileage:
      put_as_one_piece(summed(items), rules_.currency, line);
      return;
    default:
      break;
  }
  const Priced one = priced(items);
  line.quantity = one.quantity;
  line.unit = items.front().unit.text();
  line.unit_price = items.front().unit_price;
  line.allowance_minor = checked_subtract(one.amount_minor, one.multiplied_minor, "an allowance");
  line.amount_minor = one.amount_minor;
}

void LineAmounts::put_shares(std::span<const LineItem> items, std::int64_t amount_minor,
                             std::span<std::int64_t> shares) const {
  if (items.size() == 1) {
    shares.front() = amount_minor;
    return;
  }
  std::vector<Share> weighed;
  weighed.reserve(items.size());
  for (const LineItem& item : items) weighed.push_back({worth_of(item, worth_), item.id.value, 0});
  allocate(amount_minor, weighed, worth_.per_minor(rules_.currency));
  for (std::size_t i = 0; i < items.size(); ++i) shares[i] = weighed[i].minor;
}

}  // namespace billctl
