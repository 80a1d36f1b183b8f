#include "pipeline/draft_lines.hpp"

#include <algorithm>

#include "invoice/line_text.hpp"
#include "invoice/quote_lines.hpp"

namespace billctl {
namespace {

void refuse_failures(const Drafting& drafting, const std::vector<LineItem>& items) {
  for (const LineItem& item : items) {
    const auto& failure = drafting.treatments.at(item.treatment).failure;
    if (failure)
      throw Error(failure->code, failure->detail,
                  "see [tax.*] and the taxes of client and product");
  }
}

bool is_single_time(LineShape shape) {
  return shape == LineShape::entry || shape == LineShape::entry_anonymous ||
         shape == LineShape::employee_entry;
}

void put_text(Drafting& drafting, const Grouping& grouping, DraftLine& line) {
  const std::span<const LineItem> items(&grouping.items[line.first], line.count);
  if (!tells_of_entry(line.shape)) {
    line.description = line_text(line, items, "", drafting.books);
    return;
  }
  const EntryWords words = drafting.queue.words(items.front().entry);
  const auto& own_text = drafting.request.entry_text;
  line.description = own_text && is_single_time(line.shape)
                         ? own_text(items.front(), words)
                         : line_text(line, items, words.description, drafting.books);
}

void import_quotes(Drafting& drafting, Grouping& grouping, const GroupingRules& rules) {
  for (std::size_t i = 0; i < grouping.lines.size(); ++i) {
    if (grouping.lines[i].kind != word(ItemKind::quote)) continue;
    const EntryId entry = grouping.items[grouping.lines[i].first].entry;
    i += put_quote_rows(grouping, i, drafting.queue.quote_rows(entry), rules);
  }
}

Line row_of(const Drafting& drafting, const DraftLine& line, InvoiceId draft) {
  Line row;
  row.invoice = draft;
  row.kind = line.kind;
  row.description = line.description;
  row.quantity = line.quantity;
  row.unit = line.unit;
  row.unit_price = line.unit_price;
  row.allowance_minor = line.allowance_minor;
  row.amount_minor = line.amount_minor;
  if (line.quantity) row.tax = drafting.treatments.at(line.treatment).codes;
  row.project = line.project;
  row.task = line.task;
  row.first_on = line.first_on;
  row.last_on = line.last_on;
  return row;
}

Adjustment daily_adjustment(const Drafting& drafting, const Placed& placed, std::int64_t minor) {
  Adjustment adjustment;
  adjustment.invoice = placed.invoice;
  adjustment.item = placed.item;
  adjustment.line = placed.line;
  adjustment.kind = AdjustmentKind::daily;
  adjustment.amount_minor = minor;
  adjustment.reason = "billed by the day";
  adjustment.at = drafting.session.now;
  adjustment.actor = drafting.session.actor.code;
  return adjustment;
}

}  // namespace

GroupingRules rules_of(const Invoice& draft, const Config& config, bool split_by_rate) {
  GroupingRules rules;
  rules.currency = draft.currency;
  rules.rounding = draft.rounding;
  rules.mode = draft.rounding_mode;
  rules.quantity_decimals = draft.quantity_decimals;
  rules.hours_per_day = config.money.hours_per_day;
  rules.split_by_rate = split_by_rate;
  rules.bill_by = draft.bill_by;
  rules.day_step = config.invoice.day_step;
  return rules;
}

Grouping worded_lines(Drafting& drafting, std::vector<LineItem> items, const GroupingRules& rules,
                      QuoteRows quote_rows) {
  refuse_failures(drafting, items);
  drafting.read_tasks(items);
  Grouping grouping = group_lines(std::move(items), rules, drafting.books);
  for (DraftLine& line : grouping.lines) put_text(drafting, grouping, line);
  if (quote_rows == QuoteRows::import) import_quotes(drafting, grouping, rules);
  return grouping;
}

bool has_quote_rows(const std::vector<Line>& lines) {
  return std::ranges::any_of(lines,
                             [](const Line& line) { return line.kind == "text" && !line.typed; });
}

void put_rows(const Drafting& drafting, const Grouping& grouping, DraftRows& rows,
              const std::function<std::int64_t(std::size_t)>& line_id, std::int64_t position) {
  for (std::size_t i = 0; i < grouping.lines.size(); ++i) {
    const DraftLine& line = grouping.lines[i];
    Line& row = rows.lines.emplace_back(row_of(drafting, line, rows.draft.id));
    row.line = line_id(i);
    row.position = position++;
    const std::size_t first_placed = rows.placed.size();
    for (std::size_t at = line.first; at < line.first + line.count; ++at) {
      Placed placed;
      placed.invoice = rows.draft.id;
      placed.line = row.line;
      placed.item = grouping.items[at].id;
      placed.share_minor = grouping.shares[at];
      rows.placed.push_back(placed);
      if (!grouping.daily.empty() && grouping.daily[at] != 0)
        rows.adjustments.push_back(daily_adjustment(drafting, placed, grouping.daily[at]));
    }
    std::sort(rows.placed.begin() + static_cast<std::ptrdiff_t>(first_placed), rows.placed.end(),
              [](const Placed& a, const Placed& b) { return a.item < b.item; });
  }
}

void put_starting(const Grouping& grouping, Summary& summary) {
  for (const DraftLine& line : grouping.lines) {
    for (std::size_t at = line.first; at < line.first + line.count; ++at) {
      const std::int64_t daily = grouping.daily.empty() ? 0 : grouping.daily[at];
      const bool instalment = grouping.items[at].kind == ItemKind::instalment;
      std::int64_t& sum = instalment ? summary.milestones_minor : summary.starting_minor;
      sum = checked_add(sum, checked_subtract(grouping.shares[at], daily, "a share"), "a summary");
    }
  }
}

}  // namespace billctl
