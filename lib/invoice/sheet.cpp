#include "invoice/sheet.hpp"

#include <algorithm>
#include <map>

#include "invoice/grouping.hpp"
#include "invoice/report_price.hpp"
#include "outcome/error.hpp"

namespace billctl {
namespace {

template <class ValueOf>
std::int64_t sum_of(const std::vector<Placed>& places, ValueOf value_of) {
  std::int64_t sum = 0;
  for (const Placed& placed : places) sum = checked_add(sum, value_of(placed), "a card");
  return sum;
}

std::map<ItemId, std::int64_t> adjusted_by_item(const Sheet& sheet) {
  std::map<ItemId, std::int64_t> sums;
  for (const Adjustment& each : sheet.adjustments) {
    if (!each.item || each.undone_at) continue;
    std::int64_t& sum = sums[each.item];
    sum = checked_add(sum, each.amount_minor, "adjustments");
  }
  return sums;
}

std::int64_t initial_minor(const Card& card, const std::map<ItemId, std::int64_t>& adjusted) {
  const auto found = adjusted.find(card.item.id);
  return checked_subtract(card.share_minor(), found == adjusted.end() ? 0 : found->second,
                          "a card");
}

bool is_exclusion(MaterialAct act) {
  switch (act) {
    case MaterialAct::link:
    case MaterialAct::release:
    case MaterialAct::exclude:
    case MaterialAct::include:
    case MaterialAct::transfer:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::int64_t Card::share_minor() const {
  return sum_of(places, [](const Placed& placed) { return placed.share_minor; });
}
std::int64_t Card::update_row_minor() const {
  return sum_of(places, [](const Placed& placed) { return placed.update_row(); });
}
std::int64_t Card::report_minor() const {
  return sum_of(places, [](const Placed& placed) { return placed.report_price(); });
}

Card* find_card(Sheet& sheet, ItemId item) {
  const auto found = std::ranges::lower_bound(sheet.cards, item, {},
                                              [](const Card& card) { return card.item.id; });
  return found == sheet.cards.end() || found->item.id != item ? nullptr : &*found;
}

Line* find_line(Sheet& sheet, std::int64_t line) {
  const auto found = std::ranges::find(sheet.lines, line, &Line::line);
  return found == sheet.lines.end() ? nullptr : &*found;
}

std::vector<const Card*> cards_on(const Sheet& sheet, std::int64_t line) {
  std::vector<const Card*> cards;
  for (const Card& card : sheet.cards) {
    if (std::ranges::find(card.places, line, &Placed::line) != card.places.end())
      cards.push_back(&card);
  }
  return cards;
}

std::int64_t adjusted_minor(const Sheet& sheet, ItemId item) {
  std::int64_t sum = 0;
  for (const Adjustment& each : sheet.adjustments) {
    if (each.item == item && !each.undone_at)
      sum = checked_add(sum, each.amount_minor, "adjustments");
  }
  return sum;
}

std::int64_t initial_minor(const Sheet& sheet, const Card& card) {
  return checked_subtract(card.share_minor(), adjusted_minor(sheet, card.item.id), "a card");
}

std::int64_t initial_sum_minor(const Sheet& sheet) {
  std::int64_t sum = 0;
  const auto adjusted = adjusted_by_item(sheet);
  for (const Card& card : sheet.cards)
    sum = checked_add(sum, initial_minor(card, adjusted), "a summary");
  return sum;
}

std::int64_t excluded_minor(const Sheet& sheet, ItemId item) {
  std::int64_t sum = 0;
  for (const MaterialEvent& event : sheet.events) {
    if (event.item == item && is_exclusion(event.what))
      sum = checked_add(sum, event.amount_minor, "exclusions");
  }
  return sum;
}

std::int64_t add_line(Sheet& sheet, Line line) {
  for (const Line& each : sheet.lines) sheet.last_line = std::max(sheet.last_line, each.line);
  line.invoice = sheet.invoice.id;
  line.line = ++sheet.last_line;
  line.position = sheet.lines.empty() ? 1 : sheet.lines.back().position + 1;
  sheet.lines.push_back(std::move(line));
  return sheet.last_line;
}

std::vector<ItemId> remove_line(Sheet& sheet, std::int64_t line) {
  for (const Line& each : sheet.lines) sheet.last_line = std::max(sheet.last_line, each.line);
  std::erase_if(sheet.lines, [&](const Line& each) { return each.line == line; });
  std::vector<ItemId> orphans;
  for (Card& card : sheet.cards) {
    const std::int64_t share_minor = card.share_minor();
    const std::int64_t update_row_minor = card.update_row_minor();
    const bool priced = std::ranges::any_of(
        card.places, [](const Placed& placed) { return placed.update_row_minor.has_value(); });
    if (std::erase_if(card.places, [&](const Placed& placed) { return placed.line == line; }) == 0)
      continue;
    // The value stays on the card: on another of its lines, or on the place without one.
    if (card.places.empty()) {
      card.places.push_back({sheet.invoice.id, 0, card.item.id, 0, {}, {}});
      orphans.push_back(card.item.id);
    }
    Placed& kept = card.places.front();
    kept.share_minor = checked_add(kept.share_minor, share_minor - card.share_minor(), "a share");
    if (priced)
      kept.update_row_minor = checked_add(
          kept.update_row(), update_row_minor - card.update_row_minor(), "an update row");
  }
  return orphans;
}

Card take_off(Sheet& sheet, ItemId item, Instant at) {
  const auto found =
      std::ranges::find_if(sheet.cards, [&](const Card& card) { return card.item.id == item; });
  expect(found != sheet.cards.end(), "a card that is taken off is there");
  Card card = std::move(*found);
  sheet.cards.erase(found);
  for (Adjustment& each : sheet.adjustments) {
    if (each.item == item && !each.undone_at) each.undone_at = at;
  }
  return card;
}

void put_summary(Sheet& sheet) {
  Summary& summary = sheet.invoice.summary;
  summary.starting_minor = summary.milestones_minor = summary.exclusions_minor = 0;
  const auto adjusted = adjusted_by_item(sheet);
  for (const Card& card : sheet.cards) {
    std::int64_t& sum =
        card.item.kind == ItemKind::instalment ? summary.milestones_minor : summary.starting_minor;
    sum = checked_add(sum, initial_minor(card, adjusted), "a summary");
  }
  for (const MaterialEvent& event : sheet.events) {
    if (is_exclusion(event.what))
      summary.exclusions_minor =
          checked_add(summary.exclusions_minor, event.amount_minor, "exclusions");
  }
  summary.starting_minor =
      checked_add(summary.starting_minor, summary.exclusions_minor, "a summary");
}

void put_report_prices(Sheet& sheet, Decimal hours_per_day) {
  sheet.invoice.unallocated_minor = 0;
  std::vector<Placed*> places;
  std::vector<MatchedPlace> matched;
  const Worth worth(hours_per_day);
  for (Card& card : sheet.cards) {
    const Int128 weight = card.floats ? worth_of(card.item, worth) : 0;
    for (Placed& placed : card.places) {
      const std::int64_t price = card.gone ? placed.report_price() : placed.update_row();
      placed.report_minor.reset();
      places.push_back(&placed);
      matched.push_back({card.item.id, placed.line, card.floats && !card.gone, price, weight});
    }
  }
  if (!sheet.invoice.by_hand) return;
  std::vector<MatchedLine> lines;
  for (const Line& line : sheet.lines) {
    if (line.quantity) lines.push_back({line.line, line.amount_minor});
  }
  const ReportPrices prices = match_report_prices(lines, matched);
  for (std::size_t i = 0; i < places.size(); ++i) places[i]->report_minor = prices.minor[i];
  sheet.invoice.unallocated_minor = prices.unallocated_minor;
}

}  // namespace billctl
