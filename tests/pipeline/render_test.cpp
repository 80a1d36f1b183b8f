#include "pipeline/render_invoice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "pipeline/desk.hpp"
#include "render/document_text.hpp"
#include "text/utf8.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

constexpr const char* kSeller = R"(
[tenant]
code = "main"
currency = "EUR"
name = "Example Oy"
street = "Myyjänkatu 1"
city = "Helsinki"
postal_code = "00100"
country = "FI"
vat_id = "FI12345671"
iban = "FI2112345600000785"
bic = "NDEAFIHH"
terms_of_sale = "https://example.test/terms"
contact = { name = "Billing", email = "billing@example.test" }
)";

std::string text_of(Desk& desk, const std::string& name,
                    std::optional<Annex> annex = std::nullopt) {
  Session session = desk.session();
  return document_text(printed_invoice(session, name, annex).printed);
}

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace

TEST_CASE("S3-15 an invoice as text has lines and taxes and totals and terms and the bank") {
  Desk desk(kSeller);
  desk.draft({.lines = {{"10", "95"}, {"1.5", "33.333333", "reverse_charge"}}});
  desk.firm().execute("UPDATE invoice SET po_number = 'PO-7', title = 'Support'");
  desk.issue({"DRAFT00001"}, {.comment = "Thank you"});
  CHECK(text_of(desk, "INV00001") ==
        R"(Example Oy                                                          TEST INVOICE
Myyjänkatu 1
00100 Helsinki
FI
VAT id FI12345671

Acme Oy
Katu 1
Helsinki
FI

Number            INV00001
Date              2026-11-01
Due               2026-11-15
Period            2026-10-01 to 2026-10-31
Order number      PO-7
Subject           Support

Description                             Quantity  Unit   Unit price       Amount
--------------------------------------------------------------------------------
Work 1                                        10  hour        95.00       950.00
Work 2                                       1.5  hour    33.333333        50.00
--------------------------------------------------------------------------------
                                               Total excluding tax       1000.00
                                  reverse_charge 0 % (AE) on 50.00          0.00
                                          vat 25.5 % (S) on 950.00        242.25
                                               Total including tax       1242.25
                                                       Payable EUR       1242.25

Reverse charge (VATEX-EU-AE)

Terms: 14 days net
Please pay to FI2112345600000785, BIC NDEAFIHH, reference INV00001
Terms of sale: https://example.test/terms
Contact: Billing, billing@example.test

Thank you
)");
}

TEST_CASE("a draft is marked as one and shows no number and a test ledger says TEST") {
  Desk desk;
  desk.draft();
  const std::string draft = text_of(desk, "DRAFT00001");
  CHECK(has(draft, "TEST DRAFT INVOICE\n"));
  CHECK_FALSE(has(draft, "DRAFT00001"));
  desk.issue({"DRAFT00001"});
  const std::string issued = text_of(desk, "DRAFT00001");
  CHECK(has(issued, "TEST INVOICE\n"));
  CHECK(has(issued, "INV00001"));
}

TEST_CASE("a credit note is positive on paper") {
  Desk desk;
  desk.draft({.lines = {{"-2", "50"}}, .credit_note = true});
  desk.issue({"DRAFT00001"});
  CHECK(desk.header("INV00001").amounts.payable_minor == -12550);
  const std::string text = text_of(desk, "INV00001");
  CHECK(has(text, "CREDIT NOTE"));
  CHECK(has(text, "Credited EUR        125.50"));
  CHECK_FALSE(has(text,
                  "-"
                  "2 "));
  CHECK_FALSE(has(text, "-125"));
}

TEST_CASE("what a client's name holds never reaches the paper raw and long texts wrap") {
  Desk desk;
  desk.firm().execute("UPDATE client SET name = 'A' || char(27) || '[31mcme'");
  desk.draft();
  desk.firm().execute("UPDATE line SET description = '" + std::string(90, 'x') +
                      " and a word that is äöü and then another'");
  const std::string text = text_of(desk, "DRAFT00001");
  CHECK_FALSE(has(text, "\x1b"));
  CHECK(has(text, "A\\x1b[31mcme"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 80);
}

TEST_CASE("the annex lists the work behind an invoice with names or without") {
  Desk desk;
  desk.firm().add("members", "code=maija name='Maija M'");
  desk.draft({.lines = {{.price_source = "entry"}}});
  desk.firm().execute("UPDATE item SET member_id = 1");
  CHECK_FALSE(has(text_of(desk, "DRAFT00001"), "Work behind"));
  CHECK(has(text_of(desk, "DRAFT00001", Annex::entries), "Maija M"));
  const std::string anonymous = text_of(desk, "DRAFT00001", Annex::entries_anonymous);
  CHECK(has(anonymous, "Work behind this invoice"));
  CHECK_FALSE(has(anonymous, "Maija"));
  desk.firm().execute("UPDATE invoice SET annex = 'entries'");
  CHECK(has(text_of(desk, "DRAFT00001"), "Maija M"));
}
