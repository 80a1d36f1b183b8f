// Which items: entries by name, what changed in between, what a job asks for, other tenants.
#include <doctest/doctest.h>

#include "pipeline/drafting_firm.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

/// Generates without compiling first.
GenerateReport generate_now(DraftingFirm& firm, const GenerateRequest& request) {
  Session session = firm.session();
  GenerateReport details;
  generate(session, request, Json::object(), &details);
  return details;
}

GenerateRequest named(DraftingFirm& firm, const Texts& entries) {
  GenerateRequest request;
  for (const std::string& entry : entries) request.entries.push_back(firm.entry(entry));
  return request;
}

}  // namespace

TEST_CASE("S2-9 entries asked for by name are compiled first and need no period") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600 date=2024-01-01");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  CHECK(firm.drafted(generate_now(firm, named(firm, {"e1"}))) == Texts{"DRAFT00001 acme 80.00"});
  CHECK(firm.number("SELECT count(*) FROM item") == 1);
}

TEST_CASE("S0-3 an unconfirmed session asked for by name is refused") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600 confirmed_at=");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  const GenerateReport alone = generate_now(firm, named(firm, {"e1"}));
  CHECK(firm.left(alone) == Texts{"e1 unconfirmed"});
  CHECK(alone.invoices.empty());
  CHECK(alone.exit() == ExitStatus::refused);
  const GenerateReport both = generate_now(firm, named(firm, {"e1", "e2"}));
  CHECK(firm.drafted(both) == Texts{"DRAFT00001 acme 80.00"});
  CHECK(both.exit() == ExitStatus::partly);
}

TEST_CASE("S0-21 sessions that are not selected remain untouched") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  firm.compile();
  const std::string other = firm.rows("SELECT * FROM entry WHERE ref = 'e2'") +
                            firm.rows("SELECT * FROM item WHERE entry_id = 2");
  generate_now(firm, named(firm, {"e1"}));
  CHECK(firm.rows("SELECT * FROM entry WHERE ref = 'e2'") +
            firm.rows("SELECT * FROM item WHERE entry_id = 2") ==
        other);
  CHECK(firm.rows("SELECT item_id FROM item_open") == "2");
}

TEST_CASE("an entry that is drafted already is told when it is asked for by name") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.generate();
  const GenerateReport report = generate_now(firm, named(firm, {"e1"}));
  CHECK(firm.left(report) == Texts{"e1 already_compiled"});
  CHECK(report.left.at(0).finding.detail == "item 1 is on DRAFT00001");
}

TEST_CASE("entries by name outside the period or the filter are told") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600 date=2026-09-30");
  firm.add("entries", "id=e2 task=shop-dev seconds=3600");
  firm.compile();
  GenerateRequest request = named(firm, {"e1", "e2"});
  request.filter = october().filter;
  request.filter.by_client = true;
  request.filter.clients = {firm.client("acme")};
  CHECK(firm.left(generate_now(firm, request)) == Texts{"e1 outside_period", "e2 filtered"});
}

TEST_CASE("pending items follow a changed price before they are drafted") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.compile();
  firm.change("tasks", "dev", "unit_price=90");
  const GenerateReport report = generate_now(firm, october());
  CHECK(report.remade == 1);
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 90.00"});
  firm.change("tasks", "dev", "unit_price=100");
  CHECK(generate_now(firm, october()).remade == 0);
  CHECK(firm.draft().amounts.excl_tax_minor == 9000);
}

TEST_CASE("an entry that no longer passes is not drafted") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.compile();
  firm.change("tasks", "dev", "billable=0");
  CHECK(generate_now(firm, october()).invoices.empty());
  CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
}

TEST_CASE("S3-29 S3-3 a job takes what is to be rebilled and attached to its sources") {
  DraftingFirm firm;
  firm.add("tasks", "code=t1 project=web unit_price=10 source_type=ticket source_ref=77");
  firm.add("entries", "id=e1 task=t1 seconds=3600");
  firm.add("entries", "id=e2 task=t1 seconds=3600 to_rebill=0");
  firm.add("entries", "id=e3 task=dev seconds=3600");
  GenerateRequest request = october();
  request.to_rebill_only = true;
  request.source_types = {"ticket", "contract"};
  CHECK(firm.drafted(firm.generate(request)) == Texts{"DRAFT00001 acme 10.00"});
  CHECK(firm.number("SELECT count(*) FROM item_open") == 2);
}

TEST_CASE("X15 with a mandatory product an item of a default product is left") {
  DraftingFirm firm;
  firm.add("products", "code=support name=Support unit=hour");
  firm.add("entries", "id=e1 task=dev seconds=3600 product=support");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  firm.compile();
  GenerateRequest request = october();
  request.mandatory_product = true;
  const GenerateReport report = generate_now(firm, request);
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 80.00"});
}

