#include "pipeline/compile_run.hpp"

#include <algorithm>

#include "ledger/default_products.hpp"
#include "ledger/entries.hpp"
#include "pipeline/pricing_rules.hpp"

namespace billctl {
namespace {

constexpr std::size_t kWarningsMax = 100;

/// Whether anything that compile decides differs.
bool same_terms(const Item& a, const Item& b) {
  const auto all = [](const Item& item) {
    return std::tie(item.kind, item.client, item.project, item.engagement, item.task, item.member,
                    item.job_type, item.work_on, item.product, item.product_scope, item.unit,
                    item.quantity, item.raw_seconds, item.billed_seconds, item.metres, item.pieces,
                    item.unit_price, item.price_source, item.price_row_id, item.default_price,
                    item.amount_minor, item.currency, item.time_rule, item.per_day);
  };
  return all(a) == all(b);
}

PricingRules rules_of(const Session& session, const CompileRequest& request,
                      CompileRun::Mode mode) {
  PricingRules rules = pricing_rules(session.config);
  rules.mandatory_product = request.mandatory_product;
  if (mode == CompileRun::Mode::look) rules.eligibility.require_confirmed = false;
  return rules;
}

}  // namespace

struct CompileRun::Outcome {
  std::vector<Item> made;
  std::vector<Item> changed;
  std::vector<ItemId> released;
  std::vector<ParkedEntry> parked;
  std::vector<EntryId> taken;  ///< out of the queue
  std::vector<std::pair<EntryId, EntryId>> ranges;
  std::vector<Item> scratch;

