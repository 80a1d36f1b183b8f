#include "intake/overlap.hpp"

#include <algorithm>
#include <tuple>

namespace billctl {

void Overlaps::add(std::string_view member, Instant started, Instant stopped, int line) {
  if (stopped <= started) return;
  const auto next = static_cast<std::uint32_t>(names_.size());
  const auto [found, added] = members_.emplace(member, next);
  if (added) names_.emplace_back(member);
  sessions_.push_back({found->second, line, started.seconds(), stopped.seconds()});
}

std::vector<Overlap> Overlaps::find() {
  std::ranges::sort(sessions_, [this](const Session& a, const Session& b) {
    if (a.member != b.member) return names_[a.member] < names_[b.member];
    return std::tie(a.started, a.line) < std::tie(b.started, b.line);
  });
  std::vector<Overlap> found;
  const Session* longest = nullptr;  // of the member's sessions so far the one that stops last
  for (const Session& session : sessions_) {
    const bool same = longest != nullptr && longest->member == session.member;
    if (same && session.started < longest->stopped) {
      const std::int64_t both = std::min(session.stopped, longest->stopped) - session.started;
      found.push_back({names_[session.member], session.line, longest->line, both});
    }
    if (!same || session.stopped > longest->stopped) longest = &session;
  }
  return found;
}

}  // namespace billctl
