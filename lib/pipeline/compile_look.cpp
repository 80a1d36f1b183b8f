#include <algorithm>

#include "ledger/queue_feed.hpp"
#include "ledger/tenants.hpp"
#include "pipeline/compile_run.hpp"
#include "pipeline/pricing_rules.hpp"

namespace billctl {

bool CompileRun::is_settled() {
  const Config& config = session_.config;
  return config.compile.require_confirmed &&
         QueueFeed(session_.ledger, session_.tenant.id).nothing_changed() &&
         Tenants(session_.ledger).setting(session_.tenant.id, kCompileDigest) ==
             pricing_digest(config);
}

bool CompileRun::of_this_pass(const PagedEntry& one, const EntryPage& page) const {
  return !confirmed_only_ || judged_by(one, page).confirmed_at.has_value() == *confirmed_only_;
}

void CompileRun::look(std::vector<EntryId> entries,
                      const std::function<void(const LookedAt&)>& each) {
  named_ = std::move(entries);
  std::ranges::sort(named_);
  named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  if (!begun_) begin();
  const auto pass = [&](std::optional<bool> confirmed_only) {
    confirmed_only_ = confirmed_only;
    days_ = DayGroups();
    if (shares_days_) gather_days();
    each_page([&](const EntryPage& page) { look_at(page, each); });
  };
  if (!shares_days_ || !session_.config.compile.require_confirmed) return pass(std::nullopt);
  pass(true);
  pass(false);
}

void CompileRun::look_at(const EntryPage& page, const std::function<void(const LookedAt&)>& each) {
  LiveWalk live(page.live);
  std::vector<Item> items;
  for (const QueuedEntry& queued : page.entries) {
    const PagedEntry one{queued, terms_of(table_.tariff(), queued.entry), live.of(queued.entry.id),
                         true};
    if (!concerns(one) || one.locked() || !of_this_pass(one, page)) continue;
    items.clear();
    LookedAt looked{one, false, false, false, {}, {}};
    looked.finding = items_of(one, page, items);
    std::erase_if(items, [&](const Item& item) {
      const LiveItem* there = one.find(item.kind);
      return there != nullptr && !there->pending;
    });
    const Entry& judged = judged_by(one, page);
    looked.confirmed = judged.confirmed_at.has_value();
    looked.asked_for = filter_.in_period(judged.work_on) && asked_for(one, page);
    looked.joined = looked.finding && judge(one, page).joined;
    looked.items = items;
    each(looked);
  }
}

}  // namespace billctl
