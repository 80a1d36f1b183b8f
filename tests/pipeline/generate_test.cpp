#include "pipeline/generate.hpp"

#include <doctest/doctest.h>

#include "pipeline/drafting_firm.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

/// One client's hour and two that are contractual, one of them of another client.
class ContractFirm : public DraftingFirm {
 public:
  ContractFirm() : DraftingFirm("") {
    add("entries", "id=e1 task=dev job_type=coding seconds=3600");
    add("entries", "id=e2 task=dev job_type=coding seconds=7200 charge=contractual");
    add("entries", "id=e3 task=shop-dev seconds=7200 charge=contractual");
  }
};

}  // namespace

TEST_CASE("S2-12 generate makes a draft with lines for each client") {
  BusyFirm firm;
  const GenerateReport report = firm.generate();
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 404.70", "DRAFT00002 beta 35.00"});
  CHECK(report.exit() == ExitStatus::done);
  CHECK(firm.lines("DRAFT00001") == Texts{"Website: coding | 3.5 hour x 80.00 = 280.00",
                                          "Website: drawing | 1 hour x 95.00 = 95.00",
                                          "Website: Cable | 3 pcs x 9.90 = 29.70"});
  CHECK(firm.lines("DRAFT00002") == Texts{"Shop: coding | 0.5 hour x 70.00 = 35.00"});
  CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
}

TEST_CASE("S0-26 products of contractual sessions are lines at their own price") {
  DraftingFirm firm("");
  firm.add("products", "code=cable name=Cable unit=pcs unit_price=9.90");
  firm.add("entries", "id=e1 task=dev seconds=3600 charge=contractual");
  firm.add("entries", "id=e2 kind=goods task=dev product=cable quantity=2 unit=pcs parent=e1");
  GenerateRequest request = october();
  request.contractual = ContractualMode::archive;
  firm.generate(request);
  CHECK(firm.lines() == Texts{"Website: Cable | 2 pcs x 9.90 = 19.80"});
}

TEST_CASE("the amounts and taxes of a draft are stored with it") {
  BusyFirm firm;
  firm.generate();
  const Invoice draft = firm.draft();
  CHECK(draft.amounts == Amounts{40470, 40470, 10320, 50790, 0, 50790});
  CHECK(draft.summary == Summary{40470, 0, 0, 0});
  CHECK(firm.rows("SELECT tax, category, rate_micro, base_minor, amount_minor FROM tax_row "
                  "WHERE invoice_id = 1") == "vat|S|25500000|40470|10320");
}

TEST_CASE("S4-8 drafts are numbered by the format in the order of client codes") {
  DraftingFirm firm("[numbering]\ndraft = { format = \"D-{n:03}\", first = 7 }\n");
  firm.add("entries", "id=e1 task=shop-dev seconds=3600");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  CHECK(firm.drafted(firm.generate()) == Texts{"D-007 acme 80.00", "D-008 beta 70.00"});
  firm.add("entries", "id=e3 task=dev seconds=3600");
  CHECK(firm.drafted(firm.generate()) == Texts{"D-009 acme 80.00"});
}

TEST_CASE("S4-12 the name of a draft is made from its scope and the format") {
  DraftingFirm firm("[invoice]\nname = \"{client} {project} {period} {number}\"\n");
  firm.add("entries", "id=e1 task=dev seconds=3600");
  GenerateRequest request = october();
  request.choices.scope = InvoiceScope::project;
  firm.generate(request);
  CHECK(firm.draft().name == "Acme Oy Website 2026-10 DRAFT00001");
}

TEST_CASE("S2-28 mileage with minutes is a km line and an hour line") {
  DraftingFirm firm("");
  firm.add("entries", "id=e1 kind=mileage task=dev distance_km=12 transport_minutes=90");
  firm.change("tasks", "dev", "unit_price=");
  firm.generate();
  CHECK(firm.lines() == Texts{"Website: Mileage | 12 km x 5.00 = 60.00",
                              "Website: Travel time | 1.5 hour x 1000.00 = 1500.00"});
}

TEST_CASE("S2-9 S1-17 only what is asked for is taken and the rest is offered next time") {
  BusyFirm firm;
  GenerateRequest request = october();
  request.entries = {firm.entry("e1"), firm.entry("e4")};
  request.filter.period.reset();
  CHECK(firm.drafted(firm.generate(request)) ==
        Texts{"DRAFT00001 acme 160.00", "DRAFT00002 beta 35.00"});
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00003 acme 244.70"});
}

