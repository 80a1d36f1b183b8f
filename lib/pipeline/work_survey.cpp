#include "pipeline/work_survey.hpp"

#include <algorithm>
#include <map>

#include "billable/pricing.hpp"
#include "ledger/books_table.hpp"
#include "ledger/codes.hpp"
#include "ledger/work_entries.hpp"

namespace billctl {
namespace {

/// Confirmed work that will not be billed as things are (pricing.md 1, tests 4 and 5).
bool is_unbillable(Reason reason) {
  return reason == Reason::task_not_billable || reason == Reason::project_not_billable ||
         reason == Reason::entry_nonbillable || reason == Reason::worktype_off ||
         reason == Reason::kind_off || reason == Reason::before_from_date;
}

/// Billable work that compile can't price: a person has to put something right.
bool is_unpriceable(Reason reason) {
  return reason == Reason::unit_mismatch || reason == Reason::currency_mismatch ||
         reason == Reason::unit_unknown || reason == Reason::no_product;
}

WorkPart part_of(const LookedAt& looked) {
  if (looked.finding) {
    const Reason reason = looked.finding->code;
    if (looked.confirmed && is_unbillable(reason)) return WorkPart::unbillable;
    if (!is_unpriceable(reason)) return WorkPart::none;
    if (!looked.confirmed) return WorkPart::unconfirmed;
    return looked.paged.entry().charge == Charge::contractual ? WorkPart::contractual
                                                              : WorkPart::billable;
  }
  if (looked.items.empty()) return WorkPart::none;
  if (!looked.confirmed) return WorkPart::unconfirmed;
  return is_uncharged(looked.items.front()) ? WorkPart::contractual : WorkPart::billable;
}

std::int64_t value_of(const LookedAt& looked) {
  std::int64_t minor = 0;
  for (const Item& item : looked.items) minor += item.amount_minor;
  return minor;
}

bool is_unpriced(const LookedAt& looked) {
  if (looked.finding) return is_unpriceable(looked.finding->code);
  return std::ranges::any_of(
      looked.items, [](const Item& item) { return item.price_source == PriceSource::none; });
}

void add(WorkFigures& sum, const SurveyedEntry& one) {
  const std::int64_t value = value_of(one.looked);
  const EntryKind kind = one.looked.paged.entry().kind;
  switch (one.part) {
    case WorkPart::none:
      return;
    case WorkPart::unbillable:
      sum.unbillable_seconds += one.seconds;
      return;
    case WorkPart::billable:
    case WorkPart::contractual:
      (one.part == WorkPart::billable ? sum.billable_seconds : sum.contractual_seconds) +=
          one.seconds;
      (kind == EntryKind::goods ? sum.products_minor : sum.value_minor) += value;
      break;
    case WorkPart::unconfirmed:
      ++sum.unconfirmed_entries;
      sum.unconfirmed_seconds += one.seconds;
      if (kind == EntryKind::instalment) {
        sum.fixed_unconfirmed_minor = sum.fixed_unconfirmed_minor.value_or(0) + value;
      } else {
        (kind == EntryKind::goods ? sum.unconfirmed_products_minor : sum.unconfirmed_minor) +=
            value;
      }
      break;
  }
  ++sum.entries;
  if (is_unpriced(one.looked)) ++sum.unpriced;
}

SurveyedEntry surveyed(const LookedAt& looked) {
  const Entry& entry = looked.paged.entry();
  const std::int64_t seconds = entry.kind == EntryKind::time ? worked_seconds(entry) : 0;
  return {entry.id, part_of(looked), seconds, looked};
}

CompileRequest request_of(const Filter& filter) {
  CompileRequest request;
  request.filter = filter;
  return request;
}

using Key = std::pair<ClientId, ProjectId>;

}  // namespace

/// Rows while they grow.
class WorkSurvey::Gathering {
 public:
  explicit Gathering(const WorkQuestion& question) : question_(question) {}

  void add_entry(const SurveyedEntry& one, Key key) {
    if (one.part == WorkPart::none) return;
    if (question_.unconfirmed_only && one.part != WorkPart::unconfirmed) return;
    const auto [found, fresh] = places_.try_emplace(key, rows_.size());
    if (fresh) {
      rows_.emplace_back();
      rows_.back().client = key.first;
      rows_.back().project = key.second;
      rows_.back().currency = one.looked.paged.terms.currency;
    }
    WorkRow& row = rows_[found->second];
    add(row.figures, one);
    if (!question_.keep_sessions || one.part == WorkPart::unbillable) return;
    row.sessions.push_back({one.entry, one.part, value_of(one.looked), is_unpriced(one.looked),
                            one.looked.finding, one.looked.paged.entry().work_on});
  }
  Rows take() {
    places_.clear();
    Rows rows = std::move(rows_);
    rows_.clear();
    for (WorkRow& row : rows) std::ranges::stable_sort(row.sessions, {}, &WorkSession::work_on);
    return rows;
  }

