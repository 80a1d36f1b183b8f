// Adjust, exclude, include and bill-by on drafts whose cents can be counted by hand.
#include "pipeline/adjust_invoice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "ledger/audit.hpp"
#include "pipeline/bill_by.hpp"
#include "pipeline/drafting_firm.hpp"
#include "pipeline/invoice_history.hpp"
#include "pipeline/move_cards.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

/// One draft of acme.
class Desk : public DraftingFirm {
 public:
  using DraftingFirm::DraftingFirm;

  Json adjust(const std::string& item, AdjustManner manner, std::int64_t line = 0,
              DryRun dry_run = DryRun::no) {
    Session session = Fixture::session(dry_run);
    AdjustRequest request;
    request.target.invoice = "DRAFT00001";
    request.item = item;
    request.line = line;
    request.manner = std::move(manner);
    request.reason = "as agreed";
    return adjust_invoice(session, request, Json::object()).body;
  }
  Json exclude(const std::string& item) {
    Session session = Fixture::session();
    return exclude_item(session, {{"DRAFT00001", {}}, item, ""}, Json::object()).body;
  }
  Json include(const std::string& item) {
    Session session = Fixture::session();
    return include_item(session, {{"DRAFT00001", {}}, item, ""}, Json::object()).body;
  }
  Json bill_by(BillBy how) {
    Session session = Fixture::session();
    return edit_invoice(session, {.name = "invoice edit", .arguments = Json::object()},
                        {"DRAFT00001", {}},
                        [&](InvoiceEdit& edit) {
                          set_bill_by(edit, how);
                          return EditMade{.what = "billed otherwise", .tells_summary = true};
                        })
        .body;
  }
  /// "starting adjustments exclusions invoiced".
  std::string summary() {
    const Summary sums = draft().summary;
    const auto text = [](std::int64_t minor) {
      return Money(minor, *Currency::of("EUR")).to_text();
    };
    return text(sums.starting_minor) + " " + text(sums.adjustments_minor) + " " +
           text(sums.exclusions_minor) + " " +
           text(sums.starting_minor + sums.adjustments_minor - sums.exclusions_minor);
  }
};

AdjustManner price(const char* text) {
  AdjustManner manner;
  manner.unit_price = Decimal::parse(text);
  return manner;
}
AdjustManner by(const char* text) {
  AdjustManner manner;
  manner.by = text;
  return manner;
}
AdjustManner percent(const char* text) {
  AdjustManner manner;
  manner.percent = Decimal::parse(text);
  return manner;
}

Reason refusal(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.code();
  }
  return Reason::empty;
}

/// Two quarters of an hour at 27.50: one line of 13.75, shares 6.88 and 6.87.
void two_quarters(Desk& desk) {
  desk.change("tasks", "dev", "unit_price=27.50");
  desk.add("entries", "id=e1 task=dev member=anna job_type=coding seconds=900");
  desk.add("entries", "id=e2 task=dev member=bo job_type=coding seconds=900");
  desk.generate();
}

}  // namespace

TEST_CASE("S4-24 the cent that sharing a line anew moves goes into the adjustment not starting") {
  Desk desk;
  two_quarters(desk);
  CHECK(desk.shares() == std::vector<std::string>{"e1 6.88", "e2 6.87"});
  desk.adjust("1", price("20"));  // 5.00, and e2 alone is 6.88
  CHECK(desk.shares() == std::vector<std::string>{"e1 5.00", "e2 6.88"});
  CHECK(desk.summary() == "13.75 -1.87 0.00 11.88");
  desk.adjust("1", price("27.50"));  // its own price again: one line of 13.75
  CHECK(desk.summary() == "13.75 0.00 0.00 13.75");
  CHECK(desk.rows("SELECT count(*), sum(undone_at IS NULL) FROM adjustment") == "2|1");
}

TEST_CASE("S4-27 the cent that sharing a line anew moves goes into the exclusion not starting") {
  Desk desk;
  two_quarters(desk);
  desk.exclude("2");
  CHECK(desk.shares() == std::vector<std::string>{"e1 6.88"});
  CHECK(desk.summary() == "13.75 0.00 6.87 6.88");
  desk.include("2");
  desk.exclude("1");
  CHECK(desk.shares() == std::vector<std::string>{"e2 6.88"});
  CHECK(desk.summary() == "13.75 0.00 6.87 6.88");
  desk.include("1");
  CHECK(desk.shares() == std::vector<std::string>{"e1 6.88", "e2 6.87"});
  CHECK(desk.summary() == "13.75 0.00 0.00 13.75");
}

