#include "pipeline/issue_invoices.hpp"

#include <doctest/doctest.h>

#include "pipeline/desk.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

const Json& only_issued(const Report& report) {
  REQUIRE(report.body["issued"].as_array().size() == 1);
  return report.body["issued"].as_array().front();
}

std::string series_next(Desk& desk) {
  return desk.firm().rows("SELECT code, year, next_sequence FROM series WHERE code <> 'draft'");
}

}  // namespace

TEST_CASE("S3-7 a draft becomes a final invoice with date and number and seal") {
  Desk desk;
  desk.draft({.lines = {{"10", "95"}, {"1", "50"}}});
  const Report report = desk.issue({"DRAFT00001"});
  CHECK(report.exit == ExitStatus::done);
  const Json& issued = only_issued(report);
  CHECK(issued["invoice"] == Json("DRAFT00001"));
  CHECK(issued["number"] == Json("INV00001"));
  CHECK(issued["date"] == Json("2026-11-01"));
  CHECK(issued["amounts"]["excl_tax"] == Json("1000.00"));
  CHECK(issued["amounts"]["tax"] == Json("255.00"));
  CHECK(issued["amounts"]["payable"] == Json("1255.00"));
  CHECK(issued["seal"].as_string().size() == 64);
  const Invoice invoice = desk.header("INV00001");
  CHECK(invoice.state == InvoiceState::issued);
  CHECK(invoice.id == desk.id("DRAFT00001"));
  CHECK(invoice.due_on == day("2026-11-15"));
  CHECK(invoice.ar_period == "2026-11");
}

TEST_CASE("S4-8 drafts and invoices have numbers of their own series in their own formats") {
  Desk desk(R"(
[numbering]
draft = { format = "D-{n:03}", first = 99 }
issued = { format = "{year}/{n:04}", first = 25 }
)");
  CHECK(desk.draft() == "D-099");
  CHECK(desk.draft() == "D-100");
  CHECK(only_issued(desk.issue({"D-099"}))["number"] == Json("2026/0025"));
  CHECK(only_issued(desk.issue({"D-100"}))["number"] == Json("2026/0026"));
}

TEST_CASE("S4-9 what is refused or rolled back takes no number") {
  Desk desk;
  desk.firm().add("clients", "code=bare name=Bare");
  for (int i = 0; i < 3; ++i) desk.draft();
  const std::string bare = desk.draft({.client = "bare"});
  CHECK(only_issued(desk.issue({"DRAFT00001"}))["number"] == Json("INV00001"));
  CHECK(desk.issue({bare}).exit == ExitStatus::refused);
  CHECK(desk.issue({bare, "DRAFT00002"}).exit == ExitStatus::partly);
  CHECK(desk.header("DRAFT00002").number == "INV00002");
  CHECK(only_issued(desk.issue({"DRAFT00003"}, {}, DryRun::yes))["number"] == Json("INV00003"));
  CHECK(desk.header("DRAFT00003").state == InvoiceState::draft);
  CHECK(series_next(desk) == "issued||3");
  CHECK(only_issued(desk.issue({"DRAFT00003"}))["number"] == Json("INV00003"));
}

TEST_CASE("an invoice is issued once and the second time says when it was") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  for (const char* name : {"DRAFT00001", "INV00001"}) {
    const Report again = desk.issue({name});
    CHECK(again.exit == ExitStatus::refused);
    CHECK(again.body["refused"].as_array().front()["invoice"] == Json("INV00001"));
    CHECK(again.body["error"]["code"] == Json("already_issued"));
    CHECK(again.body["error"]["message"] == Json("invoice INV00001: already issued on 2026-11-01"));
  }
  CHECK(series_next(desk) == "issued||2");
}

