#include "approval/gate.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

const Currency kEuro = *Currency::of("EUR");

RoleSettings house() {
  RoleSettings roles;
  roles.configured = true;
  roles.admin = {"anna"};
  roles.finance = {"fia", "pam"};
  roles.management = {"max"};
  return roles;
}

ApprovalRules pm_and_finance() {
  ApprovalRules rules;
  rules.required = {ApprovalRole::pm, ApprovalRole::finance};
  return rules;
}

Approval by(const char* actor, ApprovalRole role, std::int64_t revision = 1) {
  return {role, revision, actor, Instant::from_seconds(0), "", false};
}

std::vector<ApprovalRole> missing(const ApprovalRules& rules, const ApprovalFacts& facts) {
  return missing_approvals(approval_status(rules, house(), facts));
}

using Roles = std::vector<ApprovalRole>;

}  // namespace

TEST_CASE("S4-5 the configured approvals are asked for and who may give each is told") {
  ApprovalFacts facts;
  facts.managers = {"pam"};
  CHECK(missing(ApprovalRules{}, facts).empty());
  CHECK(missing(pm_and_finance(), facts) == Roles{ApprovalRole::pm, ApprovalRole::finance});
  const auto status = approval_status(pm_and_finance(), house(), facts);
  REQUIRE(status.size() == 3);
  CHECK(status[0].may == std::vector<std::string>{"pam", "anna"});
  CHECK(status[1].may == std::vector<std::string>{"fia", "pam", "anna"});
  CHECK(status[1].required);
  CHECK_FALSE(status[2].required);
}

TEST_CASE("X22 an approval counts for the content that it saw and not after it is withdrawn") {
  ApprovalFacts facts;
  facts.managers = {"pam"};
  facts.given = {by("pam", ApprovalRole::pm), by("fia", ApprovalRole::finance)};
  CHECK(missing(pm_and_finance(), facts).empty());
  facts.revision = 2;
  CHECK(missing(pm_and_finance(), facts).size() == 2);
  facts.given.push_back(by("pam", ApprovalRole::pm, 2));
  CHECK(missing(pm_and_finance(), facts) == Roles{ApprovalRole::finance});
  facts.given.back().withdrawn = true;
  CHECK(missing(pm_and_finance(), facts).size() == 2);
}

TEST_CASE("X23 the same person twice is refused unless distinct is off or nobody has a role") {
  ApprovalFacts facts;
  facts.managers = {"pam"};
  facts.given = {by("pam", ApprovalRole::pm)};
  ApprovalRules rules = pm_and_finance();
  const auto refused = approval_refusal(rules, house(), facts, ApprovalRole::finance, "pam");
  REQUIRE(refused);
  CHECK(refused->code == Reason::same_person);
  CHECK(approval_status(rules, house(), facts)[1].may == std::vector<std::string>{"fia", "anna"});
  CHECK_FALSE(approval_refusal(rules, house(), facts, ApprovalRole::finance, "fia"));
  CHECK_FALSE(approval_refusal(rules, RoleSettings{}, facts, ApprovalRole::finance, "pam"));
  rules.distinct = false;
  CHECK_FALSE(approval_refusal(rules, house(), facts, ApprovalRole::finance, "pam"));
}

TEST_CASE("X23 an approval is given by who holds the office or his deputy or an admin") {
  ApprovalFacts facts;
  facts.managers = {"pam"};
  ApprovalRules rules = pm_and_finance();
  CHECK(approval_refusal(rules, house(), facts, ApprovalRole::pm, "max")->code ==
        Reason::not_permitted);
  CHECK(approval_refusal(rules, house(), facts, ApprovalRole::finance, "max")->code ==
        Reason::not_permitted);
  rules.deputies["fia"] = "max";
  CHECK_FALSE(approval_refusal(rules, house(), facts, ApprovalRole::finance, "max"));
  CHECK_FALSE(approval_refusal(rules, house(), facts, ApprovalRole::pm, "anna"));
  facts.managers.clear();
  const auto refused = approval_refusal(rules, house(), facts, ApprovalRole::pm, "pam");
  REQUIRE(refused);
  CHECK(refused->detail == "pm may be given by anna");
}

TEST_CASE("X23 management is needed over the amount or the percentage of what was started with") {
  ApprovalRules rules;
  Summary summary;
  summary.starting_minor = 100000;
  summary.adjustments_minor = -50000;
  const auto needed = [&](std::int64_t adjustments) {
    summary.adjustments_minor = adjustments;
    return needs_management(rules, summary, Money(adjustments, kEuro));
  };
  CHECK_FALSE(needed(-99999));
  rules.adjustments_over = Money(50000, kEuro);
  CHECK_FALSE(needed(-50000));
  CHECK(needed(-50001));
  CHECK(needed(50001));
  CHECK(needs_management(rules, summary, std::nullopt));
  rules.adjustments_over = std::nullopt;
  rules.adjustments_over_percent = Decimal::from_integer(10);
  CHECK_FALSE(needed(10000));
  CHECK(needed(10001));
  CHECK(needed(-10001));
  summary.starting_minor = 0;
  CHECK_FALSE(needed(0));
  CHECK(needed(1));
  rules.adjustments_over_percent = Decimal();
  CHECK(needed(0));
  rules.adjustments_over_percent = std::nullopt;
  rules.adjustments_over = Money(0, kEuro);
  CHECK(needed(0));
}

TEST_CASE("without a role an approval counts in the missing role that the actor may give") {
  ApprovalFacts facts;
  facts.managers = {"pam"};
  const ApprovalRules rules = pm_and_finance();
  CHECK(roles_to_give(rules, house(), facts, "pam") == Roles{ApprovalRole::pm});
  CHECK(roles_to_give(rules, house(), facts, "fia") == Roles{ApprovalRole::finance});
  CHECK(roles_to_give(rules, house(), facts, "max").empty());
  CHECK(roles_to_give(rules, RoleSettings{}, facts, "admin") ==
        Roles{ApprovalRole::pm, ApprovalRole::finance});
  facts.given = {by("pam", ApprovalRole::pm)};
  CHECK(roles_to_give(rules, house(), facts, "anna") == Roles{ApprovalRole::finance});
}

TEST_CASE("the managers of an invoice are those whom each of its projects names") {
  CHECK(members_of_all({codes_in("pam; per"), codes_in("per;pia")}) ==
        std::vector<std::string>{"per"});
  CHECK(members_of_all({codes_in("pam"), codes_in("")}).empty());
  CHECK(members_of_all({}).empty());
}
