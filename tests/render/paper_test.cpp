#include "render/paper.hpp"

#include <doctest/doctest.h>

#include "render/document_text.hpp"
#include "render/papers.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::string value(const std::vector<PaperFact>& facts, const std::string& label) {
  for (const PaperFact& fact : facts) {
    if (fact.label == label) return fact.value;
  }
  return "";
}

}  // namespace

TEST_CASE("S3-15 terms and late interest and discount and bank stand on paper") {
  const Paper paper = paper_of(sample());
  CHECK(value(paper.payment, "Terms") == "14 days net");
  CHECK(value(paper.payment, "Late interest") == "8.5 % a year");
  CHECK(value(paper.payment, "Cash discount") == "2 % when paid within 7 days");
  CHECK(value(paper.payment, "IBAN") == "FI2112345600000785");
  CHECK(value(paper.payment, "BIC") == "NDEAFIHH");
  CHECK(value(paper.payment, "Reference") == "INV00042");
  CHECK(paper.seal == "0123456789abcdef");
}

TEST_CASE("S3-13 the business link stands above the name and the legal name below") {
  PrintedDocument printed = sample();
  printed.buyer.parent = "Acme Group";
  printed.buyer.legal_name = "Acme Trading Oy";
  const std::string text = document_text(paper_of(printed));
  CHECK(has(text, "Acme Group\nAcme Oy\nAcme Trading Oy\nKatu 1\n02100 Espoo\nFI\n"));
}

TEST_CASE("S3-5 the period stands on paper and a subtitle of its own below the title") {
  PrintedDocument printed = sample();
  CHECK(value(paper_of(printed).facts, "Period") == "2026-10-01 – 2026-10-31");
  printed.document.invoice.title = "Support";
  printed.document.invoice.subtitle = "October";
  CHECK(has(document_text(paper_of(printed)), "\n\nSupport\nOctober\n\n"));
}

TEST_CASE("paper is in the language of the client") {
  PrintedDocument printed = sample({{"Suunnittelu", "1.5", "1234.5"}});
  printed.language = "fi";
  const Paper paper = paper_of(printed);
  CHECK(paper.name() == "Lasku INV00042");
  CHECK(value(paper.facts, "Eräpäivä") == "15.11.2026");
  CHECK(paper.lines.rows.front() ==
        std::vector<std::string>{"Suunnittelu", "1,5", "h", "1\u00A0234,50", "1\u00A0851,75"});
  CHECK(paper.totals.back().label == "Maksettavaa EUR");
  CHECK(paper.totals.back().amount == "2\u00A0323,95");
  CHECK(value(paper.payment, "Viivästyskorko") == "8,5 % vuodessa");
}

TEST_CASE("a credit note on paper is positive and names what it corrects and asks for no payment") {
  const Paper paper = paper_of(sample_credit_note());
  CHECK(paper.heading == "Credit note");
  CHECK(value(paper.facts, "Corrects") == "INV00041");
  CHECK(value(paper.facts, "Due").empty());
  CHECK(value(paper.payment, "IBAN").empty());
  CHECK(paper.lines.rows.front() ==
        std::vector<std::string>{"Design", "10", "hour", "95.00", "950.00"});
  CHECK(paper.totals.back().label == "Credited EUR");
  CHECK(paper.totals.back().amount == "1,192.25");
  for (const PaperTotal& total : paper.totals) CHECK_FALSE(has(total.amount, "-"));
}

TEST_CASE("marks stand on drafts and tests and copies in this order") {
  PrintedDocument printed = sample();
  CHECK(paper_of(printed).marks.empty());
  printed.test = true;
  printed.copy = true;
  printed.document.invoice.state = InvoiceState::draft;
  const Paper paper = paper_of(printed);
  CHECK(paper.marks == std::vector<std::string>{"TEST", "DRAFT", "COPY"});
  CHECK(paper.name() == "TEST DRAFT COPY Invoice");
  CHECK(paper.number.empty());
  CHECK(paper.seal.empty());
}

TEST_CASE("X2 an invoice that was voided says so in the language of the client") {
  PrintedDocument printed = sample();
  printed.document.invoice.state = InvoiceState::voided;
  printed.copy = true;
  CHECK(paper_of(printed).marks == std::vector<std::string>{"COPY", "VOIDED"});
  for (const auto& [language, mark] :
       {std::pair("fi", "MITÄTÖITY"), {"sv", "MAKULERAD"}, {"de", "STORNIERT"}, {"fr", "VOIDED"}}) {
    printed.language = language;
    CHECK(paper_of(printed).marks.back() == mark);
    CHECK(has(document_text(paper_of(printed)), mark));
  }
}

