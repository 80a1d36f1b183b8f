#include "pipeline/draft_join.hpp"

#include <algorithm>

#include "ledger/drafts.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "ledger/picked_taxes.hpp"
#include "pipeline/draft_lines.hpp"
#include "pipeline/draft_totals.hpp"
#include "pipeline/invoice_edit.hpp"
#include "pipeline/line_ids.hpp"

namespace billctl {
namespace {

/// The draft as it is before anything joins it.
struct Before {
  Invoice draft;
  std::vector<Line> lines;
  std::vector<Placed> placed;
  std::vector<PendingItem> items;
  std::int64_t last_line = 0;
  std::vector<PickedTax> picked = {};
};

/// Its own words first, then as the item's engagement, client and the config say.
DraftChoices choices_of(const Invoice& draft, const DraftChoices& asked) {
  DraftChoices choices = asked;
  if (!choices.projects) choices.projects = parse_project_grouping(draft.group_projects);
  if (!choices.hours) choices.hours = parse_group_hours(draft.group_hours);
  if (!choices.travel) choices.travel = parse_group_travel(draft.group_travel);
  if (!choices.annex) choices.annex = parse_annex(draft.annex);
  return choices;
}

bool was_touched(const Before& before, Drafts& drafts) {
  if (before.draft.by_hand || before.draft.summary.exclusions_minor != 0) return true;
  const auto by_hand = [](const Line& line) { return line.typed || line.worded; };
  if (std::ranges::any_of(before.lines, by_hand)) return true;
  const auto repriced = [](const Placed& placed) {
    return placed.line == 0 || placed.update_row_minor || placed.report_minor;
  };
  return std::ranges::any_of(before.placed, repriced) || drafts.is_adjusted(before.draft.id);
}

void put_words(ItemOptions& options, ClientId client, const std::vector<LineItem>& items,
               Invoice& draft) {
  std::optional<DraftWords> words;
  for (const LineItem& item : items) {
    const DraftWords its = words_of(options.of(item.engagement, client));
    words ? keep_common(*words, its) : void(words = its);
  }
  if (!words) return;
  draft.group_projects = words->projects;
  draft.group_hours = words->hours;
  draft.group_travel = words->travel;
  draft.annex = words->annex;
}

void widen(Invoice& draft, const std::vector<LineItem>& items) {
  for (const LineItem& item : items) draft.period = draft.period.widened(item.work_on);
}

void write(Drafts& drafts, const DraftRows& rows) {
  drafts.put_lines(rows.lines);
  drafts.put_placed(rows.placed);
  drafts.put_adjustments(rows.adjustments);
}

QuoteRows quote_rows_of(const Drafting& drafting, const Before& before) {
  return has_quote_rows(before.lines) ? QuoteRows::import : drafting.quote_rows();
}

void put_options(Drafting& drafting, const Before& before, ItemOptions& options, LineItem& item) {
  item.grouping = options.of(item.engagement, before.draft.client).grouping;
  drafting.settle_for(before.picked, item, before.draft.client);
}

/// The items of the draft as they are grouped now.
std::vector<LineItem> own_items(Drafting& drafting, const Before& before, ItemOptions& options) {
  std::vector<LineItem> items;
  for (PendingItem pending : before.items) {
    drafting.settle(pending, options.of(pending.item.engagement, pending.client));
    put_options(drafting, before, options, pending.item);
    items.push_back(pending.item);
  }
  return items;
}

/// Whether lines stand in another order than their items give them: somebody moved them.
bool was_moved(Drafting& drafting, const Before& before, ItemOptions& options) {
  const GroupingRules rules =
      rules_of(before.draft, drafting.session.config, drafting.request.split_by_rate);
  const Grouping grouping = worded_lines(drafting, own_items(drafting, before, options), rules,
                                         quote_rows_of(drafting, before));
  const auto ids = LineIds(before.lines, before.placed, before.last_line).of(grouping);
  return !std::ranges::equal(before.lines, ids, {}, &Line::line);
}

/// Everything anew.
DraftRows regrouped(Drafting& drafting, const Before& before, std::vector<LineItem> items,
                    ItemOptions& options) {
  DraftRows rows;
  rows.draft = before.draft;
  for (LineItem& own : own_items(drafting, before, options)) items.push_back(std::move(own));
  put_words(options, before.draft.client, items, rows.draft);
  widen(rows.draft, items);
  const GroupingRules rules =
      rules_of(rows.draft, drafting.session.config, drafting.request.split_by_rate);
  const Grouping grouping =
      worded_lines(drafting, std::move(items), rules, quote_rows_of(drafting, before));
  const auto ids = LineIds(before.lines, before.placed, before.last_line).of(grouping);
  put_rows(drafting, grouping, rows, [&](std::size_t i) { return ids[i]; });
  if (was_moved(drafting, before, options)) rows.lines = in_places(before.lines, rows.lines);
  rows.draft.summary = {};
  put_starting(grouping, rows.draft.summary);
  return rows;
}

/// The new items on lines of their own, behind what is there.
DraftRows appended(Drafting& drafting, const Before& before, std::vector<LineItem> items) {
  DraftRows rows;
  rows.draft = before.draft;
  widen(rows.draft, items);
  const GroupingRules rules =
      rules_of(rows.draft, drafting.session.config, drafting.request.split_by_rate);
  const Grouping grouping = worded_lines(drafting, std::move(items), rules, drafting.quote_rows());
  const auto ids = LineIds(before.lines, before.placed, before.last_line).of(grouping);
  std::int64_t position = 0;
  for (const Line& line : before.lines) position = std::max(position, line.position);
  put_rows(
      drafting, grouping, rows, [&](std::size_t i) { return ids[i]; }, position + 1);
  put_starting(grouping, rows.draft.summary);
  return rows;
}

}  // namespace

std::int64_t count_lines(Session& session, InvoiceId draft) {
  return static_cast<std::int64_t>(Invoices(session.ledger, session.tenant.id).lines(draft).size());
}

Invoice join_draft(Drafting& drafting, InvoiceId id, std::vector<LineItem> items) {
  Session& session = drafting.session;
  Invoices invoices(session.ledger, session.tenant.id);
  Drafts drafts(session.ledger, session.tenant.id);
  Before before{invoices.header(id), invoices.lines(id), invoices.placed(id),
                drafting.queue.on_invoice(id), Material(session.ledger).last_line(id)};
  if (const auto bill_by = drafting.request.choices.bill_by) before.draft.bill_by = *bill_by;

  before.picked = PickedTaxes(session.ledger).list(id);

  ItemOptions options(choices_of(before.draft, drafting.request.choices),
                      config_options(session.config), drafting.books);
  for (LineItem& item : items) put_options(drafting, before, options, item);

  DraftRows rows;
  if (was_touched(before, drafts)) {
    rows = appended(drafting, before, std::move(items));
  } else {
    rows = regrouped(drafting, before, std::move(items), options);
    drafts.clear(id);
  }
  write(drafts, rows);
  ++rows.draft.revision;
  if (rows.draft.by_hand) match_again(session, rows.draft);
  return store_totals(session, drafting.books, rows.draft);
}

}  // namespace billctl
