#include "pipeline/line_ids.hpp"

#include <algorithm>

namespace billctl {

LineIds::LineIds(const std::vector<Line>& lines, const std::vector<Placed>& placed,
                 std::int64_t last)
    : last_(last) {
  for (const Placed& each : placed) {
    if (each.line == 0) continue;
    lines_of_[each.item].insert(each.line);
    last_ = std::max(last_, each.line);
  }
  for (const Line& line : lines) {
    last_ = std::max(last_, line.line);
    if (!line.quantity && !line.typed) texts_.emplace_back(line.description, line.line);
  }
}

std::vector<std::int64_t> LineIds::of(const Grouping& grouping) {
  std::vector<std::int64_t> ids(grouping.lines.size(), 0);
  for (std::size_t i = 0; i < grouping.lines.size(); ++i)
    ids[i] = kept(grouping, grouping.lines[i]);
  for (std::int64_t& id : ids)
    if (id == 0) id = ++last_;
  return ids;
}

std::int64_t LineIds::kept(const Grouping& grouping, const DraftLine& line) {
  if (line.count == 0) return kept_text(line);
  std::int64_t lowest = 0;
  for (std::size_t at = line.first; at < line.first + line.count; ++at) {
    const auto found = lines_of_.find(grouping.items[at].id);
    if (found == lines_of_.end()) continue;
    for (const std::int64_t id : found->second)
      if (given_.count(id) == 0 && (lowest == 0 || id < lowest)) lowest = id;
  }
  if (lowest != 0) given_.insert(lowest);
  return lowest;
}

/// A row of text that stood there keeps its id.
std::int64_t LineIds::kept_text(const DraftLine& line) {
  for (const auto& [description, id] : texts_)
    if (description == line.description && given_.insert(id).second) return id;
  return 0;
}

std::vector<Line> in_places(const std::vector<Line>& before, const std::vector<Line>& made,
                            const std::vector<Line>& kept) {
  std::vector<Line> ordered;
  for (const Line& old : before) {
    const auto now = std::ranges::find(made, old.line, &Line::line);
    const auto stayed = std::ranges::find(kept, old.line, &Line::line);
    if (now != made.end()) {
      ordered.push_back(*now);
    } else if (stayed != kept.end()) {
      ordered.push_back(*stayed);
    }
  }
  std::int64_t behind = 0;
  for (const Line& line : made) {
    if (std::ranges::find(before, line.line, &Line::line) == before.end()) {
      const auto at = std::ranges::find(ordered, behind, &Line::line);
      ordered.insert(at == ordered.end() ? ordered.begin() : at + 1, line);
    }
    behind = line.line;
  }
  std::int64_t position = 0;
  for (Line& line : ordered) line.position = ++position;
  return ordered;
}

}  // namespace billctl
