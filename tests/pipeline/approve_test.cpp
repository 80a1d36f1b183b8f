#include "pipeline/approve.hpp"

#include <doctest/doctest.h>

#include "pipeline/desk.hpp"
#include "pipeline/list_invoices.hpp"
#include "pipeline/show_invoice.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

constexpr const char* kHouse = R"(
[approvals]
required = ["pm", "finance"]
management_when = { adjustments_over = "500.00" }
deputies = { max = "mia" }
[roles]
admin = ["anna"]
biller = ["bo"]
finance = ["fia"]
management = ["max"]
)";

struct Office : Desk {
  explicit Office(const char* toml = kHouse) : Desk(toml) {
    firm().add("projects", "code=web client=acme pm=pam");
  }
  std::string drafted() { return draft({.lines = {{.project = "web"}}}); }
  Report approve(const char* actor, const ApproveRequest& request) {
    act_as(actor);
    Session at = session();
    return billctl::approve(at, request, Json::object());
  }
  Report approve(const char* actor, const std::string& invoice,
                 std::optional<ApprovalRole> role = std::nullopt) {
    ApproveRequest request;
    request.invoices = {invoice};
    request.role = role;
    return approve(actor, request);
  }
  Json shown(const std::string& name) {
    act_as("anna");
    Session at = session();
    return show_invoice(at, name);
  }
  std::string state(const std::string& name) { return shown(name)["state"].as_string(); }
};

std::string refused(const Report& report) {
  const auto& all = report.body["refused"].as_array();
  return all.empty() ? "" : codes(all.front()["reasons"]);
}

}  // namespace

TEST_CASE("S4-5 an invoice is ready when each required approval is given by who may give it") {
  Office office;
  const std::string draft = office.drafted();
  CHECK(office.state(draft) == "draft");
  CHECK(refused(office.approve("bo", draft)) == "not_permitted not_permitted");
  const Report first = office.approve("pam", draft);
  CHECK(first.body["approved"].as_array().front()["role"] == Json("pm"));
  CHECK(first.body["approved"].as_array().front()["by"] == Json("pam"));
  CHECK(first.body["approved"].as_array().front()["state"] == Json("draft"));
  CHECK(office.approve("fia", draft).body["approved"].as_array().front()["state"] == Json("ready"));
  office.act_as("bo");
  CHECK(office.issue({draft}).exit == ExitStatus::done);
}

TEST_CASE("S4-5 invoice show tells which approvals are required and given and who may give them") {
  Office office;
  const std::string draft = office.drafted();
  office.approve("pam", draft);
  const Json shown = office.shown(draft);
  const auto& approvals = shown["approvals"].as_array();
  REQUIRE(approvals.size() == 3);
  CHECK(approvals[0]["role"] == Json("pm"));
  CHECK(approvals[0]["by"] == Json("pam"));
  CHECK(approvals[0]["at"] == Json("2026-11-01T06:00:00Z"));
  CHECK(approvals[1]["required"] == Json(true));
  CHECK(approvals[1]["by"].is_null());
  CHECK(approvals[1]["may"] == Json::array({"fia", "anna"}));
  CHECK(approvals[2]["required"] == Json(false));
  CHECK(approvals[2]["may"] == Json::array({"max", "mia", "anna"}));
}

TEST_CASE("X23 the same person twice is refused and so is one without the role") {
  Office office;
  const std::string draft = office.drafted();
  office.approve("anna", draft, ApprovalRole::pm);
  const Report again = office.approve("anna", draft, ApprovalRole::finance);
  CHECK(again.exit == ExitStatus::refused);
  CHECK(refused(again) == "same_person");
  CHECK(refused(office.approve("anna", draft)) == "same_person");
  CHECK(refused(office.approve("pam", draft, ApprovalRole::finance)) == "not_permitted");
  CHECK(office.approve("fia", draft).exit == ExitStatus::done);
  CHECK(office.approve("fia", draft).exit == ExitStatus::done);
  CHECK(office.firm().number("SELECT count(*) FROM approval") == 2);
}

TEST_CASE("X23 a deputy stands in and management is asked for when much was adjusted") {
  Office office;
  const std::string draft = office.drafted();
  office.firm().execute("UPDATE invoice SET starting_minor = 60001, adjustments_minor = -50001");
  office.approve("pam", draft);
  office.approve("fia", draft);
  CHECK(office.state(draft) == "draft");
  CHECK(office.reasons(draft) == "approval_missing");
  CHECK(office.approve("mia", draft).body["approved"].as_array().front()["role"] ==
        Json("management"));
  CHECK(office.state(draft) == "ready");
}

TEST_CASE("X23 adjustments in another currency are measured in the base currency of the day") {
  Office office;
  const std::string draft = office.draft({.currency = "USD", .lines = {{.project = "web"}}});
  office.firm().execute(
      "UPDATE invoice SET starting_minor = 70000, adjustments_minor = -60000, invoice_on = NULL");
  const auto management = [&] {
    return office.shown(draft)["approvals"].as_array()[2]["required"].as_bool();
  };
  CHECK(management());  // nobody knows what 600.00 USD are
  office.firm().execute(
      "INSERT INTO exchange_rate (tenant_id, valid_on, from_currency, to_currency, rate_micro) "
      "VALUES (1, '2026-10-01', 'USD', 'EUR', 800000)");
  CHECK_FALSE(management());  // 480.00 EUR
  office.firm().execute(
      "INSERT INTO exchange_rate (tenant_id, valid_on, from_currency, to_currency, rate_micro) "
      "VALUES (1, '2026-10-31', 'USD', 'EUR', 900000)");
  CHECK(management());  // 540.00 EUR
  office.firm().execute("UPDATE invoice SET invoice_on = '2026-10-15'");
  CHECK_FALSE(management());
}

