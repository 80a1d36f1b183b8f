#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "outcome/error.hpp"
#include "render/document_pdf.hpp"
#include "render/papers.hpp"
#include "render/pdf_reader.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::string pdf(const PrintedDocument& printed) {
  return document_pdf(paper_of(printed));
}

PrintedDocument with_lines(int count) {
  std::vector<SampleLine> lines;
  for (int i = 1; i <= count; ++i) lines.push_back({"Line " + std::to_string(i) + ".", "2", "10"});
  return sample(lines);
}

std::size_t pages(const std::string& text) {
  return count(text, "\f");
}

}  // namespace

TEST_CASE("a PDF has the words and numbers of the paper and its fonts inside") {
  const std::string bytes = pdf(sample());
  CHECK(bytes.starts_with("%PDF-"));
  const std::string text = pdf_text(bytes);
  for (const char* piece :
       {"Example Oy", "Acme Oy", "INV00042", "2026-11-15", "Design", "950.00", "983.33", "250.75",
        "1,234.08", "FI2112345600000785", "1/1", "Seal 0123456789abcdef"}) {
    CAPTURE(piece);
    CHECK(has(text, piece));
  }
  const std::string fonts = read_pdf(bytes, "pdffonts %");
  CHECK(count(fonts, "yes yes yes") >= 2);
  CHECK_FALSE(has(fonts, " no "));
}

TEST_CASE("X2 a PDF of a voided invoice says so") {
  PrintedDocument printed = sample();
  printed.document.invoice.state = InvoiceState::voided;
  CHECK(has(pdf_text(pdf(printed)), "VOIDED"));
}

TEST_CASE("a PDF is A4 and names itself and is dated as its invoice") {
  const std::string info = pdf_info(pdf(sample()));
  CHECK(has(info, "Invoice INV00042"));
  CHECK(has(info, "Example Oy"));
  CHECK(has(info, "Sun Nov  1 00:00:00 2026"));
  CHECK(has(info, "(A4)"));
}

TEST_CASE("the same invoice gives the same PDF also on several threads") {
  const PrintedDocument many = with_lines(40);
  const std::string one = pdf(many);
  CHECK(pdf(many) == one);
  std::vector<std::string> made(4);
  std::vector<std::thread> threads;
  for (std::string& bytes : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        document_pdf(paper_of(sample({{"شركة", "1"}, {"other", "2"}})));
        bytes = document_pdf(paper_of(many));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& bytes : made) CHECK(bytes == one);
}

TEST_CASE("two hundred lines repeat the head on each page and number the pages") {
  const std::string text = pdf_text(pdf(with_lines(200)));
  const std::size_t count_of_pages = pages(text);
  CHECK(count_of_pages > 3);
  for (std::size_t at = 0; at < text.size(); at = text.find('\f', at) + 1) {
    const std::string page = text.substr(at, text.find('\f', at) - at);
    CHECK(count(page, "Unit price") == (has(page, "Line ") ? 1 : 0));
  }
  for (std::size_t i = 1; i <= count_of_pages; ++i)
    CHECK(has(text, std::to_string(i) + "/" + std::to_string(count_of_pages)));
  for (int i = 1; i <= 200; ++i) CHECK(count(text, "Line " + std::to_string(i) + ".") == 1);
}

TEST_CASE("totals stand on one page however many lines are above them") {
  std::size_t before = 1;
  for (int lines = 18; lines < 34; ++lines) {
    const std::string text = pdf_text(pdf(with_lines(lines)));
    const std::size_t first = text.find("Total excluding tax");
    const std::size_t last = text.find("Payable EUR");
    REQUIRE(first < last);
    CAPTURE(lines);
    CHECK(text.substr(first, last - first).find('\f') == std::string::npos);
    CHECK(pages(text) >= before);
    before = pages(text);
  }
  CHECK(before == 2);
}

