#include "pipeline/remake_lines.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/picked_taxes.hpp"
#include "pipeline/draft_lines.hpp"
#include "pipeline/drafting.hpp"
#include "pipeline/line_ids.hpp"

namespace billctl {
namespace {

bool is_typed_line(const Sheet& sheet, std::int64_t line) {
  const auto found = std::ranges::find(sheet.lines, line, &Line::line);
  return found != sheet.lines.end() && found->typed;
}

/// Its last event says that it joined, and no line was made for it yet.
bool wants_line(const Sheet& sheet, const Card& card, Remake which) {
  if (!card.is_orphan()) return false;
  for (auto event = sheet.events.rbegin(); event != sheet.events.rend(); ++event) {
    if (event->item != card.item.id) continue;
    if (event->what == MaterialAct::include) return true;
    if (event->what == MaterialAct::link) return which == Remake::all;
    if (event->what == MaterialAct::orphan) return false;
  }
  return false;
}

/// The price that an adjustment set last.
std::optional<Decimal> live_price(const Sheet& sheet, ItemId item) {
  for (auto each = sheet.adjustments.rbegin(); each != sheet.adjustments.rend(); ++each)
    if (each->item == item && !each->undone_at && each->unit_price) return each->unit_price;
  return std::nullopt;
}

/// The live adjustments that are amounts, not prices and not day billing.
std::int64_t written_minor(const Sheet& sheet, ItemId item) {
  std::int64_t sum = 0;
  for (const Adjustment& each : sheet.adjustments) {
    if (each.item != item || each.undone_at || each.unit_price ||
        each.kind == AdjustmentKind::daily)
      continue;
    sum = checked_add(sum, each.amount_minor, "adjustments");
  }
  return sum;
}

DraftChoices choices_of(const Invoice& draft) {
  DraftChoices choices;
  choices.projects = parse_project_grouping(draft.group_projects);
  choices.hours = parse_group_hours(draft.group_hours);
  choices.travel = parse_group_travel(draft.group_travel);
  choices.annex = parse_annex(draft.annex);
  return choices;
}

class Remaking {
 public:
  Remaking(InvoiceEdit& edit, Remake which)
      : edit_(edit),
        which_(which),
        sheet_(edit.sheet()),
        drafting_(edit.session(), request_, edit.books()),
        options_(choices_of(sheet_.invoice), config_options(edit.session().config), edit.books()) {
    picked_ = PickedTaxes(edit.session().ledger).list(sheet_.invoice.id);
    items_before_ = items_by_line();
    for (const Card& card : sheet_.cards) {
      if (!is_remade(sheet_, card, which)) continue;
      const std::int64_t initial = initial_minor(sheet_, card);
      initial_[card.item.id] = initial;
      if (card.is_orphan()) {
        fresh_.insert(card.item.id);
      } else if (card.item.kind != ItemKind::instalment) {
        initial_before_ = checked_add(initial_before_, initial, "a summary");
      }
    }
  }

  std::int64_t run() {
    const DraftRows rows = grouped(quote_rows());
    drop_old_lines();
    put_cards(rows);
    put_lines(rows);
    price_adjustments();
    return initial_after() - initial_before_;
  }

 private:
  using ItemsOfLines = std::map<std::int64_t, std::set<ItemId>>;

  bool remade(ItemId item) const { return initial_.count(item) != 0; }

  /// As the quotes on it stand; as the config says when there is none yet.
  QuoteRows quote_rows() const {
    if (has_quote_rows(sheet_.lines)) return QuoteRows::import;
    const bool has_quote = std::ranges::any_of(sheet_.cards, [&](const Card& card) {
      return card.item.kind == ItemKind::quote && !fresh_.contains(card.item.id);
    });
    return has_quote ? QuoteRows::none : drafting_.quote_rows();
  }

  ItemsOfLines items_by_line() const {
    ItemsOfLines items;
    for (const Card& card : sheet_.cards)
      for (const Placed& placed : card.places) items[placed.line].insert(card.item.id);
    return items;
  }

  DraftRows grouped(QuoteRows quote_rows) {
    std::vector<LineItem> items;
    std::vector<Placed> placed;
    for (const Card& card : sheet_.cards) {
      if (!remade(card.item.id)) continue;
      PendingItem pending;
      pending.item = card.item;
      pending.client = sheet_.invoice.client;
      pending.currency = sheet_.invoice.currency;
      if (const auto price = live_price(sheet_, card.item.id)) pending.item.unit_price = *price;
      drafting_.settle(pending, options_.of(pending.item.engagement, pending.client));
      drafting_.settle_for(picked_, pending.item, pending.client);
      items.push_back(pending.item);
      placed.insert(placed.end(), card.places.begin(), card.places.end());
    }
    DraftRows rows;
    rows.draft = sheet_.invoice;
    if (items.empty()) return rows;
    const GroupingRules rules = rules_of(sheet_.invoice, edit_.session().config, true);
    const Grouping grouping = worded_lines(drafting_, std::move(items), rules, quote_rows);
    const auto ids = LineIds(sheet_.lines, placed, sheet_.last_line).of(grouping);
    put_rows(drafting_, grouping, rows, [&](std::size_t i) { return ids[i]; });
    for (const std::int64_t id : ids) sheet_.last_line = std::max(sheet_.last_line, id);
    return rows;
  }

  /// Lines of items that are remade, or that no item stands behind any more.
  void drop_old_lines() {
    old_lines_ = sheet_.lines;
    std::map<std::int64_t, bool> keeps;
    for (const Card& card : sheet_.cards)
      for (const Placed& placed : card.places)
        if (!remade(card.item.id)) keeps[placed.line] = true;
    std::map<std::int64_t, bool> was_remade;
    for (const Card& card : sheet_.cards)
      for (const Placed& placed : card.places)
        if (remade(card.item.id)) was_remade[placed.line] = true;
    std::erase_if(sheet_.lines, [&](const Line& line) {
      return (!line.typed || was_remade[line.line]) && !keeps[line.line];
    });
  }

