#include "invoice/grouping.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "invoice/day_billing.hpp"
#include "invoice/line_amount.hpp"
#include "invoice/line_key.hpp"
#include "outcome/error.hpp"

namespace billctl {
namespace {

struct KeyedItem {
  LineKey key;
  LineItem item;
};

/// Within a line the items of one kind, unit and price stand side by side.
auto order_of(const KeyedItem& keyed) {
  return std::tie(keyed.key, keyed.item.kind, keyed.item.unit, keyed.item.unit_price,
                  keyed.item.id);
}

std::vector<KeyedItem> keyed_in_order(const std::vector<LineItem>& items) {
  std::vector<KeyedItem> keyed;
  keyed.reserve(items.size());
  for (const LineItem& item : items) keyed.push_back({line_key(item), item});
  std::ranges::sort(
      keyed, [](const KeyedItem& a, const KeyedItem& b) { return order_of(a) < order_of(b); });
  return keyed;
}

bool same_but_for_rate(const LineKey& a, const LineKey& b) {
  LineKey like = b;
  like.unit = a.unit;
  like.price_micro = a.price_micro;
  return a == like;
}

std::string rates_of(const std::vector<LineKey>& keys, Currency currency, const Books& books) {
  std::string text;
  if (const Project* project = books.projects.find(ProjectId{keys.front().project}))
    text = project->code + ": ";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) text += ", ";
    text += rate_text(Decimal::from_micro(keys[i].price_micro), keys[i].unit, currency);
  }
  return text;
}

/// X5: total hours are never averaged.
void refuse_several_rates(const std::vector<LineKey>& lines, Currency currency,
                          const Books& books) {
  std::string rates;
  for (std::size_t first = 0; first < lines.size();) {
    std::vector<LineKey> alike = {lines[first]};
    const bool counts = lines[first].shape == LineShape::total_hours && !lines[first].uncharged;
    std::size_t next = first + 1;
    for (; counts && next < lines.size() && same_but_for_rate(lines[first], lines[next]); ++next)
      alike.push_back(lines[next]);
    if (alike.size() > 1) rates += (rates.empty() ? "" : "; ") + rates_of(alike, currency, books);
    first = next;
  }
  if (rates.empty()) return;
  throw Error(Reason::several_rates, rates,
              "--split-by-rate makes a line for each rate; another --group-hours shows them apart");
}

std::string_view kind_word(LineShape shape, ItemKind kind) {
  if (shape == LineShape::travel_all || shape == LineShape::allowance_mileage) return "travel";
  return kind == ItemKind::joined ? word(ItemKind::time) : word(kind);
}

DraftLine line_of(const LineKey& key, std::span<const LineItem> items, std::size_t first) {
  DraftLine line;
  line.first = first;
  line.count = items.size();
  line.shape = key.shape;
  line.kind = kind_word(key.shape, items.front().kind);
  line.treatment = key.treatment;
  line.project = ProjectId{key.project};
  line.task = TaskId{key.task};
  const auto [earliest, latest] = std::ranges::minmax(items, {}, &LineItem::work_on);
  line.first_on = earliest.work_on;
  line.last_on = latest.work_on;
  return line;
}

/// Where a line stands (spec/generate.md): codes, not rows, so that the order is the clerk's.
struct LinePlace {
  std::string_view project, task;
  LineBlock block;
  std::string_view member, job_type;
  Date first_on = Date::from_days(0);
  std::string_view job_type_within_date;  ///< employee-entry: member, date, work type (S1-26)
  std::int64_t lowest_item = 0;
  std::size_t line = 0;
  auto operator<=>(const LinePlace&) const = default;
};

template <class Record>
std::string_view code_of(const Register<Record>& records, typename Register<Record>::IdType id) {
  const Record* record = records.find(id);
  return record == nullptr ? std::string_view() : std::string_view(record->code);
}

LinePlace place_of(const LineKey& key, const DraftLine& line, std::span<const LineItem> items,
                   const Books& books) {
  LinePlace place;
  place.project = code_of(books.projects, line.project);
  place.task = code_of(books.tasks, line.task);
  place.block = key.block;
  if (key.shape == LineShape::employee || key.shape == LineShape::employee_jobtype ||
      key.shape == LineShape::employee_entry)
    place.member = code_of(books.members, items.front().member);
  const std::string_view job_type = code_of(books.job_types, items.front().job_type);
  if (key.shape == LineShape::employee_jobtype || key.shape == LineShape::jobtype)
    place.job_type = job_type;
  if (key.shape == LineShape::employee_entry) place.job_type_within_date = job_type;
  place.first_on = *line.first_on;
  place.lowest_item = std::ranges::min(items, {}, &LineItem::id).id.value;
  return place;
}

void put_in_order(std::vector<LinePlace>& places, std::vector<DraftLine>& lines) {
  std::ranges::sort(places);
  std::vector<DraftLine> ordered;
  ordered.reserve(lines.size());
  for (const LinePlace& place : places) ordered.push_back(std::move(lines[place.line]));
  lines = std::move(ordered);
}

void bill_by_day(Grouping& grouping, const GroupingRules& rules) {
  grouping.daily = day_adjustments(grouping.items, grouping.shares, rules);
  for (DraftLine& line : grouping.lines) {
    for (std::size_t i = line.first; i < line.first + line.count; ++i) {
      const std::int64_t by = grouping.daily[i];
      grouping.shares[i] = checked_add(grouping.shares[i], by, "a share");
      line.allowance_minor = checked_add(line.allowance_minor, by, "an allowance");
      line.amount_minor = checked_add(line.amount_minor, by, "a line amount");
    }
  }
}

}  // namespace

std::string rate_text(Decimal unit_price, UnitWord unit, Currency currency) {
  return unit_price.to_text(currency.digits()) + "/" + std::string(unit.text());
}

Grouping group_lines(std::vector<LineItem> items, const GroupingRules& rules, const Books& books) {
  const std::vector<KeyedItem> keyed = keyed_in_order(items);
  Grouping grouping;
  grouping.items = std::move(items);
  for (std::size_t i = 0; i < keyed.size(); ++i) grouping.items[i] = keyed[i].item;
  grouping.shares.resize(keyed.size());

  const LineAmounts amounts(rules);
  std::vector<LineKey> keys;
  std::vector<LinePlace> places;
  for (std::size_t first = 0; first < keyed.size();) {
    const LineKey& key = keyed[first].key;
    std::size_t past = first + 1;
    while (past < keyed.size() && keyed[past].key == key) ++past;
    const std::span<const LineItem> own(&grouping.items[first], past - first);
    DraftLine line = line_of(key, own, first);
    amounts.put_amount(own, line);
    amounts.put_shares(own, line.amount_minor, {&grouping.shares[first], own.size()});
    places.push_back(place_of(key, line, own, books));
    places.back().line = grouping.lines.size();
    grouping.lines.push_back(std::move(line));
    keys.push_back(key);
    first = past;
  }
  if (!rules.split_by_rate) refuse_several_rates(keys, rules.currency, books);
  if (rules.bill_by == BillBy::day) bill_by_day(grouping, rules);
  put_in_order(places, grouping.lines);
  return grouping;
}

}  // namespace billctl
