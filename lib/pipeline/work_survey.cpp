#include "pipeline/work_survey.hpp"

#include <algorithm>
#include <map>

#include "billable/pricing.hpp"
#include "ledger/books_table.hpp"
#include "ledger/codes.hpp"
#include "money/wide.hpp"
#include "pipeline/filter_words.hpp"

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
    const bool uncharged = looked.joined || looked.paged.entry().charge == Charge::contractual;
    return uncharged ? WorkPart::contractual : WorkPart::billable;
  }
  if (looked.items.empty()) return WorkPart::none;
  if (!looked.confirmed) return WorkPart::unconfirmed;
  return is_uncharged(looked.items.front()) ? WorkPart::contractual : WorkPart::billable;
}

void add_up(std::int64_t& sum, std::int64_t more) {
  sum = checked_add(sum, more, "a sum of work");
}

std::int64_t value_of(const LookedAt& looked) {
  std::int64_t minor = 0;
  for (const Item& item : looked.items) add_up(minor, item.amount_minor);
  return minor;
}

bool is_unpriced(const LookedAt& looked) {
  if (looked.finding) return is_unpriceable(looked.finding->code);
  return std::ranges::any_of(
      looked.items, [](const Item& item) { return item.price_source == PriceSource::none; });
}

void add(WorkFigures& sum, const SurveyedEntry& one) {
  switch (one.part) {
    case WorkPart::none:
      return;
    case WorkPart::unbillable:
      add_up(sum.unbillable_seconds, one.seconds);
      return;
    case WorkPart::billable:
    case WorkPart::contractual:
      add_up(one.part == WorkPart::billable ? sum.billable_seconds : sum.contractual_seconds,
             one.seconds);
      add_up(one.kind == EntryKind::goods ? sum.products_minor : sum.value_minor, one.value_minor);
      break;
    case WorkPart::unconfirmed:
      ++sum.unconfirmed_entries;
      add_up(sum.unconfirmed_seconds, one.seconds);
      if (one.kind == EntryKind::instalment) {
        if (!sum.fixed_unconfirmed_minor) sum.fixed_unconfirmed_minor = 0;
        add_up(*sum.fixed_unconfirmed_minor, one.value_minor);
      } else {
        add_up(
            one.kind == EntryKind::goods ? sum.unconfirmed_products_minor : sum.unconfirmed_minor,
            one.value_minor);
      }
      break;
  }
  ++sum.entries;
  if (one.unpriced) ++sum.unpriced;
}

SurveyedEntry surveyed(const LookedAt& looked) {
  const Entry& entry = looked.paged.entry();
  const EntryTerms& terms = looked.paged.terms;
  SurveyedEntry one;
  one.entry = entry.id;
  one.kind = entry.kind;
  one.part = part_of(looked);
  one.client = terms.client_id;
  one.project = terms.project_id;
  one.member = entry.member;
  one.work_on = entry.work_on;
  one.currency = terms.currency;
  one.seconds = entry.kind == EntryKind::time ? worked_seconds(entry) : 0;
  one.value_minor = value_of(looked);
  one.unpriced = is_unpriced(looked);
  one.finding = looked.finding;
  return one;
}

/// A pending item that stands for its entry alone.
SurveyedEntry surveyed(const PendingWork& pending) {
  SurveyedEntry one;
  one.entry = pending.entry;
  one.kind = pending.kind;
  one.part = pending.uncharged ? WorkPart::contractual : WorkPart::billable;
  one.client = pending.client;
  one.project = pending.project;
  one.member = pending.member;
  one.work_on = pending.work_on;
  one.currency = pending.currency;
  one.seconds = pending.seconds;
  one.value_minor = pending.amount_minor;
  one.unpriced = pending.unpriced;
  return one;
}

CompileRequest request_of(const Filter& filter) {
  CompileRequest request;
  request.filter = filter;
  return request;
}

}  // namespace