TEST_CASE("every reason against an invoice is told at once") {
  Desk desk(R"(
[approvals]
required = ["pm", "finance"]
[roles]
admin = ["anna"]
finance = ["fia"]
)");
  desk.act_as("anna");
  desk.firm().add("clients", "code=bare name=Bare currency=USD");
  desk.firm().execute("INSERT INTO closed_period VALUES (1, '2026-08', 0, 'anna')");
  const std::string bare = desk.draft(
      {.client = "bare", .currency = "USD", .lines = {{.price = "0", .price_source = "none"}, {}}});
  CHECK(desk.reasons(bare, {.date = day("2026-08-15"), .number = "INV00007", .revision = 4}) ==
        "missing_address unpriced approval_missing no_exchange_rate period_closed "
        "date_out_of_window override_off changed");
  const Report report = desk.issue({bare});
  const Json& reasons = report.body["refused"].as_array().front()["reasons"];
  CHECK(reasons.as_array()[0]["detail"] == Json("client bare has no street and city"));
  CHECK(reasons.as_array()[1]["detail"] == Json("no price for line 1 (entry e1)"));
  CHECK(reasons.as_array()[2]["detail"] == Json("pm, finance"));
  CHECK(series_next(desk).empty());
}

TEST_CASE("a draft without lines and one on hold stay drafts") {
  Desk desk;
  const std::string empty = desk.draft({.lines = {}});
  CHECK(desk.reasons(empty) == "no_lines");
  const std::string held = desk.draft();
  desk.firm().execute("UPDATE invoice SET state = 'held' WHERE draft_number = '" + held + "'");
  CHECK(desk.reasons(held) == "on_hold");
}

TEST_CASE("S4-13 the date is the day of issue unless the draft or the command names one") {
  Desk desk;
  desk.firm().set_clock("2026-10-31T22:30:00Z");
  for (int i = 0; i < 4; ++i) desk.draft();
  CHECK(only_issued(desk.issue({"DRAFT00001"}, {.date = day("2026-10-20")}))["date"] ==
        Json("2026-10-20"));
  desk.firm().execute(
      "UPDATE invoice SET invoice_on = '2026-10-25' WHERE draft_number = 'DRAFT00002'");
  CHECK(only_issued(desk.issue({"DRAFT00002"}))["date"] == Json("2026-10-25"));
  CHECK(only_issued(desk.issue({"DRAFT00003"}, {.date_period_end = true}))["date"] ==
        Json("2026-10-31"));
  CHECK(only_issued(desk.issue({"DRAFT00004"}))["date"] == Json("2026-10-31"));
}

TEST_CASE("S4-13 today is the date in the tenant's zone") {
  Desk desk;
  desk.firm().configure(
      "[tenant]\ncode = \"main\"\ntest = true\ncurrency = \"EUR\"\nzone = \"Europe/Helsinki\"\n"
      "[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\n");
  desk.firm().set_clock("2026-10-31T22:30:00Z");
  desk.draft();
  CHECK(only_issued(desk.issue({"DRAFT00001"}))["date"] == Json("2026-11-01"));
}

TEST_CASE("S4-14 the date decides the AR period and S4-15 the start of the terms") {
  Desk desk("[invoice]\nallow_period_override = true\n");
  desk.draft();
  desk.draft({.terms = "never"});
  desk.draft();
  desk.issue({"DRAFT00001"}, {.date = day("2026-10-20")});
  CHECK(desk.header("INV00001").ar_period == "2026-10");
  CHECK(desk.header("INV00001").due_on == day("2026-11-03"));
  desk.issue({"DRAFT00002"});
  CHECK_FALSE(desk.header("INV00002").due_on.has_value());
  desk.issue({"DRAFT00003"}, {.ar_period = "2026-12"});
  CHECK(desk.header("INV00003").ar_period == "2026-12");
}

TEST_CASE("S4-21 another AR period needs the setting and an open month") {
  Desk desk;
  desk.draft();
  CHECK(desk.reasons("DRAFT00001", {.ar_period = "2026-12"}) == "override_off");
  desk.firm().execute("INSERT INTO closed_period VALUES (1, '2026-11', 0, 'anna')");
  CHECK(desk.reasons("DRAFT00001") == "period_closed");
  CHECK(desk.reasons("DRAFT00001", {.date = day("2026-10-31")}).empty());
}