TEST_CASE("each tax has its row and lines tell theirs where there are several") {
  CHECK(paper_of(sample()).lines.columns.size() == 5);
  const Paper paper = paper_of(sample({{"Here", "1"}, {"Abroad", "2", "100", "reverse_charge"}}));
  CHECK(paper.lines.columns.size() == 6);
  CHECK(paper.lines.cell(paper.lines.rows[0], PaperCell::tax) == "25.5\u00A0%");
  CHECK(paper.lines.cell(paper.lines.rows[1], PaperCell::tax) == "0\u00A0%");
  CHECK(paper.totals[1].label == "reverse_charge 0 % (AE) on 200.00");
  CHECK(paper.totals[2].label == "vat 25.5 % (S) on 100.00");
  CHECK(paper.totals[2].amount == "25.50");
  CHECK(paper.tax_reasons == std::vector<std::string>{"Reverse charge (VATEX-EU-AE)"});
}

TEST_CASE("prepayments and tax in the accounting currency stand under the totals") {
  PrintedDocument printed = sample({{"Design", "10", "100"}});
  Invoice& invoice = printed.document.invoice;
  printed.document.prepayments.push_back({{}, "deposit", 50000, 12750});
  invoice.amounts.prepaid_minor = 62750;
  invoice.amounts.payable_minor -= 62750;
  invoice.tax_accounting_minor = 287500;
  invoice.accounting_currency = "SEK";
  invoice.exchange_rate = Decimal::parse("11.27451");
  const Paper paper = paper_of(printed);
  CHECK(paper.totals[3].label == "Prepaid deposit");
  CHECK(paper.totals[3].amount == "-627.50");
  CHECK(paper.totals[4].amount == "627.50");
  CHECK(paper.totals[5].label == "Tax in SEK at 11.27451");
  CHECK(paper.totals[5].amount == "2,875.00");
}

TEST_CASE("text lines have no numbers and allowances a row of their own") {
  PrintedDocument printed = sample({{"Design", "10", "100"}, {"as agreed", ""}});
  printed.document.lines[0].allowance_minor = -5000;
  printed.document.lines[0].amount_minor -= 5000;
  const Paper paper = paper_of(printed);
  CHECK(paper.lines.rows[0].back() == "1,000.00");
  CHECK(paper.lines.rows[1] == std::vector<std::string>{"allowance", "", "", "", "-50.00"});
  CHECK(paper.lines.rows[2] == std::vector<std::string>{"as agreed", "", "", "", ""});
}

TEST_CASE("control characters of data are visible on paper and line feeds are kept") {
  PrintedDocument printed = sample({{"one\r\ntwo\x1b[31m\n", "1"}});
  printed.document.invoice.notes_at_issue = "a\tb\n\u202Ec";
  const Paper paper = paper_of(printed);
  CHECK(paper.lines.rows[0][0] == "one\ntwo\\x1b[31m");
  CHECK(paper.notes == "a\\x09b\n\\u202ec");
}

TEST_CASE("the annex has a column for who only when somebody is named") {
  PrintedDocument printed = sample();
  AnnexRow row;
  row.on = *Date::of(2026, 10, 5);
  row.member = "Maija M";
  row.work = "coding";
  row.description = "the list";
  row.quantity = *Decimal::parse("1.5");
  row.unit = "hour";
  row.source = "4711";
  printed.annex = {row};
  CHECK(paper_of(printed).annex.columns.size() == 7);
  CHECK(paper_of(printed).annex.rows[0] == std::vector<std::string>{"2026-10-05", "Maija M",
                                                                    "coding", "the list", "1.5",
                                                                    "hour", "4711"});
  CHECK(has(document_text(paper_of(printed)), "Maija M, coding: the list [4711]"));
  printed.annex[0].member.clear();
  CHECK(paper_of(printed).annex.columns.size() == 6);
  printed.annex[0].source.clear();
  CHECK(paper_of(printed).annex.columns.size() == 5);
  printed.annex.clear();
  CHECK(paper_of(printed).annex_title.empty());
}
