#include "pipeline/apply_material.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "invoice/grouping.hpp"
#include "pipeline/draft_lines.hpp"
#include "pipeline/remake_lines.hpp"

namespace billctl {
namespace {

constexpr const char* kReason = "material applied";

Adjustment adjustment_of(InvoiceEdit& edit, ItemId item, AdjustmentKind kind) {
  Adjustment adjustment;
  adjustment.invoice = edit.invoice().id;
  adjustment.item = item;
  adjustment.kind = kind;
  adjustment.reason = kReason;
  adjustment.at = edit.session().now;
  adjustment.actor = edit.session().actor.code;
  return adjustment;
}

/// The price that gives exactly that amount for the printed quantity; nothing when there is none of
/// 6 decimals, or it would be negative.
std::optional<Decimal> exact_price(const LineItem& item, std::int64_t minor,
                                   const GroupingRules& rules) {
  const std::int64_t quantity = printed_quantity(item, item.measure, rules).micro();
  if (quantity == 0) return std::nullopt;
  const Int128 wide = Int128{minor} * power_of_ten(12 - rules.currency.digits());
  if (wide % quantity != 0 || wide / quantity < 0) return std::nullopt;
  return Decimal::from_micro(narrowed(wide / quantity, "a price"));
}

std::int64_t written_minor(const Sheet& sheet, ItemId item) {
  std::int64_t sum = 0;
  for (const Adjustment& each : sheet.adjustments)
    if (each.item == item && !each.undone_at && !each.unit_price)
      sum = checked_add(sum, each.amount_minor, "adjustments");
  return sum;
}

/// What the items that get lines shall come to, by update rows; those with an exact price get it.
std::map<ItemId, std::int64_t> put_prices(InvoiceEdit& edit) {
  Sheet& sheet = edit.sheet();
  const GroupingRules rules = rules_of(sheet.invoice, edit.session().config, true);
  std::map<ItemId, std::int64_t> wanted;
  for (const Card& card : sheet.cards) {
    const bool priced = std::ranges::any_of(
        card.places, [](const Placed& placed) { return placed.update_row_minor.has_value(); });
    if (!priced || !is_remade(sheet, card, Remake::all)) continue;
    const ItemId item = card.item.id;
    wanted[item] = card.update_row_minor();
    if (card.update_row_minor() == card.share_minor()) continue;
    const std::int64_t own =
        checked_subtract(card.update_row_minor(), written_minor(sheet, item), "an adjustment");
    if (const auto price = exact_price(card.item, own, rules)) {
      Adjustment revalue = adjustment_of(edit, item, AdjustmentKind::revalue);
      revalue.unit_price = price;
      sheet.adjustments.push_back(std::move(revalue));
    }
  }
  return wanted;
}

/// What no price gives exactly is written up or down, as an allowance or a charge of its line.
void write_rest(InvoiceEdit& edit, const std::map<ItemId, std::int64_t>& wanted) {
  Sheet& sheet = edit.sheet();
  for (const auto& [item, minor] : wanted) {
    Card& card = edit.card(item);
    const std::int64_t by = checked_subtract(minor, card.share_minor(), "an adjustment");
    if (by == 0) continue;
    Placed& placed = card.places.front();
    Line& line = edit.line(placed.line);
    Adjustment write = adjustment_of(edit, item, AdjustmentKind::write);
    write.line = line.line;
    write.amount_minor = by;
    sheet.adjustments.push_back(std::move(write));
    placed.share_minor = checked_add(placed.share_minor, by, "a share");
    line.allowance_minor = checked_add(line.allowance_minor, by, "an allowance");
    line.amount_minor = checked_add(line.amount_minor, by, "a line amount");
  }
}

bool follows_its_items(const Sheet& sheet) {
  std::set<std::int64_t> with_items;
  for (const Card& card : sheet.cards) {
    if (card.is_orphan()) return false;
    for (const Placed& placed : card.places) with_items.insert(placed.line);
  }
  return std::ranges::none_of(sheet.lines, [&](const Line& line) {
    return line.quantity && (line.typed || !with_items.contains(line.line));
  });
}

}  // namespace

void make_lines_follow(InvoiceEdit& edit) {
  const std::map<ItemId, std::int64_t> wanted = put_prices(edit);
  remake_lines(edit, Remake::all);
  write_rest(edit, wanted);
  if (follows_its_items(edit.sheet())) edit.untouched();
}

}  // namespace billctl
