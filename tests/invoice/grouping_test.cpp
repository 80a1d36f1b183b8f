#include "invoice/grouping.hpp"

#include <doctest/doctest.h>

#include "invoice/line_items.hpp"
#include "outcome/error.hpp"

using namespace billctl;
using namespace billctl::test;
using Lines = std::vector<std::string>;

namespace {

const Books kBooks = small_trade();

Lines grouped(const Items& items, const GroupingRules& rules = euro_rules(),
              std::string_view description = "") {
  return read(group_lines(items.all(), rules, kBooks), kBooks, description);
}

/// Anna develops 2 h and designs 1 h, Bo develops 3 h, all at 80.00.
Items three_hours(GroupHours hours, ProjectGrouping projects = ProjectGrouping::none) {
  Items items;
  items.grouping.hours = hours;
  items.grouping.projects = projects;
  items.on = day(6);
  items.member = MemberId{1};
  items.hours("3", "80");
  items.on = day(5);
  items.member = MemberId{2};
  items.hours("2", "80");
  items.job_type = JobTypeId{2};
  items.task = TaskId{2};
  items.on = day(7);
  items.hours("1", "80");
  return items;
}

std::string rates_refused(const Items& items, const GroupingRules& rules = euro_rules()) {
  try {
    group_lines(items.all(), rules, kBooks);
  } catch (const Error& error) {
    CHECK(error.code() == Reason::several_rates);
    return error.message();
  }
  return "not refused";
}

}  // namespace

TEST_CASE("S1-19 hours by employee") {
  CHECK(grouped(three_hours(GroupHours::employee)) ==
        Lines{"Anna Ek | 3 hour x 80.00 = 240.00", "Bo Berg | 3 hour x 80.00 = 240.00"});
}

TEST_CASE("S1-20 hours by employee and job type") {
  CHECK(grouped(three_hours(GroupHours::employee_jobtype)) ==
        Lines{"Anna Ek, Design | 1 hour x 80.00 = 80.00",
              "Anna Ek, Development | 2 hour x 80.00 = 160.00",
              "Bo Berg, Development | 3 hour x 80.00 = 240.00"});
}

TEST_CASE("S1-21 hours by job type") {
  CHECK(grouped(three_hours(GroupHours::jobtype)) ==
        Lines{"Design | 1 hour x 80.00 = 80.00", "Development | 5 hour x 80.00 = 400.00"});
}

TEST_CASE("S1-22 total hours on a single line") {
  CHECK(grouped(three_hours(GroupHours::total_hours)) == Lines{"Hours | 6 hour x 80.00 = 480.00"});
}

TEST_CASE("S1-23 a lump sum has quantity 1 and the amount as its price") {
  Items items = three_hours(GroupHours::lump_sum);
  items.hours("0.5", "95");
  CHECK(grouped(items) == Lines{"Work, 6.5 hours | 1 pcs x 527.50 = 527.50"});
}

TEST_CASE("S1-24 by entry with date and employee and work type and description") {
  CHECK(grouped(three_hours(GroupHours::entry), euro_rules(), "fixed it") ==
        Lines{"2026-10-05, Anna Ek, Development: fixed it | 2 hour x 80.00 = 160.00",
              "2026-10-06, Bo Berg, Development: fixed it | 3 hour x 80.00 = 240.00",
              "2026-10-07, Anna Ek, Design: fixed it | 1 hour x 80.00 = 80.00"});
}

