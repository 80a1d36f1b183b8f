// What libbillctl_pdf is made of: the pages of a PDF.
#include <algorithm>
#include <array>

#include "render/paper.hpp"
#include "render/pdf_canvas.hpp"
#include "render/pdf_flow.hpp"

namespace billctl {
namespace {

constexpr int kLeft = millimetres(18);
constexpr int kRight = kPageWidthUnits - millimetres(18);
constexpr int kWidth = kRight - kLeft;
constexpr int kFirstTop = millimetres(14);
constexpr int kTop = millimetres(24);
constexpr int kBottom = kPageHeightUnits - millimetres(22);
constexpr int kGutter = millimetres(3);
constexpr int kHalf = millimetres(82);  // of the parties and, beside them, the facts
constexpr int kHair = points(1) / 4;
constexpr int kLinesMax = 4;  // of a name or a fact, so that heads stay heads

constexpr TextStyle kPlain{.tenths = 88};
constexpr TextStyle kLabel{.tenths = 88, .ink = Ink::grey};
constexpr TextStyle kStrong{.tenths = 105, .strong = true};
constexpr TextStyle kHead{.tenths = 80, .strong = true, .ink = Ink::grey};
constexpr TextStyle kSmall{.tenths = 70, .ink = Ink::grey, .lines_max = 1};

constexpr TextStyle short_text(TextStyle style, bool flush_left = false) {
  style.flush_left = flush_left;
  style.lines_max = kLinesMax;
  return style;
}

/// The columns of a table on the page: where each begins, and how wide it is.
struct Grid {
  std::vector<int> x, width;
  std::vector<bool> right;
};

/// One run over one paper.
class Pages {
 public:
  explicit Pages(const Paper& paper)
      : paper_(paper), canvas_(word(paper.language)), flow_(canvas_, kTop, kBottom) {}

  std::string bytes() {
    flow_.y = kFirstTop;
    top();
    parties();
    paragraph(paper_.title, kStrong, points(2));
    paragraph(paper_.subtitle, kPlain, points(2));
    flow_.y += millimetres(4);
    table(paper_.lines);
    totals();
    for (const std::string& reason : paper_.tax_reasons) paragraph(reason, kPlain, points(2));
    flow_.y += millimetres(3);
    facts(paper_.payment);
    flow_.y += millimetres(3);
    paragraph(paper_.notes, kPlain, points(4));
    if (!paper_.seal.empty())
      paragraph(paper_.label(Phrase::seal) + " " + paper_.seal, kSmall, points(2));
    annex();
    margins();
    return canvas_.finish({paper_.name(), paper_.seller.name, paper_.dated, word(paper_.language)});
  }

 private:
  void top();
  int heading();
  int logo();
  int party(const PaperParty& party, int y);
  void parties();
  void paragraph(const std::string& text, const TextStyle& style, int below);
  FlowRow fact_row(const PaperFact& fact, int x, int label_width, int width);
  void facts(const std::vector<PaperFact>& facts);
  Grid grid_of(const PaperTable& table);
  FlowRow row_of(const PaperTable& table, const std::vector<std::string>& cells, const Grid& grid,
                 const TextStyle& style);
  void table(const PaperTable& table);
  void totals();
  void annex();
  void margins();
  void place(const Text& text, int x, int y, Ink ink = Ink::black) {
    flow_.page().texts.push_back({text, x, y, ink});
  }