 private:
  const WorkQuestion& question_;
  std::map<Key, std::size_t> places_;
  Rows rows_;
};

WorkSurvey::WorkSurvey(Session& session, WorkQuestion question)
    : session_(session), question_(std::move(question)), request_(request_of(question_.filter)) {}

void WorkSurvey::each(std::vector<EntryId> entries,
                      const std::function<void(const SurveyedEntry&)>& visit) {
  CompileRun run(session_, request_, CompileRun::Mode::look);
  run.look(std::move(entries), [&](const LookedAt& looked) {
    if (looked.asked_for) visit(surveyed(looked));
  });
}

void WorkSurvey::gather(CompileRun& run, std::vector<EntryId> entries, Gathering& rows) {
  run.look(std::move(entries), [&](const LookedAt& looked) {
    if (!looked.asked_for) return;
    rows.add_entry(surveyed(looked), {looked.paged.terms.client_id, looked.paged.terms.project_id});
  });
}

/// `acme/web` is read as the client and the project whose codes it can be; codes may hold a `/`.
void WorkSurvey::read_after() {
  const std::string& after = question_.filter.after;
  if (after.empty()) return;
  const Books books = read_books(session_.ledger, session_.tenant.id, BooksPart::as_needed);
  if (books.clients.find(after) != nullptr) {
    after_client_ = after;
    return;
  }
  for (std::size_t at = after.find('/'); at != after.npos; at = after.find('/', at + 1)) {
    const std::string project = after.substr(at + 1);
    if (books.clients.find(after.substr(0, at)) == nullptr) continue;
    if (!project.empty() && books.projects.find(project) == nullptr) continue;
    after_client_ = after.substr(0, at);
    after_project_ = project;
    return;
  }
  throw Error(Reason::not_found, "--after \"" + after + "\" is no row of this list",
              "name its client, or client and project: --after acme/web");
}

bool WorkSurvey::is_after(const std::string& client, const std::string& project) const {
  if (question_.filter.after.empty() || client > after_client_) return true;
  return client == after_client_ && after_project_ && project > *after_project_;
}

WorkSurvey::Rows WorkSurvey::in_order(Rows rows) {
  Codes codes(session_.ledger);
  std::erase_if(rows, [&](const WorkRow& row) {
    return row.figures.entries == 0 || !is_after(codes.of(row.client), codes.of(row.project));
  });
  std::ranges::sort(rows, [&](const WorkRow& a, const WorkRow& b) {
    return std::pair(codes.of(a.client), codes.of(a.project)) <
           std::pair(codes.of(b.client), codes.of(b.project));
  });
  return rows;
}

/// Client after client until the page is full.
WorkSurvey::Rows WorkSurvey::page() {
  const auto limit = static_cast<std::size_t>(*question_.filter.limit);
  Rows page;
  if (limit == 0) return page;
  const FilterTest test(question_.filter);
  WorkEntries work(session_.ledger, session_.tenant.id);
  CompileRun run(session_, request_, CompileRun::Mode::look);
  Gathering rows(question_);
  work.each_client(after_client_, [&](ClientId client, const std::string&) {
    if (!test.takes_client(client)) return true;
    gather(run, work.all(work.places(client)), rows);
    Rows more = rows.take();
    std::erase_if(more, [&](const WorkRow& row) { return row.client != client; });
    for (WorkRow& row : in_order(std::move(more))) page.push_back(std::move(row));
    return page.size() < limit;
  });
  if (page.size() > limit) page.resize(limit);
  return page;
}

std::vector<WorkRow> WorkSurvey::rows() {
  read_after();
  WorkEntries work(session_.ledger, session_.tenant.id);
  const Filter& filter = question_.filter;
  const auto places = work.places(filter);
  if (!places && filter.limit && filter.sort.empty()) return page();
  CompileRun run(session_, request_, CompileRun::Mode::look);
  Gathering gathering(question_);
  gather(run, places ? work.all(*places) : work.open(), gathering);
  Rows rows = in_order(gathering.take());
  if (filter.limit && filter.sort.empty() && rows.size() > static_cast<std::size_t>(*filter.limit))
    rows.resize(static_cast<std::size_t>(*filter.limit));
  return rows;
}

std::vector<WorkRow> WorkSurvey::sums() {
  WorkEntries work(session_.ledger, session_.tenant.id);
  const auto places = work.places(question_.filter);
  std::map<std::string, WorkRow, std::less<>> sums;
  each(places ? work.all(*places) : work.open(), [&](const SurveyedEntry& one) {
    if (one.part == WorkPart::none) return;
    const Currency currency = one.looked.paged.terms.currency;
    WorkRow& sum = sums[std::string(currency.code())];
    sum.currency = currency;
    add(sum.figures, one);
  });
  std::vector<WorkRow> all;
  for (auto& [code, sum] : sums) all.push_back(std::move(sum));
  return all;
}

}  // namespace billctl
