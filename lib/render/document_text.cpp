#include "render/document_text.hpp"

#include <algorithm>

#include "render/text_page.hpp"
#include "text/utf8.hpp"

namespace billctl {
namespace {

constexpr std::size_t kLabelWidth = 20;
constexpr std::size_t kAmountWidth = 14;
constexpr std::size_t kGap = 2;

std::size_t width_of(PaperCell kind) {
  switch (kind) {
    case PaperCell::quantity:
      return 9;
    case PaperCell::unit:
      return 5;
    case PaperCell::price:
    case PaperCell::date:
      return 10;
    case PaperCell::tax:
      return 7;
    case PaperCell::amount:
      return 11;
    default:
      return 0;  // what is left
  }
}

// The headings of paper are plain ASCII in every language there is.
std::string capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// One run over one paper.
class Page {
 public:
  explicit Page(const Paper& paper) : paper_(paper) {}

  std::string text() {
    seller();
    buyer();
    facts();
    lines();
    totals();
    paragraphs(paper_.tax_reasons);
    for (const PaperFact& each : paper_.payment) fact(each.label, each.value);
    if (!paper_.notes.empty()) paragraphs({paper_.notes}, true);
    if (!paper_.seal.empty()) {
      blank();
      fact(paper_.label(Phrase::seal), paper_.seal);
    }
    annex();
    return std::move(out_);
  }

 private:
  void add(const std::string& line) { out_ += line + "\n"; }
  void blank() { out_ += "\n"; }
  void add_text(std::string_view text) {
    if (text.empty()) return;
    for (const std::string& line : wrapped(text, kPageWidth)) add(line);
  }
  void fact(const std::string& label, const std::string& value) {
    const auto lines = wrapped(value, kPageWidth - kLabelWidth);
    for (std::size_t i = 0; i < lines.size(); ++i)
      add(padded(i == 0 ? label : "", kLabelWidth) + lines[i]);
  }
  void paragraphs(const std::vector<std::string>& texts, bool blank_before = false) {
    if (texts.empty()) return;
    if (blank_before) blank();
    for (const std::string& text : texts) add_text(text);
    if (!blank_before) blank();
  }
  void seller();
  void buyer();
  void facts();
  void lines();
  void totals();
  void annex();

  const Paper& paper_;
  std::string out_;
};

void Page::seller() {
  std::string title;
  for (const std::string& mark : paper_.marks) title += mark + " ";
  title += capitals(paper_.heading);
  const std::string& name = paper_.seller.name;
  const std::size_t width = display_width(name);
  if (width + kGap + title.size() <= kPageWidth) {
    add(name + set_right(title, kPageWidth - width));
  } else {
    add(set_right(title, kPageWidth));
    add_text(name);
  }
  for (const std::string& line : paper_.seller.lines) add_text(line);
  blank();
}

void Page::buyer() {
  add_text(paper_.buyer.above);
  add_text(paper_.buyer.name);
  for (const std::string& line : paper_.buyer.lines) add_text(line);
  blank();
}

void Page::facts() {
  for (const PaperFact& each : paper_.facts) fact(each.label, each.value);
  blank();
  if (paper_.title.empty() && paper_.subtitle.empty()) return;
  add_text(paper_.title);
  add_text(paper_.subtitle);
  blank();
}

void Page::lines() {
  std::size_t rest = kPageWidth;
  for (const PaperColumn& column : paper_.lines.columns) rest -= width_of(column.kind);
  rest -= kGap * (paper_.lines.columns.size() - 1);
  std::vector<TextColumn> columns;
  for (const PaperColumn& column : paper_.lines.columns) {
    const std::size_t width = width_of(column.kind);
    columns.push_back({column.head, width == 0 ? rest : width, is_number(column.kind)});
  }
  const TextTable table(columns);
  out_ += table.head() + rule();
  for (const std::vector<std::string>& row : paper_.lines.rows) out_ += table.row(row);
  out_ += rule();
}

void Page::totals() {
  for (const PaperTotal& total : paper_.totals) {
    std::string amount = set_right(total.amount, kAmountWidth);
    const std::size_t room = kPageWidth - display_width(amount);
    const auto label = wrapped(total.label, room);
    for (std::size_t i = 0; i + 1 < label.size(); ++i) add(set_right(label[i], room));
    add(set_right(label.back(), room) + amount);
  }
  blank();
}

// Who, what and why stand in the one column that may wrap.
void Page::annex() {
  const PaperTable& annex = paper_.annex;
  if (annex.rows.empty()) return;
  blank();
  add(paper_.annex_title);
  const TextTable table({{paper_.label(Phrase::work), 50, false},
                         {paper_.label(Phrase::date), width_of(PaperCell::date), false},
                         {paper_.label(Phrase::quantity), width_of(PaperCell::quantity), true},
                         {paper_.label(Phrase::unit), width_of(PaperCell::unit), false}});
  out_ += rule() + table.head();
  for (const std::vector<std::string>& row : annex.rows) {
    std::string work = annex.cell(row, PaperCell::member);
    const auto append = [&](PaperCell kind, const char* before, const char* after) {
      const std::string cell = annex.cell(row, kind);
      if (!cell.empty()) work += (work.empty() ? "" : before) + cell + after;
    };
    append(PaperCell::work, ", ", "");
    append(PaperCell::description, ": ", "");
    const std::string source = annex.cell(row, PaperCell::source);
    if (!source.empty()) work += (work.empty() ? "[" : " [") + source + "]";
    out_ += table.row({work, annex.cell(row, PaperCell::date), annex.cell(row, PaperCell::quantity),
                       annex.cell(row, PaperCell::unit)});
  }
}

}  // namespace

std::string document_text(const Paper& paper) {
  return Page(paper).text();
}

}  // namespace billctl