/// Rows while they grow.
class WorkSurvey::Gathering {
 public:
  explicit Gathering(const WorkQuestion& question) : question_(question) {}

  void add_entry(const SurveyedEntry& one) {
    if (one.part == WorkPart::none) return;
    if (question_.unconfirmed_only && one.part != WorkPart::unconfirmed) return;
    const auto [found, fresh] = places_.try_emplace({one.client, one.project}, rows_.size());
    if (fresh) {
      rows_.emplace_back();
      rows_.back().client = one.client;
      rows_.back().project = one.project;
      rows_.back().currency = one.currency;
    }
    WorkRow& row = rows_[found->second];
    add(row.figures, one);
    if (!question_.keep_sessions || one.part == WorkPart::unbillable) return;
    row.sessions.push_back(
        {one.entry, one.part, one.value_minor, one.unpriced, one.finding, one.work_on});
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
  std::map<std::pair<ClientId, ProjectId>, std::size_t> places_;
  Rows rows_;
};

WorkSurvey::WorkSurvey(Session& session, WorkQuestion question)
    : session_(session), question_(std::move(question)), request_(request_of(question_.filter)) {
  check_words(question_.filter.kinds, kEntryKindWords, "--kind");
}

void WorkSurvey::each(std::vector<EntryId> entries,
                      const std::function<void(const SurveyedEntry&)>& visit) {
  CompileRun run(session_, request_, CompileRun::Mode::look);
  run.look(std::move(entries), [&](const LookedAt& looked) {
    if (looked.asked_for) visit(surveyed(looked));
  });
}

/// Where nothing has changed since the last compile the pending items say what an entry is worth,
/// and only what has none is looked at: ten million entries are ten million short rows instead of
/// ten million prices.
void WorkSurvey::each_open(CompileRun& run, const std::optional<std::vector<WorkPlace>>& places,
                           const std::function<void(const SurveyedEntry&)>& visit) {
  WorkEntries work(session_.ledger, session_.tenant.id);
  std::vector<EntryId> entries;
  if (!settled_) settled_ = run.is_settled();
  if (*settled_) {
    const FilterTest test(question_.filter);
    const auto look = [&](const PendingWork& pending) {
      if (!pending.alone) {
        entries.push_back(pending.entry);
      } else if (test.in_period(pending.work_on) && test.takes_kind(pending.kind) &&
                 test.takes({pending.client, pending.project, pending.task, pending.member})) {
        visit(surveyed(pending));
      }
    };
    if (places) {
      entries = work.each_pending(*places, look);
    } else {
      entries = work.waiting();
      work.each_pending(look);
    }
  } else {
    entries = places ? work.all(*places) : work.open();
  }
  run.look(std::move(entries), [&](const LookedAt& looked) {
    if (looked.asked_for) visit(surveyed(looked));
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
    each_open(run, work.places(client), [&](const SurveyedEntry& one) { rows.add_entry(one); });
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
  each_open(run, places, [&](const SurveyedEntry& one) { gathering.add_entry(one); });
  Rows rows = in_order(gathering.take());
  if (filter.limit && filter.sort.empty() && rows.size() > static_cast<std::size_t>(*filter.limit))
    rows.resize(static_cast<std::size_t>(*filter.limit));
  return rows;
}

std::vector<WorkRow> WorkSurvey::sums() {
  WorkEntries work(session_.ledger, session_.tenant.id);
  const auto places = work.places(question_.filter);
  std::map<std::string, WorkRow, std::less<>> sums;
  const auto sum_up = [&](const SurveyedEntry& one) {
    if (one.part == WorkPart::none) return;
    WorkRow& sum = sums[std::string(one.currency.code())];
    sum.currency = one.currency;
    add(sum.figures, one);
  };
  CompileRun run(session_, request_, CompileRun::Mode::look);
  each_open(run, places, sum_up);
  std::vector<WorkRow> all;
  for (auto& [code, sum] : sums) all.push_back(std::move(sum));
  return all;
}

}  // namespace billctl