TEST_CASE("issue dates never run backwards in a series and the refusal names both dates") {
  Desk desk;
  for (int i = 0; i < 3; ++i) desk.draft();
  desk.issue({"DRAFT00001"}, {.date = day("2026-10-20")});
  const Report report = desk.issue({"DRAFT00002"}, {.date = day("2026-10-19")});
  const Json& reason = report.body["refused"].as_array().front()["reasons"].as_array().front();
  CHECK(reason["code"] == Json("date_order"));
  CHECK(reason["detail"] ==
        Json("date 2026-10-19 is before 2026-10-20, the latest in series issued"));
  CHECK(desk.issue({"DRAFT00002"}, {.date = day("2026-10-20")}).exit == ExitStatus::done);
  CHECK(desk.reasons("DRAFT00003", {.date = day("2026-10-19"), .allow = {"date_out_of_window"}}) ==
        "date_order");
}

TEST_CASE("an invoice date stays within the window unless that is allowed") {
  Desk desk;
  for (int i = 0; i < 2; ++i) desk.draft();
  CHECK(desk.reasons("DRAFT00001", {.date = day("2026-09-01")}) == "date_out_of_window");
  CHECK(desk.reasons("DRAFT00001", {.date = day("2026-11-02")}) == "date_out_of_window");
  CHECK(desk.reasons("DRAFT00001", {.date = day("2026-09-02")}).empty());
  CHECK(desk.reasons("DRAFT00002", {.date = day("2026-11-30"), .allow = {"date_out_of_window"}})
            .empty());
}

TEST_CASE("a series of a year starts at 1 in each and keeps its dates in order by itself") {
  Desk desk(
      "[numbering]\nissued = { format = \"INV{year}-{n:03}\" }\n"
      "[invoice]\ndate_window = { past = 400, future = 400 }\n");
  for (int i = 0; i < 4; ++i) desk.draft();
  desk.issue({"DRAFT00001"}, {.date = day("2026-12-30")});
  desk.issue({"DRAFT00002"}, {.date = day("2027-01-02")});
  desk.issue({"DRAFT00003"}, {.date = day("2026-12-31")});
  desk.issue({"DRAFT00004"}, {.date = day("2027-01-02")});
  CHECK(desk.firm().rows("SELECT number FROM invoice ORDER BY id") ==
        "INV2026-001 INV2027-001 INV2026-002 INV2027-002");
}

TEST_CASE("a fiscal year that ends in the next year names that one") {
  Desk desk("[numbering]\nissued = { format = \"{fyear}-{n:03}\" }\n");
  desk.firm().configure(
      "[tenant]\ncode = \"main\"\ntest = true\ncurrency = \"EUR\"\nfiscal_year_start = \"04-01\"\n"
      "[numbering]\nissued = { format = \"{fyear}-{n:03}\" }\n"
      "[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\n");
  desk.draft();
  CHECK(only_issued(desk.issue({"DRAFT00001"}))["number"] == Json("2027-001"));
}

TEST_CASE("credit notes take numbers of their own series or share that of invoices") {
  Desk shared;
  shared.draft();
  shared.draft({.credit_note = true});
  CHECK(only_issued(shared.issue({"DRAFT00001"}))["number"] == Json("INV00001"));
  CHECK(only_issued(shared.issue({"DRAFT00002"}))["number"] == Json("INV00002"));
  Desk own("[numbering]\ncredit = { format = \"CN{n:05}\", first = 7 }\n");
  own.draft();
  own.draft({.credit_note = true});
  CHECK(only_issued(own.issue({"DRAFT00001"}))["number"] == Json("INV00001"));
  CHECK(only_issued(own.issue({"DRAFT00002"}))["number"] == Json("CN00007"));
}

