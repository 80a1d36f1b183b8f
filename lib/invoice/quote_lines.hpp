// Quote lines: a quote's description rows under its line (S1-30).
#pragma once

#include <optional>
#include <span>
#include <string>

#include "invoice/grouping.hpp"

namespace billctl {

/// A description row of a quote entry.
struct QuoteRow {
  std::string description;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> unit_price;
};

/// Puts the rows of a quote behind its line. They carry no amount and say their quantity and price
/// in words; but where the prices of the rows add up to the quote exactly, the rows are charged and
/// its own line becomes their heading: 2 x 300.00 and 400.00 under a quote of 1000.00.
/// @param line the quote's, an index into grouping.lines.
/// @return how many lines were put in.
std::size_t put_quote_rows(Grouping& grouping, std::size_t line, std::span<const QuoteRow> rows,
                           const GroupingRules& rules);

}  // namespace billctl
