#include "pipeline/show_invoice.hpp"

#include <doctest/doctest.h>

#include "pipeline/desk.hpp"
#include "pipeline/hold.hpp"
#include "pipeline/list_invoices.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

Json shown(Desk& desk, const std::string& name) {
  Session session = desk.session();
  return show_invoice(session, name);
}

std::string listed(Desk& desk, const ListInvoicesRequest& request = {}) {
  Session session = desk.session();
  std::string names;
  const Json list = list_invoices(session, request);
  for (const Json& row : list["invoices"].as_array())
    names += (names.empty() ? "" : " ") + row["invoice"].as_string();
  return names;
}

ListInvoicesRequest of_states(const std::vector<std::string>& states) {
  ListInvoicesRequest request;
  request.filter.states = states;
  return request;
}

Report hold(Desk& desk, const std::vector<std::string>& names, Hold on,
            const std::string& reason = "") {
  Session session = desk.session();
  return hold_invoices(session, {names, on, reason}, Json::object());
}

}  // namespace

TEST_CASE("S4-1 the summary shows what an invoice is made of") {
  Desk desk;
  desk.draft({.lines = {{"10", "95"}, {"1", "50", "reverse_charge"}}});
  const Json draft = shown(desk, "DRAFT00001");
  CHECK(draft["invoice"] == Json("DRAFT00001"));
  CHECK(draft["number"].is_null());
  CHECK(draft["state"] == Json("ready"));
  CHECK(draft["date"].is_null());
  CHECK(draft["due_date"].is_null());
  CHECK(draft["seal"].is_null());
  CHECK(draft["terms"]["text"] == Json("14 days net"));
  CHECK(draft["summary"]["starting"] == Json("1000.00"));
  CHECK(draft["summary"]["invoiced"] == Json("1000.00"));
  CHECK(draft["summary"]["net"] == Json("1242.25"));
  CHECK(draft["summary"]["net"] == draft["amounts"]["payable"]);
  REQUIRE(draft["taxes"].as_array().size() == 2);
  CHECK(draft["taxes"].as_array()[0]["category"] == Json("AE"));
  CHECK(draft["taxes"].as_array()[1]["rate"] == Json("25.5"));
  CHECK(draft["taxes"].as_array()[1]["base"] == Json("950.00"));
  CHECK(draft["lines"].as_array()[0]["unit_price"] == Json("95.00"));
  CHECK(draft["lines"].as_array()[0]["tax"] == Json::array({"vat"}));
}

TEST_CASE("S4-16 the client and both parties are shown and frozen with the invoice") {
  Desk desk(
      "[tenant]\ncode = \"main\"\ntest = true\ncurrency = \"EUR\"\nname = \"Example Oy\"\n"
      "contact = { name = \"Billing\" }\n");
  desk.firm().add("clients", "code=holding name='Acme Holding'");
  desk.firm().execute("UPDATE client SET parent_id = 2 WHERE code = 'acme'");
  desk.draft();
  desk.issue({"DRAFT00001"});
  desk.firm().execute("UPDATE client SET street = 'Elsewhere 9', name = 'Other' WHERE id = 1");
  const Json invoice = shown(desk, "INV00001");
  CHECK(invoice["client"] == Json("acme"));
  CHECK(invoice["seller"]["name"] == Json("Example Oy"));
  CHECK(invoice["seller"]["contact"]["name"] == Json("Billing"));
  CHECK(invoice["buyer"]["name"] == Json("Acme Oy"));
  CHECK(invoice["buyer"]["street"] == Json("Katu 1"));
  CHECK(invoice["buyer"]["parent"] == Json("Acme Holding"));
  CHECK(invoice["buyer"]["vat_id"].is_null());
}

TEST_CASE("an invoice is found by every name it ever had and by no other") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  CHECK(shown(desk, "DRAFT00001") == shown(desk, "INV00001"));
  CHECK(shown(desk, "INV00001")["draft_number"] == Json("DRAFT00001"));
  try {
    shown(desk, "INV00002");
    FAIL("nothing was refused");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::not_found);
    CHECK(error.hint().find("INV00001") != std::string::npos);
  }
}

TEST_CASE("S4-34 a draft shows each contract line of its engagement with its balance") {
  Desk desk;
  desk.firm().add("engagements", "code=eng client=acme");
  desk.firm().add("contract_lines", "code=cl engagement=eng type=tm");
  desk.firm().add("contract_lines", "code=fp engagement=eng type=fixed");
  desk.draft({.lines = {{"1", "1000", "vat", "instalment", "", "entry"}}});
  desk.firm().execute("UPDATE item SET kind = 'instalment', engagement_id = 1");
  desk.firm().execute("UPDATE placed SET share_minor = 100000");
  desk.firm().execute("DELETE FROM contract_line WHERE code = 'fp'");
  desk.issue({"DRAFT00001"});
  CHECK(shown(desk, "INV00001")["prepayments"].as_array().empty());
  desk.draft({.lines = {{"1", "500", "vat", "time", "", "entry"}}});
  desk.firm().execute("UPDATE item SET engagement_id = 1");
  const Json draft = shown(desk, "DRAFT00002");
  REQUIRE(draft["prepayments"].as_array().size() == 1);
  const Json& row = draft["prepayments"].as_array().front();
  CHECK(row["contract_line"] == Json("cl"));
  CHECK(row["type"] == Json("tm"));
  CHECK(row["balance"] == Json("1000.00"));
  CHECK(row["applied"] == Json("0.00"));
  desk.firm().execute("UPDATE contract_line SET recognised_minor = 40000");
  CHECK(shown(desk, "DRAFT00002")["prepayments"].as_array().front()["balance"] == Json("600.00"));
}

