#include "invoice/day_billing.hpp"

#include <doctest/doctest.h>

#include <map>

#include "invoice/line_items.hpp"

using namespace billctl;
using namespace billctl::test;
using Lines = std::vector<std::string>;

namespace {

const Books kBooks = small_trade();

GroupingRules by_day(std::string_view step = "1") {
  GroupingRules rules = euro_rules();
  rules.bill_by = BillBy::day;
  rules.day_step = decimal(step);
  return rules;
}

Items one_project() {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  return items;
}

Lines billed(const Items& items, const GroupingRules& rules) {
  return read(group_lines(items.all(), rules, kBooks), kBooks);
}

std::map<std::int64_t, std::int64_t> shares(const Grouping& grouping) {
  std::map<std::int64_t, std::int64_t> by_item;
  for (std::size_t i = 0; i < grouping.items.size(); ++i)
    by_item[grouping.items[i].id.value] = grouping.shares[i];
  return by_item;
}

}  // namespace

TEST_CASE("G7 a day of 5 hours and a day of 10 hours are both billed as 8") {
  Items five = one_project();
  five.hours("5", "100");
  CHECK(billed(five, by_day()) == Lines{"Development | 5 hour x 100.00 + 300.00 = 800.00"});
  Items ten = one_project();
  ten.hours("10", "100");
  CHECK(billed(ten, by_day()) == Lines{"Development | 10 hour x 100.00 - 200.00 = 800.00"});
}

TEST_CASE("X26 the day goes at the hour-weighted rate and is shared by seconds") {
  Items items = one_project();
  items.hours("3", "100");
  items.hours("1", "60");
  const Grouping grouping = group_lines(items.all(), by_day(), kBooks);
  // 360.00 for 4 h is 90.00/h, so 720.00 for the day: 360.00 more, three quarters on the 3 h.
  CHECK(read(grouping, kBooks) == Lines{"Development | 3 hour x 100.00 + 270.00 = 570.00",
                                        "Development | 1 hour x 60.00 + 90.00 = 150.00"});
  CHECK(shares(grouping) == std::map<std::int64_t, std::int64_t>{{1, 57000}, {2, 15000}});
}

TEST_CASE("X26 each member and date and engagement has a day of its own") {
  Items items = one_project();
  items.hours("5", "100");
  items.on = day(6);
  items.hours("5", "100");
  items.member = MemberId{1};
  items.hours("5", "100");
  items.engagement = EngagementId{7};
  items.hours("5", "100");
  CHECK(billed(items, by_day()) == Lines{"Development | 20 hour x 100.00 + 1200.00 = 3200.00"});
}

TEST_CASE("X26 half a day with a step of 0.5 and at most half the hours") {
  Items half = one_project();
  half.hours("4", "100");
  CHECK(billed(half, by_day("0.5")) == Lines{"Development | 4 hour x 100.00 = 400.00"});
  CHECK(billed(half, by_day()) == Lines{"Development | 4 hour x 100.00 + 400.00 = 800.00"});
  Items more = one_project();
  more.put(ItemKind::time, 4 * 3600 + 1, "100", "hour");
  CHECK(group_lines(more.all(), by_day("0.5"), kBooks).lines.at(0).amount_minor == 80000);
}

TEST_CASE("X26 contractual and joined hours and days without time take no part") {
  Items items = one_project();
  items.hours("5", "100");
  items.hours("3", "0").uncharged = true;
  items.put(ItemKind::joined, 3600, "0", "hour").uncharged = true;
  items.put(ItemKind::travel_time, 3600, "50", "hour");
  items.on = day(9);
  items.hours("0", "100");
  CHECK(billed(items, by_day()) == Lines{"Development | 5 hour x 100.00 + 300.00 = 800.00",
                                         "Development | 4 hour x 0.00 = 0.00",
                                         "Travel time | 1 hour x 50.00 = 50.00"});
}

TEST_CASE("X26 what day billing put on an item is told apart from its share") {
  Items items = one_project();
  items.hours("5", "100");
  const Grouping grouping = group_lines(items.all(), by_day(), kBooks);
  CHECK(grouping.shares == std::vector<std::int64_t>{80000});
  CHECK(grouping.daily == std::vector<std::int64_t>{30000});
}