  void clear() {
    made.clear();
    changed.clear();
    released.clear();
    parked.clear();
    taken.clear();
    ranges.clear();
  }
};

CompileRun::CompileRun(Session& session, const CompileRequest& request, Mode mode)
    : session_(session),
      request_(request),
      mode_(mode),
      filter_(request.filter),
      done_tasks_only_(request.done_tasks_only || session.config.compile.done_tasks_only),
      queue_(session.ledger, session.tenant.id),
      items_(session.ledger, session.tenant.id),
      table_(session.ledger, session.tenant.id, rules_of(session, request, mode)),
      named_(request.entries) {}

bool CompileRun::concerns(const PagedEntry& one) const {
  if (!one.queued.mine) return false;
  return mode_ != Mode::follow || one.named || one.has_pending();
}

/// The entry itself, or the session that goods hang on: they follow its confirmation and selection.
const Entry& CompileRun::judged_by(const PagedEntry& one, const EntryPage& page) const {
  if (one.entry().kind != EntryKind::goods) return one.entry();
  const auto session = page.sessions.find(one.entry().parent);
  return session != page.sessions.end() ? session->second : one.entry();
}

/// By the filters of the run, but for the period.
bool CompileRun::asked_for(const PagedEntry& one, const EntryPage& page) const {
  const Entry& asked = judged_by(one, page);
  const bool itself = &asked == &one.entry();
  const EntryTerms terms = itself ? one.terms : terms_of(table_.tariff(), asked);
  return filter_.takes({terms.client_id, terms.project_id, asked.task, asked.member}) &&
         filter_.takes_kind(one.entry().kind);
}

/// Runs the tests of pricing.md 1.
Eligibility CompileRun::judge(const PagedEntry& one, const EntryPage& page) const {
  const Tariff& tariff = table_.tariff();
  Candidate candidate = candidate_of(tariff, one.entry(), one.terms);
  const Entry& asked = judged_by(one, page);
  if (&asked != &one.entry()) candidate.session = &asked;
  if (!one.shares_day() && mode_ != Mode::look) {
    candidate.in_period = filter_.in_period(asked.work_on);
    candidate.asked_for = asked_for(one, page);
    const bool waits = done_tasks_only_ && one.terms.task != nullptr && !one.terms.task->done;
    if (waits && !one.has_pending()) candidate.asked_for = false;
  }
  return eligibility(candidate, tariff.rules.eligibility);
}

/// The finding that excludes the entry, or its items.
std::optional<Finding> CompileRun::items_of(const PagedEntry& one, const EntryPage& page,
                                            std::vector<Item>& items) {
  const Eligibility eligible = judge(one, page);
  if (eligible.failed) return Finding{*eligible.failed, ""};
  try {
    return add_items(table_.tariff(),
                     {one.entry(), one.terms, eligible.joined, days_.seconds(one.entry().id)},
                     items);
  } catch (const Error& error) {
    if (error.code() != Reason::failed) throw;
    std::string name;
    Entries(session_.ledger, session_.tenant.id).get(one.entry().id, [&](const EntryRow& row) {
      name = "entry " + std::string(row.ref) + ": ";
    });
    throw Error(Reason::failed, name + error.message(), error.hint());
  }
}

CompileResult CompileRun::run() {
  feed();
  begin();
  if (shares_days_) gather_days();
  Outcome outcome;
  each_page([&](const EntryPage& page) {
    process(page, outcome);
    record(outcome);
  });
  result_.considered = result_.compiled + result_.skipped;
  return std::move(result_);
}

void CompileRun::process(const EntryPage& page, Outcome& outcome) {
  outcome.clear();
  LiveWalk live(page.live);
  bool running = false;  // the entry before was taken too, so the range goes on
  for (const QueuedEntry& queued : page.entries) {
    const PagedEntry one{queued, terms_of(table_.tariff(), queued.entry), live.of(queued.entry.id),
                         !request_.entries.empty()};
    const bool taken = concerns(one) && process_entry(one, page, outcome);
    if (taken) {
      const EntryId id = queued.entry.id;
      outcome.taken.push_back(id);
      if (running && request_.entries.empty()) {
        outcome.ranges.back().second = id;
      } else {
        outcome.ranges.emplace_back(id, id);
      }
    }
    running = taken;
  }
}

/// @return whether the entry leaves the queue.
bool CompileRun::process_entry(const PagedEntry& one, const EntryPage& page, Outcome& outcome) {
  const bool by_name = one.named && mode_ == Mode::compile;
  if (one.locked()) {
    if (by_name) skip(one.entry().id, {Reason::already_compiled, ""});
    return true;
  }
  std::vector<Item>& items = one.live.empty() ? outcome.made : outcome.scratch;
  const std::size_t first = items.size();
  const std::size_t made_before = outcome.made.size();
  if (const auto finding = items_of(one, page, items)) {
    if (finding->code == Reason::outside_period || finding->code == Reason::filtered) {
      if (one.live.empty()) skip(one.entry().id, *finding);
      return false;
    }
    refuse(one, *finding, outcome);
    return true;
  }
  for (std::size_t i = first; i < items.size(); ++i) complete(items[i]);
  const std::int64_t remade_before = result_.remade;
  if (!one.live.empty()) compare(one, first, outcome);
  if (outcome.made.size() > made_before) {
    ++result_.compiled;
  } else if (by_name && result_.remade == remade_before) {
    skip(one.entry().id, {Reason::already_compiled, ""});
  }
  return true;
}

void CompileRun::skip(EntryId entry, const Finding& finding) {
  ++result_.skipped;
  ++result_.skipped_by_reason[finding.code];
  if (request_.keep_findings) result_.findings.push_back({entry, finding});
}

/// It can't be billed now: its pending items end, and it is parked unless it is archived. Where a
/// part of it is on an invoice, as the journey whose time was released, the rest stays as it is:
/// the entry is locked, and parked it would be lost until that invoice is void.
void CompileRun::refuse(const PagedEntry& one, const Finding& finding, Outcome& outcome) {
  const auto placed = [](const LiveItem& live) { return !live.pending; };
  if (std::ranges::any_of(one.live, placed)) return skip(one.entry().id, finding);
  for (const LiveItem& live : one.live) outcome.released.push_back(live.item.id);
  if (parks(finding.code)) {
    outcome.parked.push_back(
        {one.entry().id, finding.code, finding.detail, one.entry().task, one.terms.project_id});
  }
  // Deleted, merged or gone from its source: no run looks at it, but one that names it says so.
  if (one.entry().withdrawn_at && !one.named) return;
  skip(one.entry().id, finding);
}

/// What was made anew of an entry that has live items, beside them: the same stays, what differs is
/// changed in place, what is new is added, and what is gone is released.
void CompileRun::compare(const PagedEntry& one, std::size_t first, Outcome& outcome) {
  std::vector<Item>& fresh = outcome.scratch;
  for (const LiveItem& live : one.live) {
    const auto begin = fresh.begin() + static_cast<std::ptrdiff_t>(first);
    const auto found = std::find_if(begin, fresh.end(), [&](const Item& item) {
      return slot_of(item.kind) == slot_of(live.item.kind);
    });
    if (found == fresh.end()) {
      if (live.pending) outcome.released.push_back(live.item.id);
      continue;
    }
    if (live.pending && !same_terms(live.item, *found)) {
      found->id = live.item.id;
      if (request_.keep_findings) {
        result_.changes.push_back({live.item.id, live.item.unit_price, found->unit_price,
                                   live.item.amount_minor, found->amount_minor, live.item.currency,
                                   found->currency});
      }
      count_price(*found);
      warn(*found, found->id);
      outcome.changed.push_back(*found);
      ++result_.remade;
    }
    fresh.erase(found);
  }
  for (std::size_t i = first; i < fresh.size(); ++i) outcome.made.push_back(fresh[i]);
  fresh.resize(first);
}

/// Gives an item of scope `default` its product, which is made when first used (S2-24).
void CompileRun::complete(Item& item) {
  if (item.product) return;
  const DefaultProduct which = default_product_of(item.kind);
  Tariff& tariff = table_.tariff();
  ProductId& product = tariff.defaults[static_cast<std::size_t>(which)];
  if (!product) {
    const Product made = make_default_product(session_.ledger, session_.tenant.id, which);
    tariff.add(made.id, made);
  }
  item.product = product;
}

void CompileRun::count_price(const Item& item) {
  if (item.price_source == PriceSource::none) ++result_.unpriced;
  if (item.default_price) ++result_.default_price;
}

void CompileRun::warn(const Item& item, ItemId id) {
  if (result_.warnings.size() >= kWarningsMax) return;
  if (item.price_source == PriceSource::none) result_.warnings.emplace_back(Reason::unpriced, id);
  if (item.default_price) result_.warnings.emplace_back(Reason::default_price, id);
}

void CompileRun::record(const Outcome& outcome) {
  queue_.unpark(outcome.taken);
  queue_.park(outcome.parked);
  items_.release(outcome.released, event_);
  for (const Item& item : outcome.changed) items_.change(item, event_);
  ItemId id = items_.add(outcome.made, event_);
  for (const Item& item : outcome.made) {
    count_price(item);
    warn(item, id);
    ++id.value;
  }
  for (const auto& [first, last] : outcome.ranges) queue_.remove(first, last);
  result_.items += static_cast<std::int64_t>(outcome.made.size());
  result_.released += static_cast<std::int64_t>(outcome.released.size());
  result_.parked += static_cast<std::int64_t>(outcome.parked.size());
}

}  // namespace billctl
