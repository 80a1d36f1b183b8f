#include "pipeline/day_groups.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace billctl {
namespace {

/// By day, and within a day by start; what has no start comes after, by row.
auto order_of(const DayGroups::Part& part) {
  return std::tuple(part.day, part.started_at.value_or(std::numeric_limits<std::int64_t>::max()),
                    part.entry);
}

}  // namespace

void DayGroups::add_mates(Items& items, EventId this_run, std::vector<EntryId>& drawn_in) {
  std::vector<Known> mates;
  const Items::Day* before = nullptr;
  for (const Known& known : parts_) {
    if (before != nullptr && *before == known.part.day) continue;
    before = &known.part.day;
    if (known.part.day.made == this_run) continue;
    for (const DayItem& mate : items.of_day(known.part.day)) {
      if (judged_.count(mate.entry) > 0) continue;  // it stands where its new facts put it
      Known other{known.part, std::nullopt};
      other.part.entry = mate.entry;
      other.part.started_at = mate.started_at;
      other.part.raw_seconds = mate.raw_seconds;
      if (mate.pending) {
        drawn_in.push_back(mate.entry);
      } else {
        other.fixed_seconds = mate.billed_seconds;
      }
      mates.push_back(other);
    }
  }
  parts_.insert(parts_.end(), mates.begin(), mates.end());
}

void DayGroups::share(std::size_t first, std::size_t past) {
  std::vector<DayPart> day;
  for (std::size_t i = first; i < past; ++i)
    day.push_back({parts_[i].part.raw_seconds, parts_[i].fixed_seconds, 0});
  share_day(day, *parts_[first].part.rule);
  for (std::size_t i = first; i < past; ++i)
    seconds_.emplace_back(parts_[i].part.entry, day[i - first].billed_seconds);
}

std::vector<EntryId> DayGroups::close(Items& items, EventId this_run) {
  const auto by_order = [](const Known& a, const Known& b) {
    return order_of(a.part) < order_of(b.part);
  };
  std::vector<EntryId> drawn_in;
  std::ranges::sort(parts_, by_order);
  add_mates(items, this_run, drawn_in);
  std::ranges::sort(parts_, by_order);
  for (std::size_t first = 0; first < parts_.size();) {
    std::size_t past = first + 1;
    while (past < parts_.size() && parts_[past].part.day == parts_[first].part.day) ++past;
    share(first, past);
    first = past;
  }
  std::ranges::sort(seconds_);
  parts_.clear();
  return drawn_in;
}

std::optional<std::int64_t> DayGroups::seconds(EntryId entry) const {
  const auto found = std::ranges::lower_bound(
      seconds_, entry, {}, [](const std::pair<EntryId, std::int64_t>& one) { return one.first; });
  if (found == seconds_.end() || found->first != entry) return std::nullopt;
  return found->second;
}

}  // namespace billctl
