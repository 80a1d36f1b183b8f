#include "pipeline/render_invoice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ledger/scratch.hpp"
#include "ledger/stored_documents.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/void_invoice.hpp"
#include "render/whole_file.hpp"
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

constexpr const char* kGerman = R"(
[tenant]
code = "main"
currency = "EUR"
language = "de"
)";

std::string text_of(Desk& desk, const std::string& name,
                    std::optional<Annex> annex = std::nullopt) {
  Session session = desk.session();
  RenderRequest request;
  request.invoices = {name};
  request.medium = find_medium("text");
  request.manner.annex = annex;
  return render(session, request).content;
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
  std::string text = text_of(desk, "INV00001");
  const std::string seal = desk.header("INV00001").seal.substr(0, 16);
  REQUIRE(has(text, seal));
  text.replace(text.find(seal), seal.size(), "SEAL");
  CHECK(text ==
        R"(Example Oy                                                          TEST INVOICE
Myyjänkatu 1
00100 Helsinki
FI
VAT id FI12345671

Acme Oy
Katu 1
Helsinki
FI

Number              INV00001
Date                2026-11-01
Due                 2026-11-15
Period              2026-10-01 – 2026-10-31
Order number        PO-7

Support

Description                    Quantity  Unit   Unit price      Tax       Amount
--------------------------------------------------------------------------------
Work 1                               10  hour        95.00   25.5 %       950.00
Work 2                              1.5  hour    33.333333      0 %        50.00
--------------------------------------------------------------------------------
                                               Total excluding tax      1,000.00
                                  reverse_charge 0 % (AE) on 50.00          0.00
                                          vat 25.5 % (S) on 950.00        242.25
                                               Total including tax      1,242.25
                                                       Payable EUR      1,242.25

Reverse charge (VATEX-EU-AE)

Terms               14 days net
IBAN                FI2112345600000785
BIC                 NDEAFIHH
Reference           INV00001
Terms of sale       https://example.test/terms
Contact             Billing, billing@example.test

Thank you

Seal                SEAL
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

TEST_CASE("the annex names the ticket and lists a piece of work once") {
  Desk desk;
  desk.draft({.lines = {{.price_source = "entry"}}});
  desk.firm().add("tasks", "code=t1 source_type=ticket source_ref=4711");
  desk.firm().execute("UPDATE item SET task_id = (SELECT id FROM task WHERE code = 't1')");
  desk.firm().execute(
      "INSERT INTO placed (invoice_id, line, item_id, share_minor) "
      "SELECT invoice_id, 7, item_id, 0 FROM placed");
  const std::string text = text_of(desk, "DRAFT00001", Annex::entries);
  CHECK(has(text, "[4711]"));
  CHECK(text.find("2026-10-01", text.find("Work behind")) == text.rfind("2026-10-01"));
}

TEST_CASE("paper is in the language of the client and else in the tenant's") {
  Desk desk(kGerman);
  desk.draft();
  CHECK(has(text_of(desk, "DRAFT00001"), "Zahlbetrag EUR"));
  desk.firm().execute("UPDATE client SET language = 'sv'");
  CHECK(has(text_of(desk, "DRAFT00001"), "Att betala EUR"));
  desk.issue({"DRAFT00001"});
  desk.firm().execute("UPDATE client SET language = 'fi'");
  CHECK(has(text_of(desk, "INV00001"), "Att betala EUR"));
}

TEST_CASE("what was sent is given back byte for byte and a copy is marked") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  const std::string made = text_of(desk, "INV00001");
  Session session = desk.session();
  StoredDocuments stored(session.ledger, session.tenant.id);
  const StoredDocuments::Key key{desk.id("INV00001"), "text"};
  session.ledger.write(DryRun::no, [&] { stored.store(key, "as it was sent\n", session.now); });
  CHECK(text_of(desk, "INV00001") == "as it was sent\n");
  CHECK(text_of(desk, "DRAFT00001") == "as it was sent\n");
  RenderRequest request;
  request.invoices = {"INV00001"};
  request.medium = find_medium("text");
  const Rendering given = render(session, request);
  CHECK(given.report.body["documents"].as_array().front()["sent_at"] ==
        Json(session.now.to_text()));
  request.manner.again = true;
  const Rendering again = render(session, request);
  CHECK(has(again.content, "TEST COPY INVOICE"));
  CHECK(again.report.body["documents"].as_array().front()["sent_at"].is_null());
  request.manner.again = false;
  request.medium = find_medium("html");
  CHECK(has(render(session, request).content, "<h1>"));
  CHECK(made != again.content);
}

TEST_CASE("X2 a void leaves what was sent as it is and marks what is made anew") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  Session session = desk.session();
  StoredDocuments stored(session.ledger, session.tenant.id);
  session.ledger.write(DryRun::no, [&] {
    stored.store({desk.id("INV00001"), "text"}, "as it was sent\n", session.now);
  });
  void_invoice(session, {"INV00001", "wrong client", std::nullopt, {}}, Json::object());
  CHECK(text_of(desk, "INV00001") == "as it was sent\n");
  RenderRequest request;
  request.invoices = {"INV00001"};
  request.medium = find_medium("text");
  request.manner.again = true;
  CHECK(has(render(session, request).content, "TEST COPY VOIDED INVOICE"));
  request.manner.again = false;
  request.medium = find_medium("html");
  CHECK(has(render(session, request).content, "VOIDED"));
}

