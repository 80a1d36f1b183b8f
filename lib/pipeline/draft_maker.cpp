#include "pipeline/draft_maker.hpp"

#include <algorithm>
#include <set>

#include "invoice/totals.hpp"
#include "ledger/series.hpp"

namespace billctl {
namespace {

/// The engagements of the items, each once. What they all say alike is the invoice's.
std::vector<const Engagement*> engagements_of(const Books& books,
                                              const std::vector<LineItem>& items) {
  std::set<EngagementId> ids;
  for (const LineItem& item : items)
    if (item.engagement && (ids.empty() || *ids.rbegin() != item.engagement))
      ids.insert(item.engagement);
  std::vector<const Engagement*> engagements;
  for (const EngagementId id : ids) engagements.push_back(&books.engagements.at(id));
  return engagements;
}

/// The word of that field that all have in common; empty when they differ or there is none.
std::string agreed(const std::vector<const Engagement*>& engagements,
                   const std::string Engagement::*field) {
  if (engagements.empty()) return "";
  const std::string& first = engagements.front()->*field;
  const bool all = std::ranges::all_of(
      engagements, [&](const Engagement* engagement) { return engagement->*field == first; });
  return all ? first : "";
}

std::string agreed_po_number(const Books& books, const std::vector<LineItem>& items) {
  const std::string* number = nullptr;
  std::pair<ProjectId, EngagementId> last;
  for (const LineItem& item : items) {
    const std::pair from(item.project, item.engagement);
    if (number != nullptr && from == last) continue;
    last = from;
    const std::string& its = po_number_of(books, item.project, item.engagement);
    if (number != nullptr && *number != its) return "";
    number = &its;
  }
  return number == nullptr ? "" : *number;
}

BillBy bill_by_of(const Drafting& drafting, const Client& client,
                  const std::vector<const Engagement*>& engagements) {
  if (const auto choice = drafting.request.choices.bill_by) return *choice;
  for (const std::string& text : {agreed(engagements, &Engagement::bill_by), client.bill_by})
    if (const auto value = parse_bill_by(text)) return *value;
  return drafting.session.config.invoice.bill_by;
}

void put_terms(const Drafting& drafting, const Client& client, Invoice& draft,
               const std::vector<const Engagement*>& engagements) {
  draft.cost_centre = agreed(engagements, &Engagement::cost_centre);
  draft.terms = agreed(engagements, &Engagement::terms);
  if (draft.terms.empty()) draft.terms = client.payment_terms;
  if (draft.terms.empty()) draft.terms = drafting.session.config.invoice.terms;
}

Period period_of(const Drafting& drafting, const std::vector<LineItem>& items) {
  const auto [first, last] = std::ranges::minmax_element(items, {}, &LineItem::work_on);
  const Period of_items = Period::from_to(first->work_on, last->work_on);
  const auto asked = drafting.asked_period();
  return asked ? asked->widened(of_items.first()).widened(of_items.last()) : of_items;
}

void put_common_words(Drafting& drafting, ClientId client, const std::vector<LineItem>& items,
                      Invoice& draft) {
  std::optional<DraftWords> words;
  std::optional<EngagementId> last;
  for (const LineItem& item : items) {
    if (last == item.engagement) continue;
    last = item.engagement;
    const DraftWords its = words_of(drafting.options.of(item.engagement, client));
    words ? keep_common(*words, its) : void(words = its);
  }
  draft.group_projects = words->projects;
  draft.group_hours = words->hours;
  draft.group_travel = words->travel;
  draft.annex = words->annex;
}

Invoice header_of(Drafting& drafting, const InvoiceKey& key, const std::vector<LineItem>& items) {
  const Client& client = drafting.books.clients.at(key.client);
  const MoneySettings& money = drafting.session.config.money;
  const auto engagements = engagements_of(drafting.books, items);
  Invoice draft;
  draft.client = key.client;
  draft.bill_to = key.bill_to;
  draft.currency = key.currency;
  draft.scope = key.scope;
  draft.engagement = key.engagement;
  draft.project = key.project;
  draft.title = drafting.request.title;
  draft.subtitle = drafting.request.subtitle;
  draft.job = drafting.request.job;
  draft.po_number = agreed_po_number(drafting.books, items);
  put_terms(drafting, client, draft, engagements);
  draft.period = period_of(drafting, items);
  draft.rounding = money.rounding;
  draft.rounding_mode = parse_rounding_mode(client.rounding_mode).value_or(money.mode);
  draft.quantity_decimals = money.quantity_decimals;
  draft.bill_by = bill_by_of(drafting, client, engagements);
  put_common_words(drafting, key.client, items, draft);
  draft.created_at = drafting.session.now;
  return draft;
}

void put_totals(const Drafting& drafting, const Grouping& grouping, DraftRows& rows) {
  std::vector<TaxedAmount> amounts;
  for (const DraftLine& line : grouping.lines) {
    if (!line.quantity) continue;
    amounts.push_back({drafting.treatments.at(line.treatment).taxes,
                       Money(line.amount_minor, rows.draft.currency)});
  }
  TotalsInput input;
  input.currency = rows.draft.currency;
  input.rounding = rows.draft.rounding;
  input.lines = amounts;
  input.starting_minor = rows.draft.summary.starting_minor;
  input.milestones_minor = rows.draft.summary.milestones_minor;
  Totals totals = totals_of(input);
  rows.draft.amounts = totals.amounts;
  rows.draft.summary = totals.summary;
  rows.taxes = std::move(totals.taxes);
}

template <class Record>
std::string name_in(const Register<Record>& records, typename Register<Record>::IdType id) {
  const Record* record = records.find(id);
  return record == nullptr ? "" : record->name;
}

[[noreturn]] void exceed(const std::string& seen, const std::string& allowed) {
  throw Error(Reason::bound_exceeded, seen + ", " + allowed,
              "raise it under [bounds] when this is right, or take less at a time");
}

/// Whether the total is over `times` the median, without dividing: 2 x median is a whole number.
bool is_over_usual(std::int64_t total_minor, Decimal times,
                   const std::vector<std::int64_t>& usual) {
  const std::size_t middle = usual.size() / 2;
  const Int128 two_medians =
      usual.size() % 2 == 1 ? Int128{usual[middle]} * 2 : Int128{usual[middle - 1]} + usual[middle];
  return Int128{total_minor} * 2 * Decimal::kOne >
         checked_multiply(two_medians, Int128{times.micro()}, "the usual invoice");
}

}  // namespace

std::string take_draft_number(Session& session) {
  const Config& config = session.config;
  const Series& series = config.numbering.draft;
  const SeriesKey key{"draft", series_year(series.format.counting_year(
                                   session.today, config.tenant.fiscal_year_start))};
  const std::int64_t n = SeriesTable(session.ledger, session.tenant.id).take(key, series.first);
  return config.number(series, n, session.today);
}

DraftRows make_draft(Drafting& drafting, const InvoiceKey& key, std::vector<LineItem> items) {
  DraftRows rows;
  rows.draft = header_of(drafting, key, items);
  const GroupingRules rules =
      rules_of(rows.draft, drafting.session.config, drafting.request.split_by_rate);
  const Grouping grouping = worded_lines(drafting, std::move(items), rules, drafting.quote_rows());
  put_starting(grouping, rows.draft.summary);
  put_rows(drafting, grouping, rows,
           [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; });
  put_totals(drafting, grouping, rows);
  return rows;
}

void put_identity(const Drafting& drafting, DraftRows& rows, InvoiceId id,
                  const std::string& draft_number) {
  Invoice& draft = rows.draft;
  const Books& books = drafting.books;
  draft.id = id;
  draft.draft_number = draft_number;
  TemplateValues values = period_values(draft.period);
  values["client"] = books.clients.at(draft.client).name;
  values["project"] = name_in(books.projects, draft.project);
  values["engagement"] = name_in(books.engagements, draft.engagement);
  values["po"] = draft.po_number;
  values["title"] = draft.title;
  values["number"] = draft_number;
  draft.name = drafting.session.config.invoice.name.render(values);
  for (Line& line : rows.lines) line.invoice = id;
  for (Placed& placed : rows.placed) placed.invoice = id;
  for (Adjustment& adjustment : rows.adjustments) adjustment.invoice = id;
}

void require_bounds(const BoundSettings& bounds, const Invoice& draft, std::int64_t lines,
                    const std::vector<std::int64_t>& usual) {
  if (bounds.lines_max && lines > *bounds.lines_max)
    exceed(std::to_string(lines) + " lines", "lines_max is " + std::to_string(*bounds.lines_max));
  const Money total(draft.amounts.excl_tax_minor, draft.currency);
  const std::string seen = total.to_text() + " " + std::string(draft.currency.code());
  const auto most = bounds.total_max.find(draft.currency);
  if (most != bounds.total_max.end() && most->second < total)
    exceed(seen, "total_max is " + most->second.to_text());
  if (bounds.times_usual && !usual.empty() &&
      is_over_usual(total.minor(), *bounds.times_usual, usual))
    exceed(seen, "more than times_usual " + bounds.times_usual->to_text() +
                     " times the client's median invoice");
}

}  // namespace billctl