TEST_CASE("S1-16 items are filtered by project and kind and member and client") {
  const auto drafted = [](const std::function<void(DraftingFirm&, Filter&)>& choose) {
    BusyFirm firm;
    GenerateRequest request = october();
    choose(firm, request.filter);
    return firm.drafted(firm.generate(request));
  };
  CHECK(drafted([](DraftingFirm& firm, Filter& filter) {
          filter.projects = {ProjectId{firm.row("projects", "shop")}};
        }) == Texts{"DRAFT00001 beta 35.00"});
  CHECK(drafted([](DraftingFirm&, Filter& filter) { filter.kinds = {"goods"}; }) ==
        Texts{"DRAFT00001 acme 29.70"});
  CHECK(drafted([](DraftingFirm& firm, Filter& filter) {
          filter.members = {MemberId{firm.row("members", "bo")}};
        }) == Texts{"DRAFT00001 acme 120.00", "DRAFT00002 beta 35.00"});
  CHECK(drafted([](DraftingFirm& firm, Filter& filter) {
          filter.not_clients = {firm.client("acme")};
        }) == Texts{"DRAFT00001 beta 35.00"});
  CHECK(drafted([](DraftingFirm&, Filter& filter) { filter.by_client = true; }).empty());
}

TEST_CASE("S2-11 S2-8 a second generate finds nothing to do") {
  BusyFirm firm;
  firm.generate();
  const std::string before = firm.everything();
  const GenerateReport again = firm.generate();
  CHECK(again.invoices.empty());
  CHECK(again.exit() == ExitStatus::done);
  CHECK(firm.everything() == before);
}

TEST_CASE("a dry run reports what a run does and writes nothing") {
  BusyFirm firm;
  firm.compile();
  const std::string before = firm.everything();
  const GenerateReport dry = firm.generate(october(), DryRun::yes);
  CHECK(firm.everything() == before);
  CHECK(firm.drafted(dry) == firm.drafted(firm.generate()));
}

TEST_CASE("generate on nothing makes no draft") {
  DraftingFirm firm("");
  CHECK(firm.generate().invoices.empty());
  CHECK(firm.number("SELECT count(*) FROM invoice") == 0);
}

TEST_CASE("X30 earlier work is reported late and taken only when asked to") {
  BusyFirm firm;
  firm.add("entries", "id=old task=dev seconds=3600 date=2026-09-28");
  firm.add("entries", "id=next task=dev seconds=3600 date=2026-11-01");
  const GenerateReport report = firm.generate();
  REQUIRE(report.late.size() == 1);
  CHECK(report.late[0].work_on.to_text() == "2026-09-28");
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 404.70", "DRAFT00002 beta 35.00"});
  CHECK(report.exit() == ExitStatus::done);

  GenerateRequest with_late = october();
  with_late.late = LateMode::include;
  CHECK(firm.drafted(firm.generate(with_late)) == Texts{"DRAFT00003 acme 80.00"});
  CHECK(firm.draft("DRAFT00003").period.to_text() == "2026-09-28..2026-10-31");
  CHECK(firm.number("SELECT count(*) FROM item_open") == 1);
}

TEST_CASE("X30 the config may take late work along") {
  DraftingFirm firm("[invoice]\nlate = \"include\"\n");
  firm.add("entries", "id=old task=dev seconds=3600 date=2026-09-28");
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00001 acme 80.00"});
}

TEST_CASE("the period is the asked one and without a beginning that of the items") {
  BusyFirm firm;
  firm.generate();
  CHECK(firm.draft().period.to_text() == "2026-10-01..2026-10-31");
  BusyFirm until;
  GenerateRequest request;
  request.filter.period = Period::from_to(Date::first_of_all(), *Date::of(2026, 10, 31));
  CHECK(until.generate(request).late.empty());
  CHECK(until.draft().period.to_text() == "2026-10-05..2026-10-07");
  BusyFirm all;
  all.generate(all_periods());
  CHECK(all.draft().period.to_text() == "2026-10-05..2026-10-07");
}

TEST_CASE("S0-25 contractual work is shown at zero or archived") {
  ContractFirm shown;
  CHECK(shown.drafted(shown.generate()) == Texts{"DRAFT00001 acme 80.00", "DRAFT00002 beta 0.00"});
  CHECK(shown.lines() == Texts{"Website: coding | 1 hour x 80.00 = 80.00",
                               "Website: coding | 2 hour x 0.00 = 0.00"});

  ContractFirm archived;
  GenerateRequest request = october();
  request.contractual = ContractualMode::archive;
  const GenerateReport report = archived.generate(request);
  CHECK(archived.drafted(report) == Texts{"DRAFT00001 acme 80.00"});
  CHECK(report.archived == 2);
  CHECK(archived.rows("SELECT e.ref, i.mark FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
                      "ORDER BY e.id") == "e1| e2|archived e3|archived");
  CHECK(archived.number("SELECT count(*) FROM item_open") == 0);
}