TEST_CASE("what was sent is stored once and only of what was issued") {
  Desk desk;
  desk.draft();
  desk.draft();
  desk.issue({"DRAFT00001"});
  Session session = desk.session();
  StoredDocuments stored(session.ledger, session.tenant.id);
  const auto store = [&](const char* invoice, const char* bytes) {
    session.ledger.write(DryRun::no, [&] {
      stored.store({desk.id(invoice), "pdf"}, bytes, session.now);
    });
  };
  CHECK_FALSE(stored.stored({desk.id("INV00001"), "pdf"}));
  store("INV00001", "%PDF");
  store("INV00001", "%PDF");
  CHECK(stored.stored({desk.id("INV00001"), "pdf"})->content == "%PDF");
  CHECK_FALSE(stored.stored({desk.id("INV00001"), "html"}));
  try {
    store("INV00001", "another");
    FAIL("other bytes took the place of what was sent");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::already_delivered);
  }
  CHECK_THROWS(store("DRAFT00002", "%PDF"));
  CHECK(stored.stored({desk.id("INV00001"), "pdf"})->content == "%PDF");
}

TEST_CASE("render of all writes each file once and goes on where it was cut short") {
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.draft();
  desk.issue({"DRAFT00001", "DRAFT00002", "DRAFT00003", "DRAFT00004"});
  Scratch scratch;
  RenderRequest request;
  request.all = true;
  request.medium = find_medium("text");
  request.target = scratch.path(".");
  request.is_folder = true;
  const auto outcomes = [&](DryRun dry_run) {
    Session session = desk.session(dry_run);
    std::string text;
    const Rendering rendering = render(session, request);
    for (const Json& each : rendering.report.body["documents"].as_array())
      text += each["invoice"].as_string() + " " + each["outcome"].as_string() + "\n";
    return text;
  };
  const auto all = [](const std::string& second) {
    return "INV00001 " + second + "\nINV00002 written\nINV00003 " + second + "\nINV00004 " +
           second + "\n";
  };
  CHECK(outcomes(DryRun::yes) == all("written"));
  CHECK(std::filesystem::is_empty(scratch.path(".")));
  CHECK(outcomes(DryRun::no) == all("written"));
  std::ofstream(scratch.path("INV00002.txt"), std::ios::trunc) << "torn";
  CHECK(outcomes(DryRun::no) == all("unchanged"));
  CHECK(is_file_of(scratch.path("INV00002.txt"), text_of(desk, "INV00002")));
  request.filter.limit = 0;
  CHECK(outcomes(DryRun::no).empty());
  request.filter.limit.reset();
  request.target = scratch.path("absent");
  CHECK_THROWS_AS(outcomes(DryRun::no), Error);
}

TEST_CASE("numbers that look alike to a file system keep their own files") {
  Desk desk("[invoice]\nallow_number_override = true\n");
  desk.draft();
  desk.draft();
  desk.issue({"DRAFT00001"}, {.number = "2026/7"});
  desk.issue({"DRAFT00002"}, {.number = "2026_7"});
  Scratch scratch;
  RenderRequest request;
  request.all = true;
  request.medium = find_medium("text");
  request.target = scratch.path(".");
  request.is_folder = true;
  Session session = desk.session();
  render(session, request);
  CHECK(is_file_of(scratch.path("2026_7.txt"), text_of(desk, "2026/7")));
  CHECK(is_file_of(scratch.path("2026_7-2.txt"), text_of(desk, "2026_7")));
}