TEST_CASE(
    "S4-25 an amount on a line is shared by largest remainder and ties go to the lower item") {
  Desk desk;
  for (const char* ref : {"e1", "e2", "e3"})
    desk.add("entries", "id=" + std::string(ref) + " task=dev member=anna seconds=3600");
  desk.generate();
  desk.adjust("", by("-10"), 1);
  CHECK(desk.shares() == std::vector<std::string>{"e1 76.66", "e2 76.67", "e3 76.67"});
  CHECK(desk.lines().front().ends_with("3 hour x 80.00 + -10.00 = 230.00"));
  CHECK(desk.summary() == "240.00 -10.00 0.00 230.00");
  desk.adjust("", percent("-50"), 1);  // of what it comes to now
  CHECK(desk.summary() == "240.00 -125.00 0.00 115.00");
}

TEST_CASE("S4-25 a write-down below zero stands as an allowance") {
  Desk desk;
  desk.add("entries", "id=e1 task=dev member=anna seconds=3600");
  desk.generate();
  desk.adjust("1", by("-100"));
  CHECK(desk.lines().front().ends_with("1 hour x 80.00 + -100.00 = -20.00"));
  CHECK(desk.summary() == "80.00 -100.00 0.00 -20.00");
}

TEST_CASE("X21 an item that was written down is excluded at its initial value") {
  Desk desk;
  desk.add("entries", "id=e1 task=dev member=anna seconds=3600");
  desk.add("entries", "id=e2 task=design member=anna seconds=3600");
  desk.generate();
  desk.adjust("1", by("-30"));
  desk.adjust("1", price("70"));
  CHECK(desk.summary() == "175.00 -40.00 0.00 135.00");
  desk.exclude("1");
  CHECK(desk.summary() == "175.00 0.00 80.00 95.00");
  desk.include("1");
  CHECK(desk.summary() == "175.00 0.00 0.00 175.00");
  CHECK(desk.lines().size() == 2);
}

TEST_CASE("G7 S4-22 five and ten hours by the day are both eight hours") {
  Desk desk;
  desk.change("tasks", "dev", "unit_price=100");
  desk.add("entries", "id=e1 task=dev member=anna seconds=18000 date=2026-10-05");
  desk.add("entries", "id=e2 task=dev member=anna seconds=36000 date=2026-10-06");
  desk.generate();
  desk.bill_by(BillBy::day);
  CHECK(desk.shares() == std::vector<std::string>{"e1 800.00", "e2 800.00"});
  CHECK(desk.summary() == "1500.00 100.00 0.00 1600.00");
  CHECK(desk.draft().bill_by == BillBy::day);
  desk.exclude("1");  // its adjustment goes with it
  CHECK(desk.summary() == "1500.00 -200.00 500.00 800.00");
  desk.include("1");
  CHECK(desk.summary() == "1500.00 100.00 0.00 1600.00");
  desk.adjust("2", price("50"));  // 10 h at 50: a day is 400.00
  CHECK(desk.shares() == std::vector<std::string>{"e1 800.00", "e2 400.00"});
  CHECK(desk.summary() == "1500.00 -300.00 0.00 1200.00");
  desk.bill_by(BillBy::hour);
  CHECK(desk.shares() == std::vector<std::string>{"e1 500.00", "e2 500.00"});
  CHECK(desk.summary() == "1500.00 -500.00 0.00 1000.00");
}

TEST_CASE("X22 the hour or day flag lets approvals fall only when an amount changes") {
  Desk desk;
  desk.add("entries", "id=e1 task=dev member=anna seconds=28800");
  desk.generate();
  const std::int64_t revision = desk.draft().revision;
  desk.bill_by(BillBy::day);
  CHECK(desk.draft().bill_by == BillBy::day);
  CHECK(desk.draft().revision == revision);
  desk.add("entries", "id=e2 task=dev member=bo seconds=3600");
  desk.compile();
  desk.include("2");
  CHECK(desk.summary() == "720.00 560.00 0.00 1280.00");
  const std::int64_t later = desk.draft().revision;
  desk.bill_by(BillBy::hour);
  CHECK(desk.draft().revision == later + 1);
}

