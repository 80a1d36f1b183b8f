// Draft lines: the lines of a draft made of its items, with their texts and as the ledger's rows.
// New drafts and those that are joined make them in the same way.
#pragma once

#include <functional>
#include <vector>

#include "invoice/adjustment.hpp"
#include "invoice/grouping.hpp"
#include "invoice/invoice.hpp"
#include "pipeline/drafting.hpp"

namespace billctl {

/// What a draft rounds and groups by: its own copy for ever, but for the length of a day.
GroupingRules rules_of(const Invoice& draft, const Config& config, bool split_by_rate);

/// Groups the items, puts in the rows of quotes and writes the texts.
/// @throws Error{several_rates}, and what a tax treatment fails by: {tax_invalid},
/// {too_many_taxes}.
Grouping worded_lines(Drafting& drafting, std::vector<LineItem> items, const GroupingRules& rules,
                      QuoteRows quote_rows);

/// Whether a quote stands on these lines by its description rows.
bool has_quote_rows(const std::vector<Line>& lines);

struct DraftRows {
  Invoice draft;
  std::vector<Line> lines;
  std::vector<Placed> placed;
  std::vector<TaxRow> taxes;
  std::vector<Adjustment> adjustments;
};

/// Fills lines, links and daily adjustments. `line_id(i)` is the id of line i, `position` the place
/// of the first.
void put_rows(const Drafting& drafting, const Grouping& grouping, DraftRows& rows,
              const std::function<std::int64_t(std::size_t)>& line_id, std::int64_t position = 1);

/// What the items come to: instalments as milestones, all else as starting amount, without what day
/// billing put on it.
void put_starting(const Grouping& grouping, Summary& summary);

}  // namespace billctl