TEST_CASE("X5 a client with several rates keeps its items and the others get their drafts") {
  BusyFirm firm;
  GenerateRequest request = october();
  request.choices.hours = GroupHours::total_hours;
  const GenerateReport report = firm.generate(request);
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 beta 35.00"});
  CHECK(firm.left(report) ==
        Texts{"e1 several_rates", "e2 several_rates", "e3 several_rates", "e5 several_rates"});
  CHECK(report.left.at(0).finding.detail == "web: 80.00/hour, 95.00/hour");
  CHECK(report.exit() == ExitStatus::partly);
  CHECK(firm.number("SELECT count(*) FROM item_open") == 4);
  request.split_by_rate = true;
  CHECK(firm.drafted(firm.generate(request)) == Texts{"DRAFT00002 acme 404.70"});
  CHECK(firm.lines("DRAFT00002").size() == 3);
}

TEST_CASE("a client over its bounds is left and the others get their drafts") {
  const auto outcome = [](const std::string& bounds) {
    BusyFirm firm("[bounds]\n" + bounds);
    const GenerateReport report = firm.generate();
    CHECK(firm.number("SELECT count(*) FROM item_open") ==
          static_cast<std::int64_t>(report.left.size()));
    return firm.drafted(report);
  };
  const Texts beta_only = {"DRAFT00001 beta 35.00"};
  CHECK(outcome("lines_max = 2\n") == beta_only);
  CHECK(outcome("lines_max = 3\n").size() == 2);
  CHECK(outcome("total_max = { EUR = \"404.69\" }\n") == beta_only);
  CHECK(outcome("total_max = { EUR = \"404.70\", USD = \"1.00\" }\n").size() == 2);
  CHECK(outcome("times_usual = \"2\"\n").size() == 2);  // nothing issued yet: nothing is usual
}

TEST_CASE("an unknown tax fails its client alone") {
  BusyFirm firm;
  firm.change("clients", "beta", "tax=vta");
  const GenerateReport report = firm.generate();
  CHECK(firm.drafted(report) == Texts{"DRAFT00001 acme 404.70"});
  CHECK(firm.left(report) == Texts{"e4 tax_invalid"});
}

TEST_CASE("S4-39 instalments are milestones and all else is the starting amount") {
  BusyFirm firm;
  firm.add("entries", "id=m1 kind=instalment project=web amount=1000.00 description='Phase 1'");
  firm.generate();
  CHECK(firm.lines().at(0) == "Website: Phase 1 | 1 pcs x 1000.00 = 1000.00");
  CHECK(firm.draft().summary == Summary{40470, 0, 0, 100000});
  CHECK(firm.draft().amounts.excl_tax_minor == 140470);
}

TEST_CASE("S1-30 description rows of a quote follow it when asked to") {
  DraftingFirm firm("");
  firm.add("entries", "id=q1 kind=quote project=web amount=1000.00 description=Kitchen");
  firm.execute(
      "INSERT INTO quote_row (tenant_id, entry_id, position, description) "
      "SELECT tenant_id, id, 1, 'Cupboards' FROM entry WHERE ref = 'q1'");
  firm.execute(
      "INSERT INTO quote_row (tenant_id, entry_id, position, description) "
      "SELECT tenant_id, id, 2, 'Worktop' FROM entry WHERE ref = 'q1'");
  DraftingFirm plain("");
  GenerateRequest request = october();
  request.quote_rows = QuoteRows::import;
  firm.generate(request);
  CHECK(firm.lines() ==
        Texts{"Website: Kitchen | 1 pcs x 1000.00 = 1000.00", "Cupboards", "Worktop"});
  CHECK(firm.shares() == Texts{"q1 1000.00"});
}

TEST_CASE("the journal tells which drafts were made") {
  BusyFirm firm;
  firm.generate();
  CHECK(firm.rows("SELECT e.verb, s.subject, s.what FROM event AS e "
                  "JOIN event_subject AS s ON s.event_id = e.id ORDER BY s.subject") ==
        "generate|invoice:DRAFT00001|drafted generate|invoice:DRAFT00002|drafted");
}

TEST_CASE("the report is the pinned JSON") {
  BusyFirm firm;
  firm.add("entries", "id=old task=dev seconds=3600 date=2026-09-28");
  firm.compile();
  Session session = firm.session();
  GenerateRequest request = october();
  request.filter.by_client = true;
  request.filter.clients = {firm.client("acme")};
  const Report report = generate(session, request, Json::object());
  const std::string late = firm.ask(
      "SELECT i.id FROM item AS i JOIN entry AS e ON e.id = i.entry_id WHERE e.ref = 'old'");
  CHECK(report.body.compact() ==
        R"({"invoices":[{"invoice":"DRAFT00001","client":"acme","currency":"EUR","lines":3,)"
        R"("amounts":{"lines":"404.70","excl_tax":"404.70","tax":"103.20","incl_tax":"507.90",)"
        R"("prepaid":"0.00","payable":"507.90"}}],"remade":0,"left":[],)"
        R"("late":[{"item":)" +
            late + R"(,"work_date":"2026-09-28"}]})");
}
