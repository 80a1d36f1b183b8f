#include <doctest/doctest.h>

#include "pipeline/drafting_firm.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

GenerateRequest into(const std::string& target) {
  GenerateRequest request = october();
  request.into = Into::named;
  request.target = target;
  return request;
}

GenerateRequest into_auto() {
  GenerateRequest request = october();
  request.into = Into::same;
  return request;
}

Reason refusal(DraftingFirm& firm, const GenerateRequest& request) {
  try {
    firm.generate(request);
  } catch (const Error& error) {
    return error.code();
  }
  return Reason::failed;
}

/// A draft of 2 h by anna at 80.00, and then 1 h more of hers and 1 h at 95.00 that are pending.
class JoiningFirm : public DraftingFirm {
 public:
  explicit JoiningFirm(const std::string& toml = "") : DraftingFirm(toml) {
    add("entries", "id=e1 task=dev member=anna job_type=coding seconds=7200");
    generate();
    add("entries", "id=e2 task=dev member=anna job_type=coding seconds=3600 date=2026-10-09");
    add("entries", "id=e3 task=design member=anna job_type=drawing seconds=3600");
  }
};

std::string lines_by_id(DraftingFirm& firm) {
  return firm.rows("SELECT line, position, amount_minor FROM line ORDER BY position");
}

}  // namespace

TEST_CASE("S0-23 items join an open invoice and grow its lines") {
  JoiningFirm firm;
  const GenerateReport report = firm.generate(into("DRAFT00001"));
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 335.00 joined"});
  CHECK(report.invoices.at(0).lines == 2);
  CHECK(firm.lines() == Texts{"Website: coding | 3 hour x 80.00 = 240.00",
                              "Website: drawing | 1 hour x 95.00 = 95.00"});
  CHECK(firm.shares() == Texts{"e1 160.00", "e2 80.00", "e3 95.00"});
  CHECK(lines_by_id(firm) == "1|1|24000 2|2|9500");
  CHECK(firm.draft().summary == Summary{33500, 0, 0, 0});
  CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
  CHECK(firm.number("SELECT count(*) FROM item_placed WHERE invoice_id = 1") == 3);
}

TEST_CASE("S0-23 X22 joining resets the approvals of an invoice") {
  JoiningFirm firm;
  CHECK(firm.draft().revision == 1);
  firm.generate(into("DRAFT00001"));
  CHECK(firm.draft().revision == 2);
  firm.generate(into("DRAFT00001"));  // nothing more to join
  CHECK(firm.draft().revision == 2);
}

TEST_CASE("a line keeps its id when the draft is grouped anew") {
  JoiningFirm firm;
  firm.add("entries",
           "id=e0 task=dev member=anna job_type=coding seconds=3600 unit_price=20 "
           "date=2026-10-02");
  firm.generate(into("DRAFT00001"));
  CHECK(lines_by_id(firm) == "2|1|2000 1|2|24000 3|3|9500");
}

TEST_CASE("S0-23 another client or bill-to or currency is refused whole") {
  JoiningFirm firm;
  firm.add("projects", "code=paid client=acme bill_to=beta");
  firm.add("projects", "code=dollars client=acme currency=USD");
  firm.add("tasks", "code=paid-dev project=paid unit_price=80");
  firm.add("tasks", "code=dollar-dev project=dollars unit_price=80");
  for (const std::string task : {"shop-dev", "paid-dev", "dollar-dev"}) {
    firm.add("entries", "id=of-" + task + " task=" + task + " seconds=3600");
    GenerateRequest request = into("DRAFT00001");
    request.filter.tasks = {TaskId{firm.row("tasks", task)}, TaskId{firm.row("tasks", "dev")}};
    CHECK(refusal(firm, request) == Reason::wrong_target);
  }
  CHECK(firm.draft().amounts.excl_tax_minor == 16000);
  CHECK(firm.draft().revision == 1);
}

TEST_CASE("S0-22 the invoice to join must be there and open") {
  JoiningFirm firm;
  CHECK(refusal(firm, into("DRAFT00009")) == Reason::not_found);
  firm.execute(
      "UPDATE invoice SET state = 'issued', number = 'INV1', invoice_on = '2026-10-31', "
      "issued_at = 0, seal = 'x', seller = '{}', buyer = '{}'");
  CHECK(refusal(firm, into("DRAFT00001")) == Reason::wrong_state);
}

TEST_CASE("S0-15 auto joins the one open invoice of the same key") {
  JoiningFirm firm;
  firm.add("entries", "id=b1 task=shop-dev seconds=3600");
  CHECK(firm.drafted(firm.generate(into_auto())) ==
        Texts{"DRAFT00001 acme 335.00 joined", "DRAFT00002 beta 70.00"});
}

