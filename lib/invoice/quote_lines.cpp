#include "invoice/quote_lines.hpp"

#include <vector>

namespace billctl {
namespace {

Decimal quantity_of(const QuoteRow& row) {
  const Decimal quantity = row.quantity.value_or(Decimal::from_integer(1));
  return row.unit_price->is_negative() ? -quantity : quantity;  // no price is negative
}

std::int64_t amount_of(const QuoteRow& row, const GroupingRules& rules) {
  return amount(quantity_of(row), row.unit_price->absolute(), rules.currency, rules.rounding)
      .minor();
}

bool adds_up(std::int64_t quote_minor, std::span<const QuoteRow> rows, const GroupingRules& rules) {
  std::int64_t sum = 0;
  bool any = false;
  for (const QuoteRow& row : rows) {
    if (!row.unit_price) continue;
    any = true;
    sum = checked_add(sum, amount_of(row, rules), "a quote");
  }
  return any && sum == quote_minor;
}

DraftLine text_line(const DraftLine& like, std::string description) {
  DraftLine line = like;
  line.shape = LineShape::text;
  line.kind = "text";
  line.count = 0;
  line.quantity.reset();
  line.unit.clear();
  line.unit_price.reset();
  line.allowance_minor = 0;
  line.amount_minor = 0;
  line.description = std::move(description);
  return line;
}

std::string in_words(const QuoteRow& row, const GroupingRules& rules) {
  std::string text = row.description;
  if (row.quantity)
    text += ", " + row.quantity->to_text() + (row.unit.empty() ? "" : " ") + row.unit;
  if (row.unit_price) text += " at " + row.unit_price->to_text(rules.currency.digits());
  return text;
}

/// The quote's item once more, with what this row is charged at.
DraftLine charged_line(Grouping& grouping, const DraftLine& quote, const QuoteRow& row,
                       const GroupingRules& rules) {
  DraftLine line = quote;
  line.first = grouping.items.size();
  line.count = 1;
  line.quantity = quantity_of(row);
  line.unit = row.unit.empty() ? "pcs" : row.unit;
  line.unit_price = row.unit_price->absolute();
  line.allowance_minor = 0;
  line.amount_minor = amount_of(row, rules);
  line.description = row.description;
  const LineItem item = grouping.items[quote.first];
  grouping.items.push_back(item);
  grouping.shares.push_back(line.amount_minor);
  if (!grouping.daily.empty()) grouping.daily.push_back(0);
  return line;
}

}  // namespace

std::size_t put_quote_rows(Grouping& grouping, std::size_t line, std::span<const QuoteRow> rows,
                           const GroupingRules& rules) {
  const DraftLine quote = grouping.lines[line];
  const bool charged = adds_up(quote.amount_minor, rows, rules);
  std::vector<DraftLine> below;
  for (const QuoteRow& row : rows) {
    if (charged && row.unit_price) {
      below.push_back(charged_line(grouping, quote, row, rules));
    } else {
      below.push_back(text_line(quote, in_words(row, rules)));
    }
  }
  if (charged) {
    DraftLine& heading = grouping.lines[line];
    heading = text_line(quote, quote.description);
    grouping.shares[quote.first] = 0;
  }
  grouping.lines.insert(grouping.lines.begin() + static_cast<std::ptrdiff_t>(line) + 1,
                        below.begin(), below.end());
  return below.size();
}

}  // namespace billctl