TEST_CASE("S1-25 by entry without any name on any line") {
  Items items = three_hours(GroupHours::entry_anonymous);
  items.mileage(12'000, "0.5");
  items.pieces(ItemKind::expense, "1", "45");
  items.pieces(ItemKind::goods, "2", "9.90");
  const Lines lines = grouped(items, euro_rules(), "fixed it");
  CHECK(lines[0] == "2026-10-05, Development: fixed it | 2 hour x 80.00 = 160.00");
  CHECK(lines.size() == 6);
  for (const std::string& line : lines) {
    CHECK(line.find("Anna") == std::string::npos);
    CHECK(line.find("Bo") == std::string::npos);
  }
}

TEST_CASE("S1-26 by employee and entry: the employee is first and sorts first") {
  CHECK(grouped(three_hours(GroupHours::employee_entry), euro_rules(), "fixed it") ==
        Lines{"Anna Ek, 2026-10-05, Development: fixed it | 2 hour x 80.00 = 160.00",
              "Anna Ek, 2026-10-07, Design: fixed it | 1 hour x 80.00 = 80.00",
              "Bo Berg, 2026-10-06, Development: fixed it | 3 hour x 80.00 = 240.00"});
}

TEST_CASE("S1-18 lines by none and by project and by project and task") {
  const auto two_projects = [](ProjectGrouping projects) {
    Items items = three_hours(GroupHours::total_hours, projects);
    items.project = ProjectId{2};
    items.task = TaskId{3};
    items.hours("4", "80");
    return grouped(items);
  };
  CHECK(two_projects(ProjectGrouping::none) == Lines{"Hours | 10 hour x 80.00 = 800.00"});
  CHECK(two_projects(ProjectGrouping::project) ==
        Lines{"App: Hours | 4 hour x 80.00 = 320.00", "Website: Hours | 6 hour x 80.00 = 480.00"});
  CHECK(two_projects(ProjectGrouping::project_task) ==
        Lines{"App, Coding: Hours | 4 hour x 80.00 = 320.00",
              "Website, Drawing: Hours | 1 hour x 80.00 = 80.00",
              "Website, Building: Hours | 5 hour x 80.00 = 400.00"});
}

TEST_CASE("no line mixes prices or units or taxes in any mode that shows a quantity") {
  for (const GroupHours hours :
       {GroupHours::employee, GroupHours::employee_jobtype, GroupHours::jobtype}) {
    Items items;
    items.grouping = {ProjectGrouping::none, hours, GroupTravel::specified};
    items.hours("1", "80");
    items.hours("1", "95");
    items.put(ItemKind::time, 3600, "80", "min");
    items.hours("1", "80").treatment = 1;
    CHECK(group_lines(items.all(), euro_rules(), kBooks).lines.size() == 4);
  }
}

TEST_CASE("X5 total hours at different rates are refused with the rates") {
  Items items = three_hours(GroupHours::total_hours, ProjectGrouping::project);
  items.hours("1", "95.5");
  CHECK(rates_refused(items) == "web: 80.00/hour, 95.50/hour");
  items.put(ItemKind::time, 600, "2", "min");
  CHECK(rates_refused(items) == "web: 80.00/hour, 95.50/hour, 2.00/min");
}

TEST_CASE("X5 split by rate makes a line for each rate") {
  Items items = three_hours(GroupHours::total_hours);
  items.hours("1", "95.5");
  GroupingRules rules = euro_rules();
  rules.split_by_rate = true;
  CHECK(grouped(items, rules) ==
        Lines{"Hours | 6 hour x 80.00 = 480.00", "Hours | 1 hour x 95.50 = 95.50"});
}

TEST_CASE("X5 rates may differ between projects and taxes and from work at 0 on purpose") {
  Items items = three_hours(GroupHours::total_hours, ProjectGrouping::project);
  items.hours("1", "0").uncharged = true;
  LineItem& joined = items.put(ItemKind::joined, 7200, "0", "hour");
  joined.uncharged = true;
  items.hours("1", "70").treatment = 1;
  items.project = ProjectId{2};
  items.hours("1", "95");
  CHECK(grouped(items) ==
        Lines{"App: Hours | 1 hour x 95.00 = 95.00", "Website: Hours | 6 hour x 80.00 = 480.00",
              "Website: Hours | 3 hour x 0.00 = 0.00", "Website: Hours | 1 hour x 70.00 = 70.00"});
  items.hours("1", "0");  // unpriced is a rate like any other
  CHECK(rates_refused(items) == "app: 0.00/hour, 95.00/hour");
}

TEST_CASE("S0-25 contractual hours stand where their kind stands and cost nothing") {
  Items items = three_hours(GroupHours::jobtype);
  items.job_type = JobTypeId{1};
  items.hours("4", "0").uncharged = true;
  CHECK(grouped(items) == Lines{"Design | 1 hour x 80.00 = 80.00",
                                "Development | 5 hour x 80.00 = 400.00",
                                "Development | 4 hour x 0.00 = 0.00"});
}

namespace {

Items travel(GroupTravel grouping) {
  Items items;
  items.grouping = {ProjectGrouping::none, GroupHours::jobtype, grouping};
  items.mileage(12'000, "0.5");
  items.put(ItemKind::travel_time, 5400, "40", "hour");
  items.pieces(ItemKind::allowance, "2", "51");
  items.mileage(8'345, "0.5");
  items.on = day(6);
  items.pieces(ItemKind::expense, "1", "45.80");
  items.pieces(ItemKind::expense, "-1", "5.80");
  return items;
}

}  // namespace

TEST_CASE("S1-27 one line for all travel") {
  CHECK(grouped(travel(GroupTravel::all)) ==
        Lines{"Travel and expenses | 1 pcs x 212.17 = 212.17"});
}

TEST_CASE("S1-28 allowance and mileage and the others each specified") {
  CHECK(grouped(travel(GroupTravel::specified), euro_rules(), "train") ==
        Lines{"Mileage | 20.345 km x 0.50 = 10.17", "Travel time | 1.5 hour x 40.00 = 60.00",
              "Allowances | 2 pcs x 51.00 = 102.00", "2026-10-06, train | 1 pcs x 45.80 = 45.80",
              "2026-10-06, train | -1 pcs x 5.80 = -5.80"});
}

TEST_CASE("S1-29 allowance and mileage in one and the others specified") {
  CHECK(grouped(travel(GroupTravel::allowance_mileage), euro_rules(), "train") ==
        Lines{"Allowances and mileage | 1 pcs x 172.17 = 172.17",
              "2026-10-06, train | 1 pcs x 45.80 = 45.80",
              "2026-10-06, train | -1 pcs x 5.80 = -5.80"});
}

TEST_CASE("a sum below zero is a quantity of -1 since no price is negative") {
  Items items;
  items.grouping.travel = GroupTravel::all;
  items.grouping.projects = ProjectGrouping::none;
  items.pieces(ItemKind::expense, "-1", "5.80");
  CHECK(grouped(items) == Lines{"Travel and expenses | -1 pcs x 5.80 = -5.80"});
}

TEST_CASE("S0-26 products are lines at their own price") {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  items.pieces(ItemKind::goods, "2", "9.90").product = ProductId{2};
  items.pieces(ItemKind::goods, "1", "30").product = ProductId{3};
  items.pieces(ItemKind::goods, "1.5", "9.90").product = ProductId{2};
  CHECK(grouped(items) == Lines{"Cable | 3.5 pcs x 9.90 = 34.65", "Case | 1 pcs x 30.00 = 30.00"});
}

TEST_CASE("lines stand by kind: instalment quote time travel expense goods bill") {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  for (const ItemKind kind :
       {ItemKind::bill, ItemKind::goods, ItemKind::expense, ItemKind::quote, ItemKind::instalment})
    items.pieces(kind, "1", "10");
  items.mileage(1000, "1");
  items.hours("1", "80");
  const Grouping grouping = group_lines(items.all(), euro_rules(), kBooks);
  Lines kinds;
  for (const DraftLine& line : grouping.lines) kinds.emplace_back(line.kind);
  CHECK(kinds == Lines{"instalment", "quote", "time", "mileage", "expense", "goods", "bill"});
}

TEST_CASE("items of one invoice may be grouped differently") {
  Items items;
  items.grouping = {ProjectGrouping::none, GroupHours::total_hours, GroupTravel::specified};
  items.hours("2", "80");
  items.grouping = {ProjectGrouping::none, GroupHours::employee, GroupTravel::specified};
  items.hours("3", "80");
  CHECK(grouped(items) ==
        Lines{"Hours | 2 hour x 80.00 = 160.00", "Anna Ek | 3 hour x 80.00 = 240.00"});
}

TEST_CASE("G2 mode line multiplies the sum and mode entry sums the entries") {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  items.minutes(15, "27.50");
  items.minutes(15, "27.50");
  CHECK(grouped(items) == Lines{"Development | 0.5 hour x 27.50 = 13.75"});
  GroupingRules rules = euro_rules();
  rules.mode = RoundingMode::entry;
  const Grouping grouping = group_lines(items.all(), rules, kBooks);
  CHECK(read(grouping, kBooks) == Lines{"Development | 0.5 hour x 27.50 + 0.01 = 13.76"});
  CHECK(grouping.shares == std::vector<std::int64_t>{688, 688});
}

TEST_CASE("G3 G4 the printed quantity is what is multiplied") {
  GroupingRules two = euro_rules();
  two.quantity_decimals = 2;
  Items fifty;
  fifty.grouping.projects = ProjectGrouping::none;
  fifty.minutes(50, "100");
  CHECK(grouped(fifty) == Lines{"Development | 0.8333 hour x 100.00 = 83.33"});
  CHECK(grouped(fifty, two) == Lines{"Development | 0.83 hour x 100.00 = 83.00"});
  Items twenty_five;
  twenty_five.grouping.projects = ProjectGrouping::none;
  twenty_five.minutes(25, "34.34");
  CHECK(grouped(twenty_five) == Lines{"Development | 0.4167 hour x 34.34 = 14.31"});
  CHECK(grouped(twenty_five, two) == Lines{"Development | 0.42 hour x 34.34 = 14.42"});
}

TEST_CASE("G5 seconds are summed before they are rounded") {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  for (const int minutes : {15, 50, 225, 75, 35}) items.minutes(minutes, "1");
  GroupingRules rules = euro_rules();
  for (const RoundingMode mode : {RoundingMode::line, RoundingMode::entry}) {
    rules.mode = mode;
    rules.quantity_decimals = 4;
    CHECK(group_lines(items.all(), rules, kBooks).lines.at(0).quantity == decimal("6.6667"));
    rules.quantity_decimals = 2;
    CHECK(group_lines(items.all(), rules, kBooks).lines.at(0).quantity == decimal("6.67"));
  }
}

TEST_CASE("a line is shared by unrounded worth and ties go to the lower item id") {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  for (int i = 0; i < 3; ++i) items.minutes(20, "50");
  const Grouping grouping = group_lines(items.all(), euro_rules(), kBooks);
  CHECK(grouping.lines.at(0).amount_minor == 5000);
  CHECK(grouping.shares == std::vector<std::int64_t>{1667, 1667, 1666});
}
