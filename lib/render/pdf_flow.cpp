#include "render/pdf_flow.hpp"

#include <algorithm>

namespace billctl {
namespace {

int total_height(const std::vector<FlowRow>& rows) {
  int height = 0;
  for (const FlowRow& row : rows) height += row.height();
  return height;
}

}  // namespace

int FlowRow::height() const {
  int tallest = 0;
  for (const FlowCell& cell : cells) tallest = std::max(tallest, cell.text->height());
  return above + tallest + below;
}

PdfFlow::PdfFlow(PdfCanvas& canvas, int top, int bottom)
    : y(top), canvas_(canvas), top_(top), bottom_(bottom) {
  canvas_.pages.emplace_back();
}

void PdfFlow::next_page() {
  canvas_.pages.emplace_back();
  y = top_;
  for (const FlowRow& row : head_) lay_whole(row);
}

void PdfFlow::lay(const FlowRow& row, const std::vector<std::size_t>& first,
                  const std::vector<std::size_t>& last, int height) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const FlowCell& cell = row.cells[i];
    if (!last.empty() && first[i] == last[i]) continue;
    PlacedText placed{cell.text, cell.x, y + row.above, cell.ink};
    if (!last.empty()) {
      placed.first = first[i];
      placed.last = last[i];
    }
    page().texts.push_back(std::move(placed));
  }
  y += height;
  if (row.rule > 0)
    page().rules.push_back({row.rule_x, y - row.rule, row.rule_width, row.rule, row.rule_ink});
}

void PdfFlow::lay_whole(const FlowRow& row) {
  lay(row, {}, {}, row.height());
}

void PdfFlow::put(const FlowRow& row) {
  const int height = row.height();
  const int whole_page = bottom_ - top_ - total_height(head_);
  if (height > whole_page) return spread(row);
  if (y + height > bottom_) next_page();
  lay_whole(row);
}

void PdfFlow::put_together(const std::vector<FlowRow>& rows) {
  const int height = total_height(rows);
  if (y + height > bottom_ && height <= bottom_ - top_ - total_height(head_)) next_page();
  for (const FlowRow& row : rows) put(row);
}

// Line by line: of each cell as many as fit, on each page at least one, so that it ends.
void PdfFlow::spread(const FlowRow& row) {
  std::vector<std::vector<int>> ends;
  for (const FlowCell& cell : row.cells) ends.push_back(cell.text->line_ends());
  std::vector<std::size_t> first(row.cells.size(), 0);
  std::vector<std::size_t> last(row.cells.size(), 0);
  bool fresh = false;
  for (bool more = true; more; fresh = true) {
    more = false;
    int tallest = 0;
    const int room = bottom_ - y - row.above - row.below;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const int above = first[i] == 0 ? 0 : ends[i][first[i] - 1];
      last[i] = first[i];
      while (last[i] < ends[i].size() &&
             (ends[i][last[i]] - above <= room || (last[i] == first[i] && fresh))) {
        ++last[i];
      }
      if (last[i] > first[i]) tallest = std::max(tallest, ends[i][last[i] - 1] - above);
      more = more || last[i] < ends[i].size();
    }
    if (tallest > 0) lay(row, first, last, row.above + tallest + row.below);
    first = last;
    if (more) next_page();
  }
}

}  // namespace billctl
