// Which items stand behind an invoice, and at what price: the sources' worked examples to the cent.
#include <doctest/doctest.h>

#include "pipeline/delete_draft.hpp"
#include "pipeline/material_firm.hpp"
#include "pipeline/material_list.hpp"
#include "pipeline/show_invoice.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

std::string listed(MaterialFirm& firm, const Filter& filter = {}) {
  Session session = firm.session();
  const Json list = material_list(session, firm.invoice, filter);
  std::string text;
  for (const Json& item : list["items"].as_array())
    text += (text.empty() ? "" : " ") + item["entry"].as_string() +
            (item["linked"].as_bool() ? "+" : "");
  return text;
}

Filter with_period(const char* first, const char* last) {
  Filter filter;
  filter.period = Period::from_to(*Date::parse(first), *Date::parse(last));
  return filter;
}

}  // namespace

TEST_CASE("S1-42 G8 an agreed price leaves the bill and makes the hours 40 an hour") {
  MaterialFirm firm;
  const Report report = firm.agree("5000");
  CHECK(firm.prices() == Texts{"h1 2400.00 orphan", "h2 1600.00 orphan", "b1 1000.00 orphan"});
  CHECK(firm.unallocated() == "0.00");
  CHECK(firm.lines() == Texts{"As agreed | 1 pcs x 5000.00 = 5000.00"});
  CHECK(firm.summary() == "6000.00 -1000.00 0.00 0.00");
  CHECK(firm.rows("SELECT unit_price_micro, amount_minor FROM item ORDER BY id") ==
        "50000000|300000 50000000|200000 1000000000|100000");
  CHECK(warned(report) == "");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-38 S1-39 save changes reports only and apply changes lines and total") {
  MaterialFirm firm;
  firm.price("b1", "800");
  CHECK(firm.prices() == Texts{"h1 3120.00", "h2 2080.00", "b1 800.00"});
  CHECK(firm.save().body["changes"].as_array().size() == 3);
  CHECK(firm.draft().amounts.excl_tax_minor == 600000);
  CHECK(firm.draft().revision == 1);
  firm.apply();
  CHECK(firm.prices() == Texts{"h1 3000.00", "h2 2000.00", "b1 800.00"});
  CHECK(firm.draft().amounts.excl_tax_minor == 580000);
  CHECK(firm.summary() == "6000.00 -200.00 0.00 0.00");
  CHECK(firm.rows("SELECT kind, amount_minor, unit_price_micro FROM adjustment") ==
        "revalue|-20000|800000000");
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.draft().revision == 2);
  firm.apply();
  CHECK(firm.draft().revision == 2);
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-39 a price that divides into no exact unit price is written up or down") {
  MaterialFirm firm;
  firm.add("products", "code=bolt name=Bolt unit=pcs unit_price=1.00");
  firm.add("entries", "id=g kind=goods task=build product=bolt quantity=3 unit=pcs");
  firm.compile();
  firm.link({"g"});
  firm.apply();
  firm.price("g", "2");
  firm.apply();
  CHECK(firm.rows("SELECT kind, amount_minor FROM adjustment WHERE kind = 'write'") ==
        "write|-100");
  CHECK(firm.rows("SELECT quantity_micro, unit_price_micro, allowance_minor, amount_minor FROM "
                  "line WHERE kind = 'goods'") == "3000000|1000000|-100|200");
  firm.price("g", "4.50");
  firm.apply();
  CHECK(firm.number("SELECT amount_minor FROM line WHERE kind = 'goods'") == 450);
  CHECK(firm.draft().amounts.excl_tax_minor == 600450);
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-35 S1-37 releasing one entry raises the others and each change is told") {
  MaterialFirm firm;
  const Report report = firm.release({"h2"});
  CHECK(firm.prices() == Texts{"h1 5000.00", "b1 1000.00"});
  REQUIRE(report.body["changes"].as_array().size() == 1);
  CHECK(report.body["changes"].as_array().front()["from"] == Json("3000.00"));
  CHECK(report.body["changes"].as_array().front()["to"] == Json("5000.00"));
  CHECK(firm.draft().amounts.excl_tax_minor == 600000);
  CHECK(firm.summary() == "6000.00 2000.00 2000.00 0.00");
  CHECK(firm.draft().revision == 2);
  CHECK(firm.broken() == "");
  firm.apply();
  CHECK(firm.lines() == Texts{"Website: coding | 60 hour x 50.00 = 3000.00",
                              "Website: licence | 1 pcs x 1000.00 = 1000.00"});
  CHECK(firm.summary() == "6000.00 0.00 2000.00 0.00");
  CHECK(firm.prices() == Texts{"h1 3000.00", "b1 1000.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-17 what is released is pending and goes on the next invoice") {
  MaterialFirm firm;
  firm.release({"h2"});
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00002 acme 2000.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("S4-29 an item that comes back is a fresh card without exclusion") {
  MaterialFirm firm;
  firm.price("b1", "900");
  firm.apply();
  firm.release({"b1"});
  CHECK(firm.summary() == "6000.00 900.00 1000.00 0.00");
  firm.link({"b1"});
  firm.apply();
  CHECK(firm.summary() == "6000.00 0.00 0.00 0.00");
  CHECK(firm.number("SELECT amount_minor FROM line WHERE kind = 'bill'") == 100000);
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-34 an item linked to a draft stands at 0 until it gets a line") {
  MaterialFirm firm;
  firm.add("entries", "id=h3 task=build member=bo job_type=coding seconds=3600");
  firm.compile();
  const Report report = firm.link({"h3"});
  CHECK(firm.prices() == Texts{"h1 3000.00", "h2 2000.00", "b1 1000.00", "h3 0.00 orphan"});
  CHECK(report.body["amounts"]["excl_tax"] == Json("6000.00"));
  CHECK(firm.summary() == "6050.00 -50.00 0.00 0.00");
  CHECK(firm.ask("SELECT count(*) FROM item_open") == "0");
  firm.apply();
  CHECK(firm.lines().front() == "Website: coding | 101 hour x 50.00 = 5050.00");
  CHECK(firm.rows("SELECT line FROM line ORDER BY position") == "1 2");
  CHECK(firm.summary() == "6050.00 0.00 0.00 0.00");
  CHECK(firm.broken() == "");
}

TEST_CASE("a pending item that is linked follows a price that changed meanwhile") {
  MaterialFirm firm;
  firm.add("entries", "id=h3 task=build member=bo job_type=coding seconds=3600");
  firm.compile();
  firm.change("tasks", "build", "unit_price=70");
  firm.link({"h3"});
  CHECK(firm.number("SELECT amount_minor FROM item WHERE id = 4") == 7000);
  CHECK(firm.number("SELECT amount_minor FROM item WHERE id = 1") == 300000);
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-32 every kind but hours has a price that may be edited") {
  MaterialFirm firm;
  for (const char* kind : {"expense", "instalment", "quote"})
    firm.add("entries", std::string("id=") + kind + " kind=" + kind + " task=build amount=100.00");
  firm.add("products", "code=cable name=Cable unit=pcs unit_price=10");
  firm.add("entries", "id=goods kind=goods task=build product=cable quantity=10 unit=pcs");
  firm.add("entries", "id=trip kind=mileage task=build distance_km=10");
  firm.compile();
  const Texts kinds = {"expense", "instalment", "quote", "goods", "trip"};
  firm.link(kinds);
  firm.apply();
  CHECK(firm.broken() == "");
  for (const std::string& kind : kinds) firm.price(kind, "7.77");
  firm.apply();
  for (const std::string& kind : kinds) {
    INFO(kind);
    const std::string item = std::to_string(firm.item(kind).value);
    CHECK(firm.number("SELECT sum(share_minor) FROM placed WHERE item_id = " + item) == 777);
    CHECK(firm.number("SELECT sum(l.amount_minor) FROM line AS l JOIN placed AS p ON p.line = "
                      "l.line WHERE p.item_id = " +
                      item) == 777);
  }
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-32 S1-39 a quote that is charged by its rows takes a price of its own") {
  MaterialFirm firm;
  firm.add("entries", "id=q kind=quote task=build amount=1000.00 description=Kitchen");
  const auto row = [&](const std::string& position, const std::string& price) {
    firm.execute(
        "INSERT INTO quote_row (tenant_id, entry_id, position, description, quantity_micro, unit, "
        "unit_price_micro) SELECT tenant_id, id, " +
        position + ", 'row', 1000000, 'pcs', " + price + " FROM entry WHERE ref = 'q'");
  };
  row("1", "600000000");
  row("2", "400000000");
  GenerateRequest request = october();
  request.quote_rows = QuoteRows::import;
  firm.generate(request);
  firm.invoice = "DRAFT00002";
  firm.price("q", "900");
  CHECK(firm.prices("DRAFT00002").back() == "q 900.00");
  CHECK(firm.broken() == "");
  firm.apply();
  CHECK(firm.draft("DRAFT00002").amounts.excl_tax_minor ==
        firm.draft("DRAFT00002").amounts.lines_minor);
  CHECK(firm.number("SELECT sum(share_minor) FROM placed WHERE item_id = " +
                    std::to_string(firm.item("q").value)) == 90000);
  const std::int64_t revision = firm.draft("DRAFT00002").revision;
  firm.apply();
  CHECK(firm.draft("DRAFT00002").revision == revision);
  firm.remove_line(firm.number("SELECT line FROM placed WHERE invoice_id = 2 AND item_id = " +
                               std::to_string(firm.item("q").value) + " LIMIT 1"));
  CHECK(firm.broken() == "");
}

TEST_CASE("S4-25 an instalment that is priced is a milestone and no adjustment") {
  MaterialFirm firm;
  firm.add("entries", "id=i kind=instalment task=build amount=100.00");
  firm.compile();
  firm.link({"i"});
  firm.apply();
  CHECK(firm.summary() == "6000.00 0.00 0.00 100.00");
  firm.price("i", "90");
  firm.apply();
  CHECK(firm.summary() == "6000.00 0.00 0.00 90.00");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-33 the price of hours is refused") {
  MaterialFirm firm;
  CHECK(firm.refusal([&] { firm.price("h1", "100"); }) == "rate_fixed");
  CHECK(firm.refusal([&] { firm.price("b1", "much"); }) == "usage");
  CHECK(firm.prices() == Texts{"h1 3000.00", "h2 2000.00", "b1 1000.00"});
}

TEST_CASE("S1-36 revert gives the original prices and leaves the rest unallocated") {
  MaterialFirm firm;
  firm.price("b1", "800");
  firm.agree("5000");
  CHECK(firm.prices() == Texts{"h1 2520.00 orphan", "h2 1680.00 orphan", "b1 800.00 orphan"});
  const Report report = firm.revert();
  CHECK(firm.prices() == Texts{"h1 3000.00 orphan", "h2 2000.00 orphan", "b1 1000.00 orphan"});
  CHECK(firm.unallocated() == "-1000.00");
  CHECK(warned(report) == "unallocated");
  CHECK(firm.broken() == "");
  firm.save();
  CHECK(firm.prices() == Texts{"h1 2400.00 orphan", "h2 1600.00 orphan", "b1 1000.00 orphan"});
  CHECK(firm.unallocated() == "0.00");
}

TEST_CASE("S1-36 one item alone may be reverted") {
  MaterialFirm firm;
  firm.price("b1", "800");
  firm.revert({"b1"});
  CHECK(firm.prices() == Texts{"h1 3120.00", "h2 2080.00", "b1 1000.00"});
  CHECK(firm.unallocated() == "-200.00");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-14 S1-15 S1-16 what is linked and what is offered by period and project and kind") {
  MaterialFirm firm;
  firm.add("projects", "code=app name=App client=acme");
  firm.add("tasks", "code=port project=app unit_price=50");
  firm.add("entries", "id=n1 task=build seconds=3600 date=2026-11-03");
  firm.add("entries", "id=o1 task=port seconds=3600 date=2026-10-09");
  firm.add("entries", "id=s1 task=shop-dev seconds=3600 date=2026-10-09");
  firm.compile();
  CHECK(listed(firm) == "h1+ h2+ b1+ o1");
  CHECK(listed(firm, with_period("2026-10-01", "2026-11-30")) == "h1+ h2+ b1+ n1 o1");
  Filter filter;
  filter.kinds = {"bill"};
  CHECK(listed(firm, filter) == "b1+");
  filter = {};
  filter.projects = {ProjectId{firm.row("projects", "app")}};
  CHECK(listed(firm, filter) == "o1");
  Session session = firm.session();
  link_material(session, {{firm.invoice, {}}, {}, Period::month(2026, 11), ""}, Json::object());
  CHECK(listed(firm) == "h1+ h2+ b1+ n1");
  CHECK(firm.draft().revision == 1);
  filter = {};
  filter.kinds = {"bills"};
  CHECK(firm.refusal([&] { listed(firm, filter); }) == "usage");
}

TEST_CASE("S1-40 an item outside the material period that is named widens it") {
  MaterialFirm firm;
  firm.add("entries", "id=n1 task=build seconds=3600 date=2026-11-03");
  firm.add("entries", "id=n2 task=build seconds=3600 date=2026-11-02");
  firm.compile();
  CHECK(listed(firm) == "h1+ h2+ b1+");
  firm.link({"n1"});
  CHECK(listed(firm) == "h1+ h2+ b1+ n1+ n2");
  CHECK(firm.draft().period == Period::month(2026, 10));
}

TEST_CASE("S0-23 only pending items of the same client and bill-to and currency are linked") {
  MaterialFirm firm;
  firm.add("projects", "code=paid client=acme bill_to=beta");
  firm.add("projects", "code=dollars client=acme currency=USD");
  firm.add("tasks", "code=paid-dev project=paid unit_price=80");
  firm.add("tasks", "code=dollar-dev project=dollars unit_price=80");
  firm.add("entries", "id=p task=paid-dev seconds=3600");
  firm.add("entries", "id=d task=dollar-dev seconds=3600");
  firm.add("entries", "id=s task=shop-dev seconds=3600");
  firm.compile();
  for (const char* entry : {"p", "d", "s"})
    CHECK(firm.refusal([&] { firm.link({entry}); }) == "wrong_target");
  CHECK(firm.refusal([&] { firm.link({"h1"}); }) == "wrong_state");
  CHECK(listed(firm) == "h1+ h2+ b1+");
  CHECK(firm.draft().revision == 1);
}

TEST_CASE("X2 S1-2 S1-40 the material of an issued invoice changes and its document never") {
  MaterialFirm firm;
  firm.issue();
  firm.invoice = "INV00001";
  firm.set_clock("2026-11-02T06:00:00Z");
  const auto document = [&] {
    return firm.rows(
               "SELECT number, seal, starting_minor, adjustments_minor, exclusions_minor, "
               "payable_minor, revision FROM invoice") +
           firm.rows("SELECT * FROM line");
  };
  const std::string before = document();
  firm.add("entries", "id=h3 task=build seconds=3600");
  firm.compile();
  firm.link({"h3"}, "covered by the contract");
  CHECK(firm.prices("INV00001").back() == "h3 0.00 orphan");
  CHECK(firm.ask("SELECT invoice_id FROM item_placed WHERE item_id = 4") == "1");
  firm.price("b1", "800");
  CHECK(firm.prices("INV00001") ==
        Texts{"h1 3000.00", "h2 2000.00", "b1 800.00", "h3 200.00 orphan"});
  firm.save();
  firm.revert();
  CHECK(firm.refusal([&] { firm.apply(); }) == "wrong_state");
  CHECK(document() == before);
  CHECK(firm.broken() == "");
}

TEST_CASE("X3 S1-3 S1-41 a release from an issued invoice needs a reason and is offered again") {
  MaterialFirm firm;
  firm.issue();
  firm.invoice = "INV00001";
  firm.set_clock("2026-11-02T06:00:00Z");
  CHECK(firm.refusal([&] { firm.release({"h2"}); }) == "usage");
  firm.release({"h2"}, "of another project");
  CHECK(firm.prices("INV00001") == Texts{"h1 5000.00", "b1 1000.00"});
  CHECK(firm.ask("SELECT previously_invoiced_on FROM item WHERE id = 2") == "INV00001");
  CHECK(firm.ask("SELECT reason FROM material_event") == "of another project");
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00002 acme 2000.00"});
  CHECK(firm.number("SELECT count(*) FROM invoice WHERE type = 'credit_note'") == 0);
  CHECK(firm.broken() == "");
}

TEST_CASE("X22 S4-6 approvals fall with links and lines and stay with report prices") {
  MaterialFirm firm;
  firm.price("b1", "800");
  firm.revert();
  firm.save();
  CHECK(firm.draft().revision == 1);
  firm.release({"h1"});
  CHECK(firm.draft().revision == 2);
  firm.link({"h1"});
  CHECK(firm.draft().revision == 3);
  firm.revision = 2;
  CHECK(firm.refusal([&] { firm.release({"h1"}); }) == "changed");
}

TEST_CASE("a draft that is deleted gives back what was linked and keeps what was released") {
  MaterialFirm firm;
  firm.add("entries", "id=h3 task=build seconds=3600");
  firm.compile();
  firm.link({"h3"});
  firm.release({"h1"});
  firm.agree("100");
  Session session = firm.session();
  firm.ledger().write(DryRun::no, [&] { billctl::delete_draft(session, firm.draft().id); });
  CHECK(firm.ask("SELECT count(*) FROM item_open") == "4");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-4 the report prices stand in invoice show with those that have no line") {
  MaterialFirm firm;
  firm.remove_line(2);
  Session session = firm.session();
  const Json shown = show_invoice(session, "DRAFT00001");
  REQUIRE(shown["without_line"].as_array().size() == 1);
  CHECK(shown["without_line"].as_array().front()["entry"] == Json("b1"));
  CHECK(shown["without_line"].as_array().front()["report_price"] == Json("0.00"));
  const Json items = shown["lines"].as_array().front()["items"];
  REQUIRE(items.as_array().size() == 2);
  CHECK(items.as_array().front()["report_price"] == Json("3000.00"));
}
