#include "render/document_html.hpp"

#include <string_view>

#include "text/base64.hpp"

namespace billctl {
namespace {

constexpr std::string_view kStyle = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 12mm; max-width: 210mm; color: #1a1a1a; background: #fff;
  font: 10pt/1.4 "DejaVu Sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 10mm; }
.logo { max-width: 60mm; max-height: 20mm; margin-bottom: 3mm; display: block; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 3mm; text-align: right; }
h2 { font-size: 12pt; margin: 8mm 0 2mm; }
.mark { color: #b00020; }
.party p, .title p, .reasons p { margin: 0; }
.name { font-weight: bold; }
.both { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 8mm; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.6mm 5mm; margin: 0; }
dt { color: #555; }
dd { margin: 0; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; margin-bottom: 5mm; }
thead { display: table-header-group; }
th { text-align: left; font-size: 9pt; color: #555; border-bottom: 1pt solid #1a1a1a; }
th, td { padding: 1.2mm 1.5mm; vertical-align: top; }
td { border-bottom: 0.25pt solid #ccc; white-space: pre-line; }
tr { break-inside: avoid; }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td.number { white-space: pre; }
.totals { width: auto; min-width: 50%; margin-left: auto; break-inside: avoid; }
.totals td { border: 0; text-align: right; }
.totals .strong td { font-weight: bold; font-size: 12pt; border-top: 1pt solid #1a1a1a; }
.reasons, .notes, .payment { margin: 0 0 5mm; }
.notes { white-space: pre-line; }
footer { color: #555; font-size: 8pt; border-top: 0.25pt solid #ccc; padding-top: 2mm; }
.annex { break-before: page; }
@page { size: A4; margin: 15mm; }
@media print { body { padding: 0; max-width: none; } }
)css";

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

/// One run over one paper.
class Sheet {
 public:
  explicit Sheet(const Paper& paper) : paper_(paper) {}

  std::string text() {
    head();
    top();
    buyer();
    title();
    table(paper_.lines);
    totals();
    reasons();
    if (!paper_.payment.empty()) facts(paper_.payment, "payment");
    if (!paper_.notes.empty()) text("p", "notes", paper_.notes);
    foot();
    annex();
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  /// An element of text, which finds its own direction.
  void text(std::string_view element, std::string_view kind, std::string_view content) {
    out_.append("<").append(element);
    if (!kind.empty()) out_.append(" class=\"").append(kind).append("\"");
    out_.append(" dir=\"auto\">").append(escaped(content));
    out_.append("</").append(element).append(">\n");
  }
  void head();
  void top();
  void buyer();
  void title();
  void facts(const std::vector<PaperFact>& facts, std::string_view kind);
  void table(const PaperTable& table);
  void totals();
  void reasons();
  void foot();
  void annex();

  const Paper& paper_;
  std::string out_;
};

void Sheet::head() {
  out_.append("<!DOCTYPE html>\n<html lang=\"")
      .append(word(paper_.language))
      .append("\">\n<head>\n");
  out_ +=
      "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n";
  out_.append("<title>").append(escaped(paper_.name())).append("</title>\n<style>");
  out_.append(kStyle).append("</style>\n</head>\n<body>\n");
}

void Sheet::top() {
  out_ += "<header>\n<div class=\"party\">\n";
  if (paper_.logo) {
    out_ += "<img class=\"logo\" alt=\"\" src=\"data:image/png;base64," + base64(paper_.logo->png) +
            "\">\n";
  }
  text("p", "name", paper_.seller.name);
  for (const std::string& line : paper_.seller.lines) text("p", "", line);
  out_ += "</div>\n<div>\n<h1>";
  for (const std::string& mark : paper_.marks)
    out_ += "<span class=\"mark\">" + escaped(mark) + "</span> ";
  out_ += escaped(paper_.heading) + "</h1>\n</div>\n</header>\n";
}

void Sheet::buyer() {
  out_ += "<div class=\"both\">\n<div class=\"party\">\n";
  if (!paper_.buyer.above.empty()) text("p", "", paper_.buyer.above);
  text("p", "name", paper_.buyer.name);
  for (const std::string& line : paper_.buyer.lines) text("p", "", line);
  out_ += "</div>\n";
  facts(paper_.facts, "facts");
  out_ += "</div>\n";
}

void Sheet::title() {
  if (paper_.title.empty() && paper_.subtitle.empty()) return;
  out_ += "<div class=\"title\">\n";
  if (!paper_.title.empty()) text("h2", "", paper_.title);
  if (!paper_.subtitle.empty()) text("p", "", paper_.subtitle);
  out_ += "</div>\n";
}

void Sheet::facts(const std::vector<PaperFact>& facts, std::string_view kind) {
  out_.append("<dl class=\"").append(kind).append("\">\n");
  for (const PaperFact& fact : facts) {
    text("dt", "", fact.label);
    text("dd", "", fact.value);
  }
  out_ += "</dl>\n";
}

void Sheet::table(const PaperTable& table) {
  out_ += "<table>\n<thead>\n<tr>\n";
  for (const PaperColumn& column : table.columns)
    text("th", is_number(column.kind) ? "number" : "", column.head);
  out_ += "</tr>\n</thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    out_ += "<tr>\n";
    for (std::size_t i = 0; i < row.size(); ++i)
      text("td", is_number(table.columns[i].kind) ? "number" : "", row[i]);
    out_ += "</tr>\n";
  }
  out_ += "</tbody>\n</table>\n";
}

void Sheet::totals() {
  out_ += "<table class=\"totals\">\n<tbody>\n";
  for (const PaperTotal& total : paper_.totals) {
    out_ += total.strong ? "<tr class=\"strong\">\n" : "<tr>\n";
    text("td", "", total.label);
    text("td", "number", total.amount);
    out_ += "</tr>\n";
  }
  out_ += "</tbody>\n</table>\n";
}

void Sheet::reasons() {
  if (paper_.tax_reasons.empty()) return;
  out_ += "<div class=\"reasons\">\n";
  for (const std::string& reason : paper_.tax_reasons) text("p", "", reason);
  out_ += "</div>\n";
}

void Sheet::foot() {
  if (paper_.seal.empty()) return;
  text("footer", "", paper_.label(Phrase::seal) + " " + paper_.seal);
}

void Sheet::annex() {
  if (paper_.annex.rows.empty()) return;
  out_ += "<section class=\"annex\">\n";
  text("h2", "", paper_.annex_title);
  table(paper_.annex);
  out_ += "</section>\n";
}

}  // namespace

std::string document_html(const Paper& paper) {
  return Sheet(paper).text();
}

}  // namespace billctl