TEST_CASE("X32 without a roles table one person gives all approvals and all is permitted") {
  Office office("[approvals]\nrequired = [\"pm\", \"finance\", \"management\"]\n");
  const std::string draft = office.drafted();
  const Report report = office.approve("admin", draft);
  CHECK(report.exit == ExitStatus::done);
  CHECK(report.body["approved"].as_array().size() == 3);
  CHECK(office.state(draft) == "ready");
}

TEST_CASE("X22 approvals fall with a new revision of the content and an old view is refused") {
  Office office;
  const std::string draft = office.drafted();
  office.approve("pam", draft);
  office.approve("fia", draft);
  office.firm().execute("UPDATE invoice SET revision = 2");
  CHECK(office.state(draft) == "draft");
  ApproveRequest stale;
  stale.invoices = {draft};
  stale.revision = 1;
  CHECK(refused(office.approve("pam", stale)) == "changed");
  office.approve("pam", draft);
  office.act_as("anna");
  CHECK(office.reasons(draft) == "approval_missing");
  office.approve("fia", draft);
  CHECK(office.state(draft) == "ready");
}

TEST_CASE("an approval is withdrawn by who gave it and a rejection drops them all") {
  Office office;
  const std::string draft = office.drafted();
  office.approve("pam", draft);
  office.approve("fia", draft);
  ApproveRequest withdraw;
  withdraw.invoices = {draft};
  withdraw.action = ApproveAction::withdraw;
  withdraw.role = ApprovalRole::pm;
  CHECK(refused(office.approve("fia", withdraw)) == "not_permitted");
  CHECK(office.approve("pam", withdraw).body["withdrawn"].as_array().size() == 1);
  CHECK(refused(office.approve("pam", withdraw)) == "wrong_state");
  CHECK(office.state(draft) == "draft");
  office.approve("pam", draft);
  ApproveRequest reject;
  reject.invoices = {draft};
  reject.action = ApproveAction::reject;
  reject.comment = "hours of May are missing";
  CHECK(refused(office.approve("max", reject)) == "not_permitted");
  CHECK(office.approve("fia", reject).exit == ExitStatus::done);
  const Json shown = office.shown(draft);
  CHECK(shown["notes"] == Json("hours of May are missing"));
  CHECK(shown["approvals"].as_array()[0]["by"].is_null());
  CHECK(shown["approvals"].as_array()[1]["by"].is_null());
}

TEST_CASE("S4-23 a comment of an approval is put on top of the notes") {
  Office office;
  const std::string draft = office.drafted();
  ApproveRequest request;
  request.invoices = {draft};
  request.comment = "fine by me";
  office.approve("pam", request);
  request.comment = "and by me";
  office.approve("fia", request);
  CHECK(office.shown(draft)["notes"] == Json("and by me\nfine by me"));
}

TEST_CASE(
    "all that wait for the actor are approved at once and the list tells for whom they wait") {
  Office office;
  office.drafted();
  office.draft();
  office.drafted();
  office.approve("pam", "DRAFT00003");
  const auto waiting = [&](const char* member) {
    office.act_as("anna");
    Session session = office.session();
    ListInvoicesRequest request;
    request.waiting_for = member;
    std::string names;
    const Json list = list_invoices(session, request);
    for (const Json& row : list["invoices"].as_array())
      names += row["invoice"].as_string().substr(9);
    return names;
  };
  CHECK(waiting("fia") == "123");
  CHECK(waiting("anna") == "123");
  ApproveRequest all;
  all.all_waiting = true;
  CHECK(office.approve("pam", all).body["approved"].as_array().size() == 1);
  CHECK(office.approve("fia", all).body["approved"].as_array().size() == 3);
  CHECK(office.approve("fia", all).body["approved"].as_array().empty());
  CHECK(waiting("fia").empty());
  CHECK(waiting("anna") == "2");
}

TEST_CASE("what is issued or unknown is refused by its name and the rest is approved") {
  Office office("[approvals]\nrequired = [\"pm\"]\n");
  office.drafted();
  office.drafted();
  office.approve("admin", "DRAFT00001");
  office.issue({"DRAFT00001"});
  ApproveRequest request;
  request.invoices = {"INV00001", "DRAFT00002", "DRAFT99999"};
  const Report report = office.approve("admin", request);
  CHECK(report.exit == ExitStatus::partly);
  const auto& all = report.body["refused"].as_array();
  REQUIRE(all.size() == 2);
  CHECK(codes(all[0]["reasons"]) == "already_issued");
  CHECK(codes(all[1]["reasons"]) == "not_found");
}

TEST_CASE("X32 a verb that is not permitted is refused and the journal tells who tried it") {
  Office office;
  const std::string draft = office.drafted();
  office.act_as("fia");
  CHECK_THROWS_AS(office.issue({draft}), Error);
  const std::string row = office.firm().rows(
      "SELECT actor, os_user, verb, changes FROM event ORDER BY id DESC LIMIT 1");
  CHECK(row == "fia|tester|issue|{\"refused\":\"not_permitted\"}");
}
