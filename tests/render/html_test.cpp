#include "render/document_html.hpp"

#include <doctest/doctest.h>

#include "render/papers.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {
std::string html(const PrintedDocument& printed) {
  return document_html(paper_of(printed));
}
}  // namespace

TEST_CASE("an invoice as HTML has the totals of the ledger and the lines in a table") {
  const std::string text = html(sample());
  CHECK(text.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(text.ends_with("</body>\n</html>\n"));
  CHECK(has(text, "<td class=\"number\" dir=\"auto\">950.00</td>"));
  CHECK(has(text, "<td class=\"number\" dir=\"auto\">1,234.08</td>"));
  CHECK(has(text, "<title>Invoice INV00042</title>"));
  CHECK(count(text, "<table") == 2);
  CHECK(html(sample()) == text);
}

TEST_CASE("text of data is escaped in HTML wherever it stands") {
  constexpr const char* kEvil = "<script>alert('x')</script>&\"";
  PrintedDocument printed = sample({{kEvil, "1"}});
  printed.buyer.name = printed.buyer.parent = printed.buyer.legal_name = kEvil;
  printed.buyer.address.city = printed.seller.name = printed.seller.address.street = kEvil;
  printed.document.invoice.number = kEvil;
  printed.document.invoice.title = printed.document.invoice.notes_at_issue = kEvil;
  printed.document.invoice.po_number = printed.seller.terms_of_sale = kEvil;
  printed.terms->text = kEvil;
  printed.document.lines[0].unit = kEvil;
  printed.annex = {{*Date::of(2026, 10, 1), kEvil, kEvil, kEvil, Decimal(), kEvil, kEvil}};
  const std::string text = html(printed);
  CHECK_FALSE(has(text, "<script"));
  CHECK_FALSE(has(text, "alert('x')"));
  CHECK(count(text, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;") >= 18);
}

TEST_CASE("HTML needs no other file and opens no address") {
  PrintedDocument printed = sample();
  printed.logo = std::make_shared<const Logo>(Logo{tiny_png(), 2, 1});
  printed.seller.terms_of_sale = "https://example.test/terms";
  const std::string text = html(printed);
  CHECK(has(text, "src=\"data:image/png;base64,iVBORw0KGgo"));
  CHECK_FALSE(has(text, "href="));
  CHECK_FALSE(has(text, "src=\"http"));
  CHECK_FALSE(has(text, "url("));
  CHECK(has(text, "default-src 'none'"));
}

TEST_CASE("names from right to left find their own direction in HTML") {
  PrintedDocument printed = sample();
  printed.buyer.name = "شركة المثال";
  printed.language = "ar";
  const std::string text = html(printed);
  CHECK(has(text, "<p class=\"name\" dir=\"auto\">شركة المثال</p>"));
  CHECK(has(text, "<html lang=\"en\">"));
}

TEST_CASE("marks and seal and notes and annex stand in HTML") {
  PrintedDocument printed = sample();
  printed.test = printed.copy = true;
  printed.document.invoice.notes_at_issue = "Thank you";
  printed.annex = {{*Date::of(2026, 10, 1), "Maija", "coding", "list", Decimal(), "hour", "7"}};
  const std::string text = html(printed);
  CHECK(
      has(text, "<span class=\"mark\">TEST</span> <span class=\"mark\">COPY</span> Invoice</h1>"));
  CHECK(has(text, "Seal 0123456789abcdef"));
  CHECK(has(text, "Thank you"));
  CHECK(has(text, "Work behind this invoice"));
  CHECK(has(text, ">Maija<"));
}