TEST_CASE(
    "S4-10 X28 a number is overridden only if allowed and never with one a series could give") {
  Desk off;
  off.draft();
  CHECK(off.reasons("DRAFT00001", {.number = "OLD-1"}) == "override_off");
  Desk desk("[invoice]\nallow_number_override = true\n");
  for (int i = 0; i < 3; ++i) desk.draft();
  CHECK(desk.reasons("DRAFT00001", {.number = "INV00042"}) == "number_in_series");
  CHECK(desk.reasons("DRAFT00001", {.number = "DRAFT00042"}) == "number_in_series");
  CHECK(desk.reasons("DRAFT00001", {.number = "OLD-1"}).empty());
  CHECK(desk.reasons("DRAFT00002", {.number = "OLD-1"}) == "number_taken");
  CHECK(desk.header("OLD-1").sequence == 0);
  CHECK(desk.header("OLD-1").series.empty());
  CHECK(only_issued(desk.issue({"DRAFT00002"}))["number"] == Json("INV00001"));
  CHECK_THROWS_AS(desk.issue({"DRAFT00003", "DRAFT00002"}, {.number = "OLD-2"}), Error);
}

TEST_CASE("X28 a number that was ever used stops the series until it is moved on") {
  Desk desk;
  desk.draft();
  desk.firm().execute("INSERT INTO invoice_name VALUES (1, 'INV00001', 1, 1)");
  CHECK(desk.reasons("DRAFT00001") == "number_taken");
}

TEST_CASE("S4-23 a comment at issue is put on top of the notes and frozen with them") {
  Desk desk;
  desk.draft();
  desk.firm().execute("UPDATE invoice SET notes = 'as agreed'");
  desk.issue({"DRAFT00001"}, {.comment = "issued early"});
  CHECK(desk.header("INV00001").notes == "issued early\nas agreed");
  CHECK(desk.header("INV00001").notes_at_issue == "issued early\nas agreed");
}

TEST_CASE("a tax computed before is computed anew at the rate of the invoice date") {
  Desk desk;
  desk.firm().configure(R"(
[tax.vat]
rates = [{ from = "2024-09-01", rate = "25.5" }, { from = "2026-10-25", rate = "27" }]
category = "S"
)");
  desk.firm().set_clock("2026-10-20T06:00:00Z");
  desk.draft();
  desk.draft();
  CHECK(desk.header("DRAFT00001").amounts.tax_minor == 2550);
  CHECK(only_issued(desk.issue({"DRAFT00001"}))["amounts"]["tax"] == Json("25.50"));
  desk.firm().set_clock("2026-10-26T06:00:00Z");
  CHECK(only_issued(desk.issue({"DRAFT00002"}))["amounts"]["tax"] == Json("27.00"));
  CHECK(desk.firm().rows("SELECT rate_micro, amount_minor FROM tax_row ORDER BY invoice_id") ==
        "25500000|2550 27000000|2700");
}

TEST_CASE("a typed-in tax is kept and stops issue when its rate is another") {
  Desk desk;
  desk.draft();
  desk.firm().execute("UPDATE tax_row SET amount_minor = 2551, overridden = 1");
  desk.firm().execute(
      "UPDATE invoice SET tax_minor = 2551, incl_tax_minor = 12551, payable_minor = 12551");
  desk.firm().configure("[tax.vat]\nrate = \"24\"\ncategory = \"S\"\n");
  CHECK(desk.reasons("DRAFT00001") == "tax_stale");
  desk.firm().configure("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\n");
  CHECK(only_issued(desk.issue({"DRAFT00001"}))["amounts"]["tax"] == Json("25.51"));
}

TEST_CASE("a tax that the config does not know stops issue as does one far from its base") {
  Desk desk;
  desk.draft({.lines = {{.tax = "vat"}}});
  desk.firm().execute("UPDATE line SET tax = 'moon'");
  CHECK(desk.reasons("DRAFT00001") == "tax_invalid");
  desk.firm().execute("UPDATE line SET tax = 'vat'");
  desk.firm().execute("UPDATE tax_row SET amount_minor = 2651, overridden = 1");
  CHECK(desk.reasons("DRAFT00001") == "tax_invalid");
}

