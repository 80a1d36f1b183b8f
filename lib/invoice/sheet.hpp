// Sheet: an invoice as the biller has it on the desk: its lines, the items behind them (cards),
// what was adjusted and what happened to them. Values and rules only; pipeline/invoice_edit.hpp
// reads and writes it.
//
// Three figures hold at every moment: starting + adjustments - exclusions + milestones = lines
// (S4-30); the live adjustments add up to the summary's; report prices + unallocated = lines (X4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "invoice/adjustment.hpp"
#include "invoice/invoice.hpp"
#include "invoice/line_item.hpp"
#include "invoice/material_event.hpp"
#include "money/decimal.hpp"

namespace billctl {

/// An item on the invoice. A quote that is charged by its rows has a place on each of their lines.
struct Card {
  LineItem item;
  std::string entry_ref;
  bool floats = false;            ///< hours priced otherwise than contractual: X4 prices them
  bool gone = false;              ///< credit notes took it off: what it was charged at stays
  std::int64_t total0_minor = 0;  ///< quantity x project price, rounded (S1-31)
  std::vector<Placed> places;     ///< one with line 0: it has no line

  std::int64_t share_minor() const;
  std::int64_t update_row_minor() const;
  std::int64_t report_minor() const;
  bool is_orphan() const { return places.size() == 1 && places.front().line == 0; }
};

struct Sheet {
  Invoice invoice;
  std::vector<Line> lines;              ///< by position
  std::vector<Card> cards;              ///< by item
  std::vector<Adjustment> adjustments;  ///< also those undone; id 0: new
  std::vector<MaterialEvent> events;    ///< oldest first
  std::int64_t last_line = 0;           ///< the highest id that a line ever had
};

Card* find_card(Sheet& sheet, ItemId item);
Line* find_line(Sheet& sheet, std::int64_t line);
/// The cards with a place on that line; 0: the orphans.
std::vector<const Card*> cards_on(const Sheet& sheet, std::int64_t line);

/// The live adjustments on the item.
std::int64_t adjusted_minor(const Sheet& sheet, ItemId item);
/// What the card is worth without its adjustments (S4-24).
std::int64_t initial_minor(const Sheet& sheet, const Card& card);
/// The initial values of all cards, instalments too.
std::int64_t initial_sum_minor(const Sheet& sheet);
/// What exclusions hold of that item: 0 once it came back.
std::int64_t excluded_minor(const Sheet& sheet, ItemId item);

/// Appends a line with an id of its own at the end. @returns the id, never one that was used.
std::int64_t add_line(Sheet& sheet, Line line);
/// Takes a line off; its cards stay linked as orphans (S1-43). @returns their items.
std::vector<ItemId> remove_line(Sheet& sheet, std::int64_t line);
/// Takes a card off with its live adjustments, which are undone; lines stay as they are.
Card take_off(Sheet& sheet, ItemId item, Instant at);

/// Starting, exclusions and milestones by the cards and events; the rest of the summary follows
/// from the lines (totals.hpp).
void put_summary(Sheet& sheet);
/// Sets report prices and what is unallocated: by X4 once a line or link was changed by hand, until
/// then the shares.
void put_report_prices(Sheet& sheet, Decimal hours_per_day);

}  // namespace billctl