TEST_CASE("an item that can't be adjusted is refused and nothing changes") {
  Desk desk;
  desk.add("entries", "id=e1 task=dev member=anna seconds=3600 charge=contractual");
  desk.add("entries", "id=e2 kind=instalment task=dev amount=500");
  desk.add("entries", "id=e3 kind=goods task=dev quantity=2 unit=pcs unit_price=7");
  desk.generate();
  const std::string before = desk.everything();
  CHECK(refusal([&] { desk.adjust("1", by("1")); }) == Reason::rate_fixed);
  CHECK(refusal([&] { desk.adjust("2", price("1")); }) == Reason::wrong_target);
  AdjustManner rate;
  rate.rate_type = "role:senior";
  CHECK(refusal([&] { desk.adjust("3", rate); }) == Reason::wrong_target);
  CHECK(refusal([&] { desk.adjust("9", by("1")); }) == Reason::not_found);
  CHECK(refusal([&] { desk.adjust("3", price("-1")); }) == Reason::usage);
  CHECK(refusal([&] { desk.adjust("", by("1")); }) == Reason::usage);
  CHECK(refusal([&] { desk.adjust("3", {}); }) == Reason::usage);
  desk.adjust("3", price("6"), 0, DryRun::yes);
  CHECK(desk.everything() == before);
  desk.adjust("3", price("6"));
  CHECK(desk.summary() == "14.00 -2.00 0.00 12.00");
}

TEST_CASE("S4-26 the history tells of an approval that fell when work joined the draft") {
  Desk desk("[approvals]\nrequired = [\"pm\"]\n");
  desk.add("entries", "id=e1 task=dev member=anna seconds=3600");
  desk.generate();
  desk.execute(
      "INSERT INTO approval (invoice_id, role, revision, actor, os_user, at) "
      "VALUES (1, 'pm', 1, 'admin', 'root', 1793512800)");
  desk.add("entries", "id=e2 task=dev member=anna seconds=3600");
  GenerateRequest join = october();
  join.into = Into::named;
  join.target = "DRAFT00001";
  desk.set_clock("2026-11-02T06:00:00Z");
  desk.generate(join);
  Session session = desk.session();
  std::vector<std::string> told;
  const Json body = invoice_history(session, "DRAFT00001");
  for (const Json& each : body["history"].as_array()) told.push_back(each["what"].as_string());
  CHECK(std::ranges::find(told, "approval as pm fell") != told.end());
}

TEST_CASE("S1-30 a quote that is charged by its rows is adjusted and comes and goes as one item") {
  Desk desk("[invoice]\nquote_rows = \"import\"\n");
  desk.add("entries", "id=q1 kind=quote task=dev amount=300 description='the quote'");
  desk.execute(
      "INSERT INTO quote_row (tenant_id, entry_id, position, description, quantity_micro, unit, "
      "unit_price_micro) VALUES (1, 1, 1, 'first', 1000000, 'pcs', 100000000), "
      "(1, 1, 2, 'second', 2000000, 'pcs', 100000000)");
  desk.generate();
  const std::vector<std::string> by_rows = {"Website: the quote", "first | 1 pcs x 100.00 = 100.00",
                                            "second | 2 pcs x 100.00 = 200.00"};
  REQUIRE(desk.lines() == by_rows);
  desk.adjust("1", by("-30"));
  CHECK(desk.lines()[1] == "first | 1 pcs x 100.00 + -30.00 = 70.00");
  CHECK(desk.summary() == "300.00 -30.00 0.00 270.00");
  desk.exclude("1");
  CHECK(desk.summary() == "300.00 0.00 300.00 0.00");
  desk.include("1");
  CHECK(desk.lines() == by_rows);
  desk.adjust("1", price("250"));  // its rows no longer add up to it
  CHECK(desk.lines().front() == "Website: the quote | 1 pcs x 250.00 = 250.00");
  for (const char* check : {"queue", "line-sum", "starting-amount"})
    CHECK(run_audit(desk.ledger(), check, {}).empty());
}