TEST_CASE("S3-4 S3-5 S3-17 a job gives title and subtitle and the text of its entry lines") {
  DraftingFirm firm;
  firm.add("entries", "id=e1 task=dev seconds=3600 description='fixed it'");
  firm.add("entries", "id=e2 kind=expense task=dev amount=5.00 description=Taxi");
  GenerateRequest request = october();
  request.title = "Support";
  request.subtitle = "October";
  request.job = JobId{9};
  request.choices.hours = GroupHours::entry;
  request.entry_text = [](const LineItem&, const EntryWords& words) {
    return "Ticket of " + words.ref + ": " + words.description;
  };
  firm.generate(request);
  CHECK(firm.lines() == Texts{"Ticket of e1: fixed it | 1 hour x 80.00 = 80.00",
                              "Website: 2026-10-05, Taxi | 1 pcs x 5.00 = 5.00"});
  CHECK(firm.draft().title == "Support");
  CHECK(firm.draft().subtitle == "October");
  CHECK(firm.draft().job == JobId{9});

  firm.add("entries", "id=e3 task=dev seconds=3600");
  request.into = Into::job;
  CHECK(firm.drafted(firm.generate(request)) == Texts{"DRAFT00001 acme 165.00 joined"});
  request.job = JobId{8};
  firm.add("entries", "id=e4 task=dev seconds=3600");
  CHECK(firm.drafted(firm.generate(request)) == Texts{"DRAFT00002 acme 80.00"});
}

TEST_CASE("the pending items of another tenant stay where they are") {
  DraftingFirm firm;
  for (const std::string id : {"e1", "e2", "e3"})
    firm.add("entries", "id=" + id + " task=dev seconds=3600");
  firm.compile();
  // The middle one becomes another tenant's, so that a range would run over it.
  firm.execute("INSERT INTO tenant (code, test, created_at) VALUES ('other', 1, 0)");
  firm.execute("UPDATE item SET tenant_id = 2 WHERE id = 2");
  CHECK(firm.drafted(generate_now(firm, october())) == Texts{"DRAFT00001 acme 160.00"});
  CHECK(firm.rows("SELECT item_id FROM item_open") == "2");
  CHECK(firm.rows("SELECT item_id FROM item_placed") == "1 3");
}

TEST_CASE("whatever is drafted nothing is lost and nothing twice and every draft adds up") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Splitmix random(seed);
    CAPTURE(seed);
    DraftingFirm firm("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n");
    for (int i = 0; i < 40; ++i) {
      const char* tasks[] = {"dev", "design", "shop-dev"};
      firm.add("entries", "id=e" + std::to_string(i) + " task=" + tasks[random.between(0, 2)] +
                              " member=" + (random.between(0, 1) == 0 ? "anna" : "bo") +
                              " seconds=" + std::to_string(random.between(0, 30'000)) +
                              " date=2026-10-0" + std::to_string(random.between(1, 5)) +
                              (random.between(0, 5) == 0 ? " charge=contractual" : ""));
    }
    GenerateRequest request = all_periods();
    request.choices.hours = static_cast<GroupHours>(seed % 8);
    request.choices.projects = static_cast<ProjectGrouping>(seed % 3);
    request.choices.scope = static_cast<InvoiceScope>(seed % 4);
    request.choices.bill_by = static_cast<BillBy>(seed % 2);
    request.split_by_rate = true;
    firm.generate(request);
    CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
    CHECK(firm.number("SELECT count(*) FROM item_placed") == 40);
    CHECK(firm.number("SELECT count(DISTINCT item_id) FROM placed") == 40);
    CHECK(firm.number("SELECT count(*) FROM line AS l WHERE amount_minor <> (SELECT "
                      "sum(share_minor) FROM placed AS p WHERE p.invoice_id = l.invoice_id "
                      "AND p.line = l.line)") == 0);
    CHECK(firm.number("SELECT count(*) FROM invoice WHERE lines_minor <> starting_minor + "
                      "adjustments_minor - exclusions_minor + milestones_minor") == 0);
    CHECK(firm.number("SELECT count(*) FROM invoice AS v WHERE adjustments_minor <> (SELECT "
                      "coalesce(sum(amount_minor), 0) FROM adjustment WHERE invoice_id = v.id)") ==
          0);
    CHECK(firm.number("SELECT count(*) FROM invoice WHERE payable_minor <> lines_minor + "
                      "tax_minor") == 0);
  }
}
