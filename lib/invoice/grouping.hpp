// Grouping: which line an item goes on, and what each line is worth (spec/generate.md, "Which line
// an item goes on"; S1-18 to S1-30, X5).
//
// No line ever mixes prices: 2 h at 80.00 and 3 h at 95.00 of one job type are two lines. A lump
// sum has quantity 1 pcs and as its price what those lines would have come to. Each line's amount
// is shared over its items to the cent, so the shares of a line add up to it (arithmetic.md 7).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "invoice/line_item.hpp"
#include "invoice/options.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "money/rounding.hpp"
#include "money/worth.hpp"
#include "work/books.hpp"

namespace billctl {

/// What one invoice rounds and groups by; all its lines are of one currency.
struct GroupingRules {
  Currency currency = Currency::none();
  Rounding rounding = Rounding::half_away;
  RoundingMode mode = RoundingMode::line;
  int quantity_decimals = 4;
  Decimal hours_per_day = Decimal::from_integer(8);  ///< the tenant's
  bool split_by_rate = false;                        ///< total hours: a line for each rate (X5)
  BillBy bill_by = BillBy::hour;
  Decimal day_step = Decimal::from_integer(1);  ///< 1 or 0.5
};

/// What a line stands for, which decides its text. The place of a line on the invoice goes by its
/// block, not by this.
enum class LineShape : std::uint8_t {
  employee,
  employee_jobtype,
  jobtype,
  total_hours,
  lump_sum,
  entry,
  entry_anonymous,
  employee_entry,
  travel_all,         ///< mileage, travel time, allowances and expenses in one
  travel_kind,        ///< one kind of travel at one price
  allowance_mileage,  ///< mileage, travel time and allowances in one
  goods,              ///< one product
  own,                ///< one item: an expense, bill, instalment or quote
  text,               ///< no amount and no items: a description row of a quote, or its heading
};

struct DraftLine {
  std::size_t first = 0;  ///< its items are items[first, first + count)
  std::size_t count = 0;
  LineShape shape = LineShape::own;
  std::string_view kind;  ///< as in Line::kind
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> unit_price;
  std::int64_t allowance_minor = 0;
  std::int64_t amount_minor = 0;  ///< quantity x unit_price, rounded once, + allowance
  std::uint32_t treatment = 0;
  ProjectId project;  ///< none when projects are not kept apart
  TaskId task;
  std::optional<Date> first_on, last_on;
  std::string description;  ///< filled by line_text.hpp
};

/// The lines of one invoice in their order, with the items behind them.
struct Grouping {
  std::vector<LineItem> items;       ///< those of a line stand together, by kind, price and id
  std::vector<std::int64_t> shares;  ///< minor units, by item; they add up to each line's amount
  std::vector<std::int64_t> daily;   ///< of that share, what day billing put on it; empty: none
  std::vector<DraftLine> lines;
};

/// Groups the items of one invoice.
/// @throws Error{several_rates} when items to be shown as total hours have more than one unit or
/// price within one project and tax treatment, with the rates; {failed} when an amount does not
/// fit.
Grouping group_lines(std::vector<LineItem> items, const GroupingRules& rules, const Books& books);

/// The quantity that a line of these measures prints, rounded by the invoice's own rule.
Decimal printed_quantity(const LineItem& like, std::int64_t measure, const GroupingRules& rules);

/// Unrounded quantity x price on the scale of money/worth.hpp: what an item weighs in its line.
Int128 worth_of(const LineItem& item, const Worth& worth);

/// A rate as a message says it: "80.00/hour".
std::string rate_text(Decimal unit_price, UnitWord unit, Currency currency);

}  // namespace billctl
