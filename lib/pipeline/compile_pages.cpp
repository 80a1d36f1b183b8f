#include "pipeline/compile_run.hpp"

#include <algorithm>

#include "ledger/queue_feed.hpp"
#include "ledger/tenants.hpp"
#include "pipeline/pricing_rules.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kPageEntries = 4096;
/// Below this a run reads only what its entries name; above, everything at once is cheaper.
constexpr std::int64_t kShortQueue = 5000;

bool counts_days(const NamedTimeRule& named) {
  return named.rule && named.rule->per == TimeRule::Per::day;
}

}  // namespace

void CompileRun::feed() {
  QueueFeed feed(session_.ledger, session_.tenant.id);
  Tenants tenants(session_.ledger);
  const std::string digest = pricing_digest(session_.config);
  feed.follow_changes();
  if (tenants.setting(session_.tenant.id, kCompileDigest) != digest) {
    feed.follow_all();
    tenants.set_setting(session_.tenant.id, kCompileDigest, digest);
  }
  if (!request_.mandatory_product) feed.reopen_without_product();
  std::ranges::sort(named_);
  named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  queue_.open(named_);
  feed.follow_sessions();
  feed.follow_days();
}

void CompileRun::begin() {
  event_ = items_.next_event();
  last_compiled_ = items_.last_compiled();
  begun_ = true;
  const bool everything = !by_name();
  const std::int64_t waiting =
      everything ? queue_.size(kShortQueue + 1) : static_cast<std::int64_t>(named_.size());
  if (waiting > kShortQueue) table_.read_all();
  const auto& rules = table_.tariff().rules.time_rules;
  shares_days_ = std::ranges::any_of(rules, counts_days);
  if (waiting > kShortQueue) shares_days_ = table_.tariff().has_day_rules();
}

bool CompileRun::read_page(EntryPage& page, EntryId after, std::size_t at) {
  if (!by_name()) {
    queue_.read(after, kPageEntries, page.entries);
    const bool past = mode_ == Mode::follow && !page.entries.empty() &&
                      page.entries.front().entry.id > last_compiled_;
    if (page.entries.empty() || past) return false;
  } else {
    if (at >= named_.size()) return false;
    const auto count = std::min<std::size_t>(kPageEntries, named_.size() - at);
    queue_.read_these(std::span(named_).subspan(at, count), page.entries);
  }
  fill_page(page);
  return true;
}

void CompileRun::fill_page(EntryPage& page) {
  std::vector<EntryId> compiled;
  std::vector<EntryId> parents;
  for (const QueuedEntry& queued : page.entries) {
    if (queued.entry.id <= last_compiled_) compiled.push_back(queued.entry.id);
    if (queued.entry.parent) parents.push_back(queued.entry.parent);
  }
  page.live = items_.live(compiled);
  page.sessions.clear();
  if (!parents.empty()) {
    std::vector<QueuedEntry> sessions;
    queue_.read_these(parents, sessions);
    table_.read_for(sessions);
    for (QueuedEntry& session : sessions)
      page.sessions.emplace(session.entry.id, std::move(session.entry));
  }
  table_.read_for(page.entries);
}

void CompileRun::each_page(const std::function<void(const EntryPage&)>& each) {
  EntryPage page;
  EntryId after;
  std::size_t at = 0;
  while (read_page(page, after, at)) {
    each(page);
    at += static_cast<std::size_t>(kPageEntries);
    if (!page.entries.empty()) after = page.entries.back().entry.id;
  }
}

void CompileRun::gather_days() {
  each_page([&](const EntryPage& page) {
    LiveWalk live(page.live);
    for (const QueuedEntry& queued : page.entries) {
      const PagedEntry one{queued, terms_of(table_.tariff(), queued.entry),
                           live.of(queued.entry.id), by_name()};
      if (concerns(one) && of_this_pass(one, page)) gather_day(one, page);
    }
  });
  const std::vector<EntryId> drawn_in = days_.close(items_, event_);
  if (mode_ == Mode::look) return;
  queue_.open(drawn_in);
  if (request_.entries.empty()) return;
  named_.insert(named_.end(), drawn_in.begin(), drawn_in.end());
  std::ranges::sort(named_);
}

void CompileRun::gather_day(const PagedEntry& one, const EntryPage& page) {
  const LiveItem* live = one.find(ItemKind::time);
  if (live != nullptr && live->pending) days_.judged(one.entry().id);
  if (one.entry().kind != EntryKind::time || (live != nullptr && !live->pending)) return;
  if (one.terms.client == nullptr) return;
  const NamedTimeRule& named = time_rule_of(table_.tariff(), one.terms);
  if (!counts_days(named)) return;
  std::vector<Item> items;
  if (items_of(one, page, items) || items.front().kind != ItemKind::time) return;
  std::optional<std::int64_t> started;
  if (one.entry().started_at) started = one.entry().started_at->seconds();
  days_.add({{one.entry().member, one.terms.project_id, one.terms.client_id, one.entry().work_on,
              live != nullptr ? live->made : event_},
             one.entry().id,
             started,
             *items.front().raw_seconds,
             &*named.rule});
}

}  // namespace billctl
