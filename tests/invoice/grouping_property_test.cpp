#include <doctest/doctest.h>

#include <set>

#include "invoice/grouping.hpp"
#include "invoice/line_items.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

const Books kBooks = small_trade();

template <class Enum>
Enum one_of(Splitmix& random, int count) {
  return static_cast<Enum>(random.between(0, count - 1));
}

LineItem& put_random(Splitmix& random, Items& items) {
  const std::string price =
      std::to_string(random.between(0, 12) * 10) + "." + std::to_string(random.between(0, 999'999));
  const auto kind = one_of<ItemKind>(random, 10);
  if (is_timed(kind)) {
    const char* units[] = {"hour", "min", "day"};
    return items.put(kind, random.between(0, 40'000), kind == ItemKind::joined ? "0" : price,
                     units[random.between(0, 2)]);
  }
  if (kind == ItemKind::mileage) return items.mileage(random.between(0, 900'000), price);
  return items.put(kind, random.between(-3, 5) * 250'000, price, "pcs");
}

Items random_items(Splitmix& random, const ItemGrouping& grouping) {
  Items items;
  items.grouping = grouping;
  const auto count = random.between(1, 60);
  for (std::int64_t i = 0; i < count; ++i) {
    items.member = MemberId{random.between(0, 2)};
    items.project = ProjectId{random.between(0, 2)};
    items.task = TaskId{random.between(0, 3)};
    items.job_type = JobTypeId{random.between(0, 2)};
    items.on = day(static_cast<int>(random.between(1, 4)));
    LineItem& item = put_random(random, items);
    item.uncharged = item.kind == ItemKind::joined;
    item.product = ProductId{random.between(1, 3)};
    item.treatment = static_cast<std::uint32_t>(random.between(0, 1));
  }
  return items;
}

GroupingRules random_rules(Splitmix& random) {
  GroupingRules rules = euro_rules();
  rules.currency = *Currency::of(random.between(0, 1) == 0 ? "EUR" : "KWD");
  rules.rounding = one_of<Rounding>(random, 2);
  rules.mode = one_of<RoundingMode>(random, 2);
  rules.quantity_decimals = static_cast<int>(random.between(0, 6));
  rules.split_by_rate = true;
  rules.bill_by = one_of<BillBy>(random, 2);
  return rules;
}

void check_line(const Grouping& grouping, const DraftLine& line, const GroupingRules& rules) {
  REQUIRE(line.quantity);
  CHECK_FALSE(line.unit_price->is_negative());
  const Money multiplied = amount(*line.quantity, *line.unit_price, rules.currency, rules.rounding);
  CHECK(line.amount_minor == multiplied.minor() + line.allowance_minor);
  std::int64_t shares = 0;
  for (std::size_t i = line.first; i < line.first + line.count; ++i) {
    shares += grouping.shares[i];
    CHECK(grouping.items[i].treatment == line.treatment);
    CHECK(grouping.items[i].work_on >= *line.first_on);
    CHECK(grouping.items[i].work_on <= *line.last_on);
  }
  CHECK(shares == line.amount_minor);
}

}  // namespace

TEST_CASE("in every mode shares add up to lines and lines multiply out and no item is lost") {
  for (std::uint64_t seed = 1; seed <= 3 * 8 * 3 * 6; ++seed) {
    Splitmix random(seed);
    CAPTURE(seed);
    const ItemGrouping grouping{static_cast<ProjectGrouping>(seed % 3),
                                static_cast<GroupHours>(seed / 3 % 8),
                                static_cast<GroupTravel>(seed / 24 % 3)};
    const Items items = random_items(random, grouping);
    const GroupingRules rules = random_rules(random);
    const Grouping lines = group_lines(items.all(), rules, kBooks);
    std::multiset<std::int64_t> placed;
    for (const DraftLine& line : lines.lines) {
      check_line(lines, line, rules);
      for (std::size_t i = line.first; i < line.first + line.count; ++i)
        placed.insert(lines.items[i].id.value);
    }
    std::multiset<std::int64_t> given;
    for (const LineItem& item : items.all()) given.insert(item.id.value);
    CHECK(placed == given);
  }
}

TEST_CASE("the order in which items come changes no line") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Splitmix random(seed);
    CAPTURE(seed);
    const ItemGrouping grouping{one_of<ProjectGrouping>(random, 3), one_of<GroupHours>(random, 8),
                                one_of<GroupTravel>(random, 3)};
    const Items items = random_items(random, grouping);
    const GroupingRules rules = random_rules(random);
    std::vector<LineItem> shuffled = items.all();
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(
          shuffled[i - 1],
          shuffled[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(i) - 1))]);
    const Grouping one = group_lines(items.all(), rules, kBooks);
    const Grouping other = group_lines(shuffled, rules, kBooks);
    CHECK(read(one, kBooks) == read(other, kBooks));
    CHECK(one.shares == other.shares);
  }
}