  const Paper& paper_;
  PdfCanvas canvas_;
  PdfFlow flow_;
};

// "TEST Invoice" in the upper right corner; what marks it as no plain invoice in red.
int Pages::heading() {
  std::string marks;
  for (const std::string& mark : paper_.marks) marks += mark + " ";
  const Text heading = canvas_.set(paper_.heading, {.tenths = 180, .strong = true}, 0);
  const Text red = canvas_.set(marks, {.tenths = 180, .strong = true}, 0);
  place(heading, kRight - heading->width(), flow_.y);
  const bool beside = heading->width() + red->width() <= kHalf;
  const int x = kRight - red->width() - (beside ? heading->width() : 0);
  const int y = flow_.y + (beside ? 0 : heading->height());
  if (!marks.empty()) place(red, x, y, Ink::red);
  return y + heading->height();
}

// At most 60 x 20 mm, in its own proportions.
int Pages::logo() {
  if (!paper_.logo) return flow_.y;
  const std::int64_t wide = paper_.logo->width;
  const std::int64_t high = paper_.logo->height;
  std::int64_t width = millimetres(60);
  std::int64_t height = std::max<std::int64_t>(width * high / wide, 1);
  if (height > millimetres(20)) {
    height = millimetres(20);
    width = std::max<std::int64_t>(height * wide / high, 1);
  }
  canvas_.logo = paper_.logo;
  canvas_.logo_x = kLeft;
  canvas_.logo_y = flow_.y;
  canvas_.logo_width = static_cast<int>(width);
  canvas_.logo_height = static_cast<int>(height);
  return flow_.y + canvas_.logo_height + millimetres(3);
}

int Pages::party(const PaperParty& party, int y) {
  const auto line = [&](const std::string& text, const TextStyle& style) {
    if (text.empty()) return;
    const Text set = canvas_.set(text, short_text(style, true), kHalf);
    place(set, kLeft, y);
    y += set->height();
  };
  line(party.above, kPlain);
  line(party.name, kStrong);
  for (const std::string& each : party.lines) line(each, kPlain);
  return y;
}

void Pages::top() {
  const int below_heading = heading();
  const int below_seller = party(paper_.seller, logo());
  // Where the window of an envelope is, if the seller leaves it free.
  flow_.y = std::max({below_heading, below_seller + millimetres(7), millimetres(50)});
}

void Pages::parties() {
  const int top = flow_.y;
  const int below = party(paper_.buyer, top);
  const int x = kRight - kHalf;
  for (const PaperFact& fact : paper_.facts) {
    const FlowRow row = fact_row(fact, x, millimetres(36), kHalf);
    for (const FlowCell& cell : row.cells) place(cell.text, cell.x, flow_.y, cell.ink);
    flow_.y += row.height();
  }
  flow_.y = std::max(flow_.y, below) + millimetres(8);
}

void Pages::paragraph(const std::string& text, const TextStyle& style, int below) {
  if (text.empty()) return;
  FlowRow row;
  row.cells.push_back({canvas_.set(text, style, kWidth), kLeft, style.ink});
  row.below = below;
  flow_.put(row);
}

FlowRow Pages::fact_row(const PaperFact& fact, int x, int label_width, int width) {
  FlowRow row;
  row.cells.push_back(
      {canvas_.set(fact.label, short_text(kLabel), label_width - kGutter), x, kLabel.ink});
  row.cells.push_back({canvas_.set(fact.value, short_text(kPlain, true), width - label_width),
                       x + label_width, Ink::black});
  row.below = points(1);
  return row;
}

void Pages::facts(const std::vector<PaperFact>& facts) {
  for (const PaperFact& fact : facts) flow_.put(fact_row(fact, kLeft, millimetres(42), kWidth));
}

int weight_of(PaperCell kind) {
  switch (kind) {
    case PaperCell::description:
      return 4;
    case PaperCell::member:
    case PaperCell::work:
      return 2;
    case PaperCell::source:
      return 1;
    default:
      return 0;  // as wide as what stands in it
  }
}

// Numbers and dates get the room they need, up to a bound; the rest is shared by weight.
Grid Pages::grid_of(const PaperTable& table) {
  constexpr int kWidest = millimetres(38);
  const std::size_t count = table.columns.size();
  Grid grid{std::vector<int>(count), std::vector<int>(count), {}};
  int rest = kWidth - kGutter * (static_cast<int>(count) - 1);
  int weights = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const PaperColumn& column = table.columns[i];
    grid.right.push_back(is_number(column.kind));
    weights += weight_of(column.kind);
    if (weight_of(column.kind) > 0) continue;
    std::string_view longest;
    int width = canvas_.set(column.head, kHead, 0)->width();
    for (const auto& row : table.rows) {
      if (row[i].size() > longest.size()) longest = row[i];
    }
    // Digits are equally wide and marks narrower, so the longest text is about the widest.
    width = std::max(width, canvas_.set(longest, kPlain, 0)->width() + points(2));
    grid.width[i] = std::min(width, kWidest);
    rest -= grid.width[i];
  }
  int x = kLeft;
  for (std::size_t i = 0; i < count; ++i) {
    if (const int weight = weight_of(table.columns[i].kind); weight > 0)
      grid.width[i] = rest * weight / weights;
    grid.x[i] = x;
    x += grid.width[i] + kGutter;
  }
  return grid;
}

FlowRow Pages::row_of(const PaperTable& table, const std::vector<std::string>& cells,
                      const Grid& grid, const TextStyle& style) {
  FlowRow row;
  row.above = row.below = points(3);
  row.rule = kHair;
  row.rule_x = kLeft;
  row.rule_width = kWidth;
  const bool alone = std::all_of(cells.begin() + 1, cells.end(),
                                 [](const std::string& cell) { return cell.empty(); });
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    const bool fits = weight_of(table.columns[i].kind) == 0;
    Text text = canvas_.set(cells[i], style, fits ? 0 : alone ? kWidth : grid.width[i]);
    if (fits && text->width() > grid.width[i]) text = canvas_.set(cells[i], style, grid.width[i]);
    const int room = grid.right[i] ? std::max(grid.width[i] - text->width(), 0) : 0;
    row.cells.push_back({text, grid.x[i] + room, style.ink});
  }
  return row;
}

