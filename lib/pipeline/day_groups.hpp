// DayGroups: the days whose billed seconds are shared, gathered before any item is made, since the
// entries of a day may stand far apart in the queue (spec/pricing.md 6).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "billable/day_share.hpp"
#include "ledger/items.hpp"

namespace billctl {

class DayGroups {
 public:
  struct Part {
    Items::Day day;
    EntryId entry;
    std::optional<std::int64_t> started_at;
    std::int64_t raw_seconds = 0;
    const TimeRule* rule = nullptr;
  };
  void add(const Part& part) { parts_.push_back({part, std::nullopt}); }
  /// An entry with a pending item of a day that this run judges, whether or not it still passes.
  void judged(EntryId entry) { judged_.insert(entry); }

  /// Adds what was compiled together with these before, then shares every day.
  /// @return entries whose pending items must be made anew with the others of their day.
  std::vector<EntryId> close(Items& items, EventId this_run);

  /// The billed seconds of an entry; nothing when its rule does not count days.
  std::optional<std::int64_t> seconds(EntryId entry) const;

 private:
  struct Known {
    Part part;
    std::optional<std::int64_t> fixed_seconds;
  };
  void add_mates(Items& items, EventId this_run, std::vector<EntryId>& drawn_in);
  void share(std::size_t first, std::size_t past);

  std::vector<Known> parts_;
  std::set<EntryId> judged_;
  std::vector<std::pair<EntryId, std::int64_t>> seconds_;  ///< in the order of entries
};

}  // namespace billctl
