// A page of compile's queue: entries read together, their live items, and the sessions that goods
// among them are attached to. Part of compile_run.
#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>
#include <vector>

#include "billable/tariff.hpp"
#include "ledger/entry_queue.hpp"
#include "ledger/items.hpp"

namespace billctl {

/// Joined hours are time in another dress: an entry has one of them.
inline ItemKind slot_of(ItemKind kind) {
  return kind == ItemKind::joined ? ItemKind::time : kind;
}

/// One entry of a page with its live items.
struct PagedEntry {
  const QueuedEntry& queued;
  EntryTerms terms;
  std::span<const LiveItem> live;
  bool named = false;

  const Entry& entry() const { return queued.entry; }
  bool has_pending() const { return std::ranges::any_of(live, &LiveItem::pending); }
  /// An item whose billed seconds hang on others: judged with them, whatever the filters say.
  bool shares_day() const {
    return std::ranges::any_of(live,
                               [](const LiveItem& one) { return one.pending && one.item.per_day; });
  }
  const LiveItem* find(ItemKind kind) const {
    const auto found = std::ranges::find(
        live, slot_of(kind), [](const LiveItem& one) { return slot_of(one.item.kind); });
    return found == live.end() ? nullptr : &*found;
  }
  /// Nothing of it is left to compile: what it has is drafted or further.
  bool locked() const {
    const bool travels =
        entry().kind == EntryKind::mileage && entry().transport_seconds.value_or(0) > 0;
    return !live.empty() && !has_pending() && live.size() >= (travels ? 2U : 1U);
  }
};

struct EntryPage {
  std::vector<QueuedEntry> entries;
  std::vector<LiveItem> live;  ///< in the order of entries
  std::unordered_map<EntryId, Entry> sessions;
};

/// The live items of one entry after the other, as both stand in the order of entries.
class LiveWalk {
 public:
  explicit LiveWalk(const std::vector<LiveItem>& live) : live_(live) {}
  std::span<const LiveItem> of(EntryId entry) {
    while (at_ < live_.size() && live_[at_].item.entry < entry) ++at_;
    const std::size_t first = at_;
    while (at_ < live_.size() && live_[at_].item.entry == entry) ++at_;
    return std::span(live_).subspan(first, at_ - first);
  }

 private:
  const std::vector<LiveItem>& live_;
  std::size_t at_ = 0;
};

}  // namespace billctl