void Pages::table(const PaperTable& table) {
  const Grid grid = grid_of(table);
  std::vector<std::string> heads;
  for (const PaperColumn& column : table.columns) heads.push_back(column.head);
  FlowRow head = row_of(table, heads, grid, kHead);
  head.rule = points(1);
  head.rule_ink = Ink::black;
  if (!table.rows.empty()) {
    const FlowRow first = row_of(table, table.rows.front(), grid, kPlain);
    if (flow_.y + head.height() + std::min(first.height(), points(60)) > kBottom) flow_.next_page();
  }
  flow_.put(head);
  flow_.repeat({head});
  for (const auto& row : table.rows) flow_.put(row_of(table, row, grid, kPlain));
  flow_.repeat({});
}

void Pages::totals() {
  constexpr int kAmount = millimetres(38);
  constexpr int kLabelRoom = millimetres(100);
  std::vector<FlowRow> rows;
  for (const PaperTotal& total : paper_.totals) {
    const TextStyle style = total.strong ? kStrong : kPlain;
    FlowRow row;
    row.above = row.below = total.strong ? points(4) : points(2);
    Text label = canvas_.set(total.label, style, 0);
    if (label->width() > kLabelRoom) label = canvas_.set(total.label, style, kLabelRoom);
    const Text amount = canvas_.set(total.amount, style, 0);
    row.cells.push_back({label, kRight - kAmount - std::min(label->width(), kLabelRoom)});
    row.cells.push_back({amount, kRight - amount->width()});
    rows.push_back(std::move(row));
    if (!total.strong || rows.size() < 2) continue;
    FlowRow& before = rows[rows.size() - 2];
    before.rule = points(1);
    before.rule_ink = Ink::black;
    before.rule_width = kAmount + kLabelRoom / 2;
    before.rule_x = kRight - before.rule_width;
  }
  flow_.y += millimetres(2);
  flow_.put_together(rows);
  flow_.y += millimetres(4);
}

void Pages::annex() {
  if (paper_.annex.rows.empty()) return;
  flow_.next_page();
  paragraph(paper_.annex_title, kStrong, points(6));
  table(paper_.annex);
}

// Which page of which document: known only when all is laid out.
void Pages::margins() {
  const std::string count = std::to_string(canvas_.pages.size());
  const Text name = canvas_.set(paper_.name(), kSmall, kWidth * 2 / 3);
  const Text seller = canvas_.set(paper_.seller.name, kSmall, kWidth * 2 / 3);
  for (std::size_t i = 0; i < canvas_.pages.size(); ++i) {
    PdfPage& page = canvas_.pages[i];
    const Text number = canvas_.set(std::to_string(i + 1) + "/" + count, kSmall, 0);
    const int y = kPageHeightUnits - millimetres(14);
    page.texts.push_back({seller, kLeft, y, kSmall.ink});
    page.texts.push_back({number, kRight - number->width(), y, kSmall.ink});
    page.rules.push_back({kLeft, y - points(3), kWidth, kHair, Ink::grey});
    if (i > 0) page.texts.push_back({name, kLeft, millimetres(14), kSmall.ink});
  }
}

}  // namespace

}  // namespace billctl

/// What document_pdf.cpp looks up by name.
extern "C" void billctl_print_pdf(const billctl::Paper& paper, std::string& bytes) {
  bytes = billctl::Pages(paper).bytes();
}