TEST_CASE("S0-15 auto makes a new invoice with a hint when several are open") {
  JoiningFirm firm;
  firm.generate();
  firm.add("entries", "id=e4 task=dev seconds=3600");
  const GenerateReport report = firm.generate(into_auto());
  CHECK(firm.drafted(report) == Texts{"DRAFT00003 acme 80.00"});
  REQUIRE(report.hints.size() == 1);
  CHECK(report.hints[0].find("DRAFT00001, DRAFT00002") != std::string::npos);
}

TEST_CASE("S0-15 a new invoice beside an open one comes with a hint") {
  JoiningFirm firm;
  const GenerateReport report = firm.generate();
  CHECK(firm.drafted(report) == Texts{"DRAFT00002 acme 175.00"});
  REQUIRE(report.hints.size() == 1);
  CHECK(report.hints[0].find("DRAFT00001") != std::string::npos);
}

TEST_CASE("auto does not join an invoice of another scope") {
  JoiningFirm firm;
  GenerateRequest request = into_auto();
  request.choices.scope = InvoiceScope::project;
  CHECK(firm.drafted(firm.generate(request)) == Texts{"DRAFT00002 acme 175.00"});
}

TEST_CASE("to a draft changed by hand the new items bring lines of their own") {
  JoiningFirm firm;
  firm.execute("UPDATE invoice SET by_hand = 1");
  firm.execute(
      "UPDATE line SET description = 'As agreed', unit_price_micro = 50000000, "
      "amount_minor = 10000");
  firm.generate(into("DRAFT00001"));
  CHECK(firm.lines() == Texts{"As agreed | 2 hour x 50.00 = 100.00",
                              "Website: coding | 1 hour x 80.00 = 80.00",
                              "Website: drawing | 1 hour x 95.00 = 95.00"});
  CHECK(lines_by_id(firm) == "1|1|10000 2|2|8000 3|3|9500");
  // 160.00 of e1 was made 100.00 by hand: an adjustment of -60.00.
  CHECK(firm.draft().summary == Summary{33500, -6000, 0, 0});
  CHECK(firm.draft().amounts.excl_tax_minor == 27500);
}

TEST_CASE("a draft joins on in the grouping it was drafted with") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev member=anna job_type=coding seconds=7200");
  GenerateRequest by_employee = october();
  by_employee.choices.hours = GroupHours::employee;
  firm.generate(by_employee);
  firm.add("entries", "id=e2 task=dev member=anna job_type=drawing seconds=3600");
  firm.generate(into("DRAFT00001"));
  CHECK(firm.lines() == Texts{"Website: Anna Ek | 3 hour x 80.00 = 240.00"});
  firm.add("entries", "id=e3 task=dev member=anna job_type=drawing seconds=3600");
  GenerateRequest by_job_type = into("DRAFT00001");
  by_job_type.choices.hours = GroupHours::jobtype;
  firm.generate(by_job_type);
  CHECK(firm.lines() == Texts{"Website: coding | 2 hour x 80.00 = 160.00",
                              "Website: drawing | 2 hour x 80.00 = 160.00"});
  CHECK(firm.draft().group_hours == "jobtype");
}

TEST_CASE("a tax typed in before is stale once items have joined") {
  DraftingFirm firm("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n");
  firm.add("entries", "id=e1 task=dev seconds=7200");
  firm.generate();
  firm.execute("UPDATE tax_row SET amount_minor = 4081, overridden = 1");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  firm.generate(into("DRAFT00001"));
  CHECK(firm.rows("SELECT base_minor, amount_minor, overridden, stale FROM tax_row") ==
        "24000|4081|1|1");
}

TEST_CASE("a day is billed over the old and the new items of a draft together") {
  DraftingFirm firm("[invoice]\nbill_by = \"day\"\n");
  firm.add("entries", "id=e1 task=dev member=anna job_type=coding seconds=7200");
  firm.generate();
  CHECK(firm.draft().amounts.excl_tax_minor == 64000);
  firm.add("entries", "id=e2 task=dev member=anna job_type=coding seconds=7200");
  firm.generate(into("DRAFT00001"));
  CHECK(firm.lines() == Texts{"Website: coding | 4 hour x 80.00 + 320.00 = 640.00"});
  CHECK(firm.draft().summary == Summary{32000, 32000, 0, 0});
  CHECK(firm.rows("SELECT kind, line, amount_minor FROM adjustment ORDER BY item_id") ==
        "daily|1|16000 daily|1|16000");
}

TEST_CASE("a bound that joining would exceed leaves the draft as it was") {
  JoiningFirm firm("[bounds]\ntotal_max = { EUR = \"300.00\" }\n");
  firm.compile();
  const std::string before = firm.everything();
  const GenerateReport report = firm.generate(into("DRAFT00001"));
  CHECK(firm.left(report) == Texts{"e2 bound_exceeded", "e3 bound_exceeded"});
  CHECK(report.exit() == ExitStatus::refused);
  CHECK(firm.everything() == before);
}