TEST_CASE("S2-27 unpriced and built-in prices stop issue unless allowed") {
  Desk desk;
  const std::string draft = desk.draft({.lines = {{.price = "0", .price_source = "none"},
                                                  {.price = "5", .price_source = "default"}}});
  CHECK(desk.reasons(draft) == "unpriced default_price");
  CHECK(desk.reasons(draft, {.allow = {"unpriced"}}) == "default_price");
  CHECK(desk.reasons(draft, {.allow = {"unpriced", "default_price"}}).empty());
  Desk allowed("[invoice]\nallow = [\"unpriced\", \"default_price\"]\n");
  CHECK(
      allowed.reasons(allowed.draft({.lines = {{.price = "0", .price_source = "none"}}})).empty());
}

TEST_CASE("a line that a person typed is not unpriced") {
  Desk desk;
  const std::string draft = desk.draft({.lines = {{.price = "80", .price_source = "none"}}});
  desk.firm().execute("UPDATE line SET source = 'typed'");
  CHECK(desk.reasons(draft).empty());
}

TEST_CASE("tax in the accounting currency goes by the latest rate not after the invoice date") {
  Desk desk;
  const DeskDraft dollars{.currency = "USD", .lines = {{"10", "95"}}};
  for (int i = 0; i < 2; ++i) desk.draft(dollars);
  desk.draft({.currency = "USD", .lines = {{.tax = "reverse_charge"}}});
  CHECK(desk.reasons("DRAFT00001") == "no_exchange_rate");
  CHECK(desk.reasons("DRAFT00003").empty());
  desk.firm().execute(
      "INSERT INTO exchange_rate (tenant_id, valid_on, from_currency, to_currency, rate_micro) "
      "VALUES (1, '2026-10-01', 'USD', 'EUR', 900000), (1, '2026-11-02', 'USD', 'EUR', 500000)");
  CHECK(desk.issue({"DRAFT00001"}).exit == ExitStatus::done);
  const Invoice invoice = desk.header("DRAFT00001");
  CHECK(invoice.amounts.tax_minor == 24225);
  CHECK(invoice.tax_accounting_minor == 21803);
  CHECK(invoice.accounting_currency == "EUR");
  CHECK(invoice.exchange_rate == Decimal::parse("0.9"));
}

TEST_CASE("all ready drafts go in the order of their draft numbers and the others stay") {
  Desk desk;
  desk.firm().add("clients", "code=bare name=Bare");
  desk.draft();
  desk.draft({.lines = {}});
  desk.draft({.client = "bare"});
  desk.draft();
  Session session = desk.session();
  IssueRequest request;
  request.all_ready = true;
  const Report report = issue_invoices(session, request, Json::object());
  CHECK(report.exit == ExitStatus::partly);
  CHECK(desk.header("DRAFT00001").number == "INV00001");
  CHECK(desk.header("DRAFT00004").number == "INV00002");
  REQUIRE(report.body["refused"].as_array().size() == 1);
  CHECK(report.body["refused"].as_array().front()["invoice"] == Json("DRAFT00003"));
  Session again = desk.session();
  request.filter.by_client = true;
  request.filter.clients = {desk.firm().client("acme")};
  const Report nothing = issue_invoices(again, request, Json::object());
  CHECK(nothing.exit == ExitStatus::done);
  CHECK(nothing.body["issued"].as_array().empty());
}

TEST_CASE("a name that nobody has is refused and the others are issued") {
  Desk desk;
  desk.draft();
  const Report report = desk.issue({"DRAFT00009", "DRAFT00001", "DRAFT00001"});
  CHECK(report.exit == ExitStatus::partly);
  CHECK(report.body["issued"].as_array().size() == 1);
  CHECK(codes(report.body["refused"].as_array().front()["reasons"]) == "not_found");
}

TEST_CASE("the journal tells each number and seal that was given") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  const std::string changes =
      desk.firm().ask("SELECT changes FROM event WHERE verb = 'issue' ORDER BY id DESC");
  CHECK(changes.find("INV00001") != std::string::npos);
  CHECK(changes.find(desk.header("INV00001").seal) != std::string::npos);
  CHECK(desk.firm().rows("SELECT subject, what FROM event_subject ORDER BY subject") ==
        "invoice:DRAFT00001|issued invoice:INV00001|issued");
}
