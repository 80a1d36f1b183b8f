#include "billable/day_share.hpp"

#include <algorithm>

namespace billctl {

void share_day(std::vector<DayPart>& parts, const TimeRule& rule) {
  std::int64_t raw = 0;
  std::int64_t given = 0;
  for (DayPart& part : parts) {
    raw = checked_add(raw, part.raw_seconds, "a day's seconds");
    part.billed_seconds = part.fixed_seconds.value_or(part.raw_seconds);
    given = checked_add(given, part.billed_seconds, "a day's seconds");
  }
  std::int64_t surplus = billed_seconds(raw, rule) - given;
  for (auto part = parts.rbegin(); part != parts.rend() && surplus != 0; ++part) {
    if (part->fixed_seconds) continue;
    const std::int64_t taken = std::max(surplus, -part->billed_seconds);
    part->billed_seconds += taken;
    surplus -= taken;
  }
}

}  // namespace billctl