TEST_CASE("words longer than their cell are broken and cells taller than a page spread") {
  const std::string word(400, 'W');
  std::string tall;
  for (int i = 1; i <= 150; ++i) tall += "paragraph " + std::to_string(i) + ".\n";
  PrintedDocument printed = sample({{word, "1"}, {tall, "2"}, {"the last one", "3"}});
  printed.document.invoice.notes_at_issue = tall;
  const std::string text = pdf_text(pdf(printed));
  CHECK(count(text, "W") == 400);
  CHECK_FALSE(has(text, "W-"));
  for (int i = 1; i <= 150; ++i) CHECK(count(text, "paragraph " + std::to_string(i) + ".") == 2);
  CHECK(has(text, "the last one"));
}

TEST_CASE("64 KiB without a blank or of short lines take seconds and no letter is lost") {
  constexpr std::size_t kMost = 65536;
  std::string rows;
  while (rows.size() < kMost) rows += "row\n";
  for (const std::string& text : {std::string(kMost, 'w'), rows}) {
    const auto begun = std::chrono::steady_clock::now();
    const std::string bytes = pdf(sample({{text, "2", "10"}}));
    const auto taken = std::chrono::steady_clock::now() - begun;
    CHECK(taken < std::chrono::seconds(20));  // it was over a minute
    CHECK(count(pdf_text(bytes), "w") >= static_cast<std::size_t>(std::ranges::count(text, 'w')));
  }
}

TEST_CASE("a name of many lines or letters stays a head") {
  PrintedDocument printed = sample();
  printed.document.invoice.po_number = std::string(60000, 'x') + "\n" + std::string(60000, 'y');
  CHECK(pages(pdf_text(pdf(printed))) == 1);
}

TEST_CASE("names from right to left and of the far east are shaped and can be searched") {
  PrintedDocument printed = sample({{"网站设计", "1"}, {"עיצוב", "1"}});
  printed.buyer.name = "شركة المثال";
  printed.buyer.legal_name = "示例贸易有限公司";
  const std::string bytes = pdf(printed);
  // The reader puts marks of direction around what it found and blanks between letters apart.
  std::string text;
  const std::string read = pdf_text(bytes);
  for (std::size_t at = 0; at < read.size(); ++at) {
    if (read.compare(at, 3, "\u202B") == 0 || read.compare(at, 3, "\u202C") == 0)
      at += 2;
    else if (read[at] != ' ')
      text += read[at];
  }
  CHECK(has(text, "网站设计"));
  CHECK(has(text, "示例贸易有限公司"));
  CHECK(has(text, "עיצוב"));
  CHECK(has(text, "شركةالمثال"));
}

TEST_CASE("a credit note and a zero total and an annex are printed as PDF") {
  PrintedDocument credit = sample_credit_note();
  credit.copy = true;
  const std::string text = pdf_text(pdf(credit));
  CHECK(has(text, "COPY"));
  CHECK(has(text, "Credit note"));
  CHECK(has(text, "1,192.25"));
  CHECK_FALSE(has(text, "-950"));
  CHECK(has(pdf_text(pdf(sample({{"Contractual", "3", "0"}}))), "0.00"));
  PrintedDocument annexed = sample();
  annexed.annex = {
      {*Date::of(2026, 10, 1), "Maija", "coding", "list", *Decimal::parse("1.5"), "hour", "4711"}};
  const std::string with_annex = pdf_text(pdf(annexed));
  CHECK(pages(with_annex) == 2);
  CHECK(has(with_annex.substr(with_annex.find('\f')), "Work behind this invoice"));
  CHECK(has(with_annex, "4711"));
}

TEST_CASE("an invoice without lines is a PDF of one page") {
  CHECK(pages(pdf_text(pdf(sample({})))) == 1);
}

TEST_CASE("a logo stands in the PDF and half a logo is refused by name") {
  PrintedDocument printed = sample();
  printed.logo = std::make_shared<const Logo>(Logo{tiny_png(), 2, 1});
  CHECK(has(read_pdf(pdf(printed), "pdfimages -list %"), "image"));
  printed.logo = std::make_shared<const Logo>(Logo{tiny_png().substr(0, 40), 2, 1});
  try {
    pdf(printed);
    FAIL("half a picture was drawn");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_config);
    CHECK(has(error.message(), "tenant.logo"));
  }
}