TEST_CASE("a draft on hold is not ready and comes back as it was") {
  Desk desk;
  desk.draft();
  const Report held = hold(desk, {"DRAFT00001"}, Hold::on, "wait for the PO");
  CHECK(held.body["invoices"].as_array().front()["state"] == Json("held"));
  CHECK(shown(desk, "DRAFT00001")["state"] == Json("held"));
  CHECK(shown(desk, "DRAFT00001")["notes"] == Json("wait for the PO"));
  CHECK(desk.reasons("DRAFT00001") == "on_hold");
  CHECK(hold(desk, {"DRAFT00001"}, Hold::on).exit == ExitStatus::done);
  CHECK(hold(desk, {"DRAFT00001"}, Hold::off).body["invoices"].as_array().front()["state"] ==
        Json("ready"));
  CHECK(desk.issue({"DRAFT00001"}).exit == ExitStatus::done);
  const Report late = hold(desk, {"INV00001", "nobody"}, Hold::on);
  CHECK(late.exit == ExitStatus::refused);
  CHECK(late.body["error"]["code"] == Json("already_issued"));
}

TEST_CASE("S0-27 a new invoice is in the list of unconfirmed ones until it is issued") {
  Desk desk;
  desk.draft();
  desk.draft({.lines = {}});
  desk.draft();
  desk.draft();
  hold(desk, {"DRAFT00003"}, Hold::on);
  desk.issue({"DRAFT00004"});
  CHECK(listed(desk) == "DRAFT00001 DRAFT00002 DRAFT00003 INV00001");
  CHECK(listed(desk, of_states({"unconfirmed"})) == "DRAFT00001 DRAFT00002 DRAFT00003");
  CHECK(listed(desk, of_states({"draft"})) == "DRAFT00002");
  CHECK(listed(desk, of_states({"ready"})) == "DRAFT00001");
  CHECK(listed(desk, of_states({"held", "issued"})) == "DRAFT00003 INV00001");
  CHECK_THROWS_AS(listed(desk, of_states({"reday"})), Error);
}

TEST_CASE("a list is restricted by client and by date or period of work and read in pages") {
  Desk desk;
  desk.firm().add("clients", "code=beta name=Beta street=S city=C");
  desk.draft();
  desk.draft({.client = "beta", .first = "2026-09-01", .last = "2026-09-30"});
  desk.draft();
  desk.issue({"DRAFT00003"}, {.date = day("2026-09-15")});
  ListInvoicesRequest request;
  request.filter.by_client = true;
  request.filter.clients = {desk.firm().client("beta")};
  CHECK(listed(desk, request) == "DRAFT00002");
  request = {};
  request.filter.period = Period::month(2026, 9);
  CHECK(listed(desk, request) == "DRAFT00002 INV00001");
  request = {};
  request.filter.limit = 2;
  CHECK(listed(desk, request) == "DRAFT00001 DRAFT00002");
  request.filter.after = "DRAFT00002";
  CHECK(listed(desk, request) == "INV00001");
  request = {};
  request.filter.sort = "-client";
  CHECK(listed(desk, request) == "DRAFT00002 DRAFT00001 INV00001");
  request.filter.sort = "colour";
  CHECK_THROWS_AS(listed(desk, request), Error);
}

TEST_CASE("S4-2 a project manager opens invoices all of whose projects are his") {
  Desk desk("[roles]\nadmin = [\"anna\"]\n");
  desk.firm().add("projects", "code=web client=acme pm=pam");
  desk.firm().add("projects", "code=app client=acme pm=per;pam");
  desk.firm().add("projects", "code=ops client=acme pm=per");
  desk.draft({.lines = {{.project = "web"}, {.project = "app"}}});
  desk.draft({.lines = {{.project = "web"}, {.project = "ops"}}});
  desk.act_as("pam");
  CHECK(shown(desk, "DRAFT00001")["invoice"] == Json("DRAFT00001"));
  CHECK_THROWS_AS(shown(desk, "DRAFT00002"), Error);
  CHECK(listed(desk) == "DRAFT00001");
  desk.act_as("anna");
  CHECK(listed(desk) == "DRAFT00001 DRAFT00002");
}
