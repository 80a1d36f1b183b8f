// PdfFlow: rows of cells laid down one below the other over as many pages as they need. A row that
// does not fit goes to the next page, one taller than a page is spread over several, and the head
// of a table is repeated on each. Included by lib/render alone.
#pragma once

#include <vector>

#include "render/pdf_canvas.hpp"

namespace billctl {

struct FlowCell {
  Text text;
  int x = 0;
  Ink ink = Ink::black;
};

struct FlowRow {
  std::vector<FlowCell> cells;
  int above = 0, below = 0;  ///< room over and under the text
  int rule = 0;              ///< thickness of the line under it, 0: none
  int rule_x = 0, rule_width = 0;
  Ink rule_ink = Ink::grey;

  int height() const;
};

class PdfFlow {
 public:
  /// @param top of all pages but the first, which begins at `y`.
  PdfFlow(PdfCanvas& canvas, int top, int bottom);

  /// Where the next row begins.
  int y = 0;
  PdfPage& page() { return canvas_.pages.back(); }
  void next_page();
  /// What every page but the first begins with from now on.
  void repeat(std::vector<FlowRow> head) { head_ = std::move(head); }

  void put(const FlowRow& row);
  /// All of them on one page, if one page can hold them.
  void put_together(const std::vector<FlowRow>& rows);

 private:
  void lay(const FlowRow& row, const std::vector<std::size_t>& first,
           const std::vector<std::size_t>& last, int height);
  void lay_whole(const FlowRow& row);
  void spread(const FlowRow& row);

  PdfCanvas& canvas_;
  const int top_;
  const int bottom_;
  std::vector<FlowRow> head_;
};

}  // namespace billctl
