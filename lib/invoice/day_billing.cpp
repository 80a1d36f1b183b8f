#include "invoice/day_billing.hpp"

#include <algorithm>
#include <tuple>

#include "money/allocation.hpp"
#include "money/worth.hpp"

namespace billctl {
namespace {

using Indexes = std::vector<std::size_t>;

auto day_of(const LineItem& item) {
  return std::tuple(item.member, item.work_on, item.engagement);
}

/// Where the charged time of the invoice is, a day's items side by side and in the order of ids.
Indexes charged_time(std::span<const LineItem> items) {
  Indexes found;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].kind == ItemKind::time && !items[i].uncharged) found.push_back(i);
  std::ranges::sort(found, [&](std::size_t a, std::size_t b) {
    return std::tuple(day_of(items[a]), items[a].id) < std::tuple(day_of(items[b]), items[b].id);
  });
  return found;
}

Decimal days_of(std::int64_t seconds, const GroupingRules& rules) {
  const Decimal one = Decimal::from_integer(1);
  if (rules.day_step == one) return one;
  const Decimal day = seconds_per(TimeUnit::day, rules.hours_per_day);
  const bool at_most_half = Int128{seconds} * 2 * Decimal::kOne <= Int128{day.micro()};
  return at_most_half ? rules.day_step : one;
}

struct Day {
  std::int64_t seconds = 0;
  Int128 worth = 0;
  std::int64_t amount_minor = 0;
};

}  // namespace

std::vector<std::int64_t> day_adjustments(std::span<const LineItem> items,
                                          std::span<const std::int64_t> shares,
                                          const GroupingRules& rules) {
  std::vector<std::int64_t> adjustments(items.size(), 0);
  const Worth worth(rules.hours_per_day);
  const Indexes time = charged_time(items);
  for (std::size_t first = 0; first < time.size();) {
    std::size_t past = first;
    Day day;
    std::vector<Share> parts;
    for (; past < time.size() && day_of(items[time[past]]) == day_of(items[time[first]]); ++past) {
      const LineItem& item = items[time[past]];
      day.seconds = checked_add(day.seconds, item.measure, "a day's time");
      day.worth = checked_add(day.worth, worth_of(item, worth), "a day's worth");
      day.amount_minor = checked_add(day.amount_minor, shares[time[past]], "a day's amount");
      parts.push_back({item.measure, item.id.value, 0});
    }
    if (day.seconds > 0) {
      const Money price = worth.of_days(days_of(day.seconds, rules), day.worth, day.seconds,
                                        rules.currency, rules.rounding);
      allocate(checked_subtract(price.minor(), day.amount_minor, "a day's adjustment"), parts);
      for (std::size_t i = first; i < past; ++i) adjustments[time[i]] = parts[i - first].minor;
    }
    first = past;
  }
  return adjustments;
}

}  // namespace billctl