  void put_cards(const DraftRows& rows) {
    for (Card& card : sheet_.cards) {
      if (!remade(card.item.id)) continue;
      if (which_ == Remake::untouched && card.places.size() == 1)
        update_rows_[card.item.id] = card.places.front().update_row_minor;
      card.places.clear();
    }
    for (const Placed& placed : rows.placed)
      find_card(sheet_, placed.item)->places.push_back(placed);
    for (const auto& [item, update_row] : update_rows_)
      if (Card* card = find_card(sheet_, item); card->places.size() == 1)
        card->places.front().update_row_minor = update_row;
    std::vector<Adjustment> daily = rows.adjustments;
    std::erase_if(sheet_.adjustments, [&](const Adjustment& each) {
      if (each.kind != AdjustmentKind::daily || !remade(each.item)) return false;
      const auto same = std::ranges::find_if(daily, [&](const Adjustment& now) {
        return now.item == each.item && now.line == each.line &&
               now.amount_minor == each.amount_minor;
      });
      if (same == daily.end() || each.undone_at) return true;
      daily.erase(same);  // it stays as it was told
      return false;
    });
    sheet_.adjustments.insert(sheet_.adjustments.end(), daily.begin(), daily.end());
  }

  /// Amounts written up or down stand on the item's line as an allowance or a charge.
  std::int64_t write_on(const Line& line) {
    std::int64_t sum = 0;
    for (Card& card : sheet_.cards) {
      if (!remade(card.item.id) || card.places.front().line != line.line) continue;
      const std::int64_t written = written_minor(sheet_, card.item.id);
      card.places.front().share_minor =
          checked_add(card.places.front().share_minor, written, "a share");
      sum = checked_add(sum, written, "an allowance");
      for (Adjustment& each : sheet_.adjustments)
        if (each.item == card.item.id && !each.undone_at) each.line = line.line;
    }
    return sum;
  }

  void put_lines(const DraftRows& rows) {
    std::vector<Line> made = rows.lines;
    for (Line& line : made) {
      if (!line.quantity) continue;
      const std::int64_t written = write_on(line);
      line.allowance_minor = checked_add(line.allowance_minor, written, "an allowance");
      line.amount_minor = checked_add(line.amount_minor, written, "a line amount");
    }
    const ItemsOfLines items = items_by_line();
    for (Line& line : made) {
      const auto old = std::ranges::find(old_lines_, line.line, &Line::line);
      if (old != old_lines_.end()) keep_words(*old, items, line);
    }
    sheet_.lines = in_places(old_lines_, made, sheet_.lines);
  }

  /// A job words its lines in its own way, so the text stays where the items do.
  void keep_words(const Line& old, const ItemsOfLines& items, Line& line) const {
    const auto of = [&](const ItemsOfLines& lines) {
      const auto found = lines.find(line.line);
      return found == lines.end() ? std::set<ItemId>() : found->second;
    };
    if (!old.worded && (old.typed || of(items_before_) != of(items))) return;
    // A quote goes over from its rows to a line of its own once its price is another.
    if (!old.worded && old.kind == word(ItemKind::quote) && old.unit_price != line.unit_price)
      return;
    line.description = old.description;
    line.worded = old.worded;
  }

  /// What a priced card is worth now, less its initial value, is what its price adjusted.
  void price_adjustments() {
    for (Card& card : sheet_.cards) {
      if (!remade(card.item.id) || card.item.kind == ItemKind::instalment ||
          !live_price(sheet_, card.item.id))
        continue;
      const std::int64_t now = initial_minor(sheet_, card);
      const std::int64_t by = checked_subtract(now, initial_[card.item.id], "an adjustment");
      for (auto each = sheet_.adjustments.rbegin(); each != sheet_.adjustments.rend(); ++each) {
        if (each->item != card.item.id || each->undone_at || !each->unit_price) continue;
        each->amount_minor = checked_add(each->amount_minor, by, "an adjustment");
        break;
      }
    }
  }

  std::int64_t initial_after() const {
    std::int64_t sum = 0;
    for (const Card& card : sheet_.cards) {
      if (!remade(card.item.id) || fresh_.contains(card.item.id) ||
          card.item.kind == ItemKind::instalment)
        continue;
      sum = checked_add(sum, initial_minor(sheet_, card), "a summary");
    }
    return sum;
  }

  InvoiceEdit& edit_;
  Remake which_;
  Sheet& sheet_;
  GenerateRequest request_;
  Drafting drafting_;
  ItemOptions options_;
  /// Update rows priced by hand, of cards that keep one place.
  std::map<ItemId, std::optional<std::int64_t>> update_rows_;
  std::map<ItemId, std::int64_t> initial_;  ///< of the cards that are remade, as they were
  std::set<ItemId> fresh_;                  ///< of these, those that had no line
  ItemsOfLines items_before_;
  std::int64_t initial_before_ = 0;
  std::vector<Line> old_lines_;
  std::vector<PickedTax> picked_;
};

}  // namespace

bool is_remade(const Sheet& sheet, const Card& card, Remake which) {
  if (card.is_orphan()) return wants_line(sheet, card, which);
  if (which == Remake::all) return true;
  return std::ranges::none_of(
      card.places, [&](const Placed& placed) { return is_typed_line(sheet, placed.line); });
}

std::int64_t remake_lines(InvoiceEdit& edit, Remake which) {
  return Remaking(edit, which).run();
}

}  // namespace billctl
