#include "invoice/line_key.hpp"

namespace billctl {
namespace {

LineShape shape_of_time(GroupHours hours) {
  switch (hours) {
    case GroupHours::employee:
      return LineShape::employee;
    case GroupHours::employee_jobtype:
      return LineShape::employee_jobtype;
    case GroupHours::jobtype:
      return LineShape::jobtype;
    case GroupHours::total_hours:
      return LineShape::total_hours;
    case GroupHours::lump_sum:
      return LineShape::lump_sum;
    case GroupHours::entry:
      return LineShape::entry;
    case GroupHours::entry_anonymous:
      return LineShape::entry_anonymous;
    case GroupHours::employee_entry:
      return LineShape::employee_entry;
  }
  expect(false, "every grouping of hours has its shape");
  return LineShape::own;
}

LineShape shape_of_travel(GroupTravel travel, bool expense) {
  if (travel == GroupTravel::all) return LineShape::travel_all;
  if (expense) return LineShape::own;
  return travel == GroupTravel::specified ? LineShape::travel_kind : LineShape::allowance_mileage;
}

LineShape shape_of(const LineItem& item) {
  switch (item.kind) {
    case ItemKind::time:
    case ItemKind::joined:
      return shape_of_time(item.grouping.hours);
    case ItemKind::mileage:
    case ItemKind::travel_time:
    case ItemKind::allowance:
      return shape_of_travel(item.grouping.travel, false);
    case ItemKind::expense:
      return shape_of_travel(item.grouping.travel, true);
    case ItemKind::goods:
      return LineShape::goods;
    case ItemKind::bill:
    case ItemKind::instalment:
    case ItemKind::quote:
      return LineShape::own;
  }
  expect(false, "every kind of item has its shape");
  return LineShape::own;
}

LineBlock block_of(ItemKind kind, LineShape shape) {
  switch (kind) {
    case ItemKind::instalment:
      return LineBlock::instalment;
    case ItemKind::quote:
      return LineBlock::quote;
    case ItemKind::time:
    case ItemKind::joined:
      return LineBlock::time;
    case ItemKind::mileage:
    case ItemKind::travel_time:
    case ItemKind::allowance:
      return LineBlock::travel;
    case ItemKind::expense:
      return shape == LineShape::travel_all ? LineBlock::travel : LineBlock::expense;
    case ItemKind::goods:
      return LineBlock::goods;
    case ItemKind::bill:
      return LineBlock::bill;
  }
  expect(false, "every kind of item has its block");
  return LineBlock::bill;
}

void put_who_and_what(const LineItem& item, LineKey& key) {
  switch (key.shape) {
    case LineShape::employee:
      key.who = item.member.value;
      return;
    case LineShape::employee_jobtype:
      key.who = item.member.value;
      key.what = item.job_type.value;
      return;
    case LineShape::jobtype:
      key.what = item.job_type.value;
      return;
    case LineShape::goods:
      key.what = item.product.value;
      return;
    case LineShape::total_hours:
      key.uncharged = item.uncharged;
      return;
    case LineShape::travel_kind:
      key.kind = static_cast<std::uint8_t>(item.kind);
      return;
    default:
      if (one_item_each(key.shape)) key.who = item.id.value;
  }
}

}  // namespace

LineKey line_key(const LineItem& item) {
  LineKey key;
  if (item.grouping.projects != ProjectGrouping::none) key.project = item.project.value;
  if (item.grouping.projects == ProjectGrouping::project_task) key.task = item.task.value;
  key.shape = shape_of(item);
  key.block = block_of(item.kind, key.shape);
  put_who_and_what(item, key);
  key.treatment = item.treatment;
  if (!sums_prices(key.shape)) {
    key.unit = item.unit;
    key.price_micro = item.unit_price.micro();
  }
  return key;
}

}  // namespace billctl
