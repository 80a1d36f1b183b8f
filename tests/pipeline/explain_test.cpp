#include "pipeline/explain.hpp"

#include <doctest/doctest.h>

#include "pipeline/compiling.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

Json explained(Fixture& firm, const std::string& ref) {
  Session session = firm.session();
  return explain_entry(session, ref);
}

/// The codes of the tests that did not pass.
std::string failing(const Json& body) {
  std::string text;
  for (const Json& test : body["tests"].as_array()) {
    if (test["passed"] == Json(false)) text += test["code"].as_string() + ";";
  }
  return text;
}

const Json& test_of(const Json& body, const std::string& code) {
  for (const Json& test : body["tests"].as_array()) {
    if (test["code"].as_string() == code) return test;
  }
  FAIL("no test " << code);
  return body;
}

}  // namespace

TEST_CASE("S1-13 explain names the one test that excludes an entry") {
  Fixture firm("[compile]\ngo_live = \"2026-10-01\"\n");
  furnish(firm);
  firm.add("projects", "code=old client=acme status=closed");
  firm.add("projects", "code=dated client=acme billable_kinds=time:2026-10-06");
  firm.add("projects", "code=costs client=acme billable_kinds=expense");
  firm.add("job_types", "code=admin billable=0");
  firm.add("products", "code=thing unit=pcs");
  firm.add("entries", "id=status project=old seconds=60");
  firm.add("entries", "id=dated project=dated seconds=60");
  firm.add("entries", "id=kind project=costs seconds=60");
  firm.add("entries", "id=type task=dev seconds=60 job_type=admin");
  firm.add("entries", "id=cost kind=expense task=dev charge=non_billable");
  firm.add("entries", "id=golive task=dev seconds=60 date=2026-09-30");
  firm.add("entries", "id=unit task=dev seconds=60 product=thing");
  run_compile(firm);
  CHECK(failing(explained(firm, "status")) == "project_not_billable;");
  CHECK(failing(explained(firm, "dated")) == "before_from_date;");
  CHECK(failing(explained(firm, "kind")) == "kind_off;");
  CHECK(failing(explained(firm, "type")) == "worktype_off;");
  CHECK(failing(explained(firm, "cost")) == "entry_nonbillable;");
  CHECK(failing(explained(firm, "golive")) == "before_go_live;");
  CHECK(failing(explained(firm, "unit")) == "unit_mismatch;");

  const Json body = explained(firm, "dated");
  CHECK(body["reason"].as_string() == "before_from_date");
  CHECK(body["product"].is_null());
  CHECK(body["price"].is_null());
  CHECK(body["items"].as_array().empty());
  const Json& test = test_of(body, "before_from_date");
  CHECK(test["seen"].as_string() == "work date 2026-10-05");
  CHECK(test["needed"].as_string() == "a work date from 2026-10-06 on");
  CHECK(test_of(explained(firm, "status"), "project_not_billable")["seen"].as_string() ==
        "project old is closed");
}

TEST_CASE("explain shows where product and price and every rounding come from") {
  Fixture firm("[time_rules.tenth]\nstep = \"6m\"\n");
  furnish(firm);
  firm.change("projects", "web", "time_rule=tenth");
  firm.change("members", "anna", "role=senior");
  firm.add("products", "code=days unit=day");
  firm.add("assignments", "scope=contact target=acme product=days");
  firm.add("rates", "unit_price=100 client=acme role=senior valid_from=2026-01-01");
  firm.add("entries", "id=e task=dev member=anna seconds=3300");
  run_compile(firm);
  const Json body = explained(firm, "e");
  CHECK(failing(body) == "already_compiled;");
  CHECK(body["product"].compact() == R"({"code":"days","scope":"contact"})");
  CHECK(body["price"]["amount"].as_string() == "800.00");
  CHECK(body["price"]["source"].as_string() == "rate");
  CHECK(body["price"]["row"].as_string() ==
        "rate of client acme, role senior, from 2026-01-01: 100.00");
  CHECK(body["rounding"].compact() ==
        R"([{"step":"time rule tenth","from":"3300 s","to":"3600 s"},)"
        R"({"step":"quantity, 4 decimals","from":"3600 s","to":"0.125 day"},)"
        R"({"step":"price per hour in day","from":"100.00","to":"800.00"},)"
        R"({"step":"amount","from":"0.125 x 800.00","to":"100.00"}])");
}

TEST_CASE("explain of an entry that waits shows what compile would make") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e kind=mileage task=dev distance_km=1.5");
  const Json body = explained(firm, "e");
  CHECK(failing(body).empty());
  CHECK(body["reason"].is_null());
  CHECK(body["product"].compact() == R"({"code":"transport","scope":"default"})");
  CHECK(body["price"]["amount"].as_string() == "5.00");
  CHECK(firm.number("SELECT count(*) FROM product") == 0);
}

TEST_CASE("explain tells what happened to an entry and its items") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e task=dev seconds=3600 confirmed_by=bo");
  run_compile(firm);
  firm.set_clock("2026-11-02T06:00:00Z");
  firm.change("entries", "e", "unit_price=9");
  run_compile(firm);
  firm.set_clock("2026-11-03T06:00:00Z");
  firm.change("entries", "e", "charge=non_billable");
  run_compile(firm);
  const Json body = explained(firm, "e");
  std::string told;
  for (const Json& line : body["history"].as_array())
    told += line["at"].as_string().substr(0, 10) + " " + line["by"].as_string() + " " +
            line["what"].as_string() + "; ";
  CHECK(told ==
        "2026-10-31 bo confirmed; 2026-11-01 admin item 1 made (time); 2026-11-03 admin item 1 "
        "released; ");
}

TEST_CASE("explain of an item shows that item and its entry") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=m kind=mileage task=dev distance_km=12 transport_minutes=90");
  run_compile(firm);
  Session session = firm.session();
  const Json body = explain_item(session, "item:2");
  CHECK(body["item"].as_integer() == 2);
  CHECK(body["entry"].as_string() == "m");
  CHECK(body["product"]["code"].as_string() == "transport-time");
  CHECK(body["price"]["default_price"].as_bool());
  CHECK(body["items"].as_array().size() == 2);
  CHECK_THROWS_AS(explain_item(session, "item:3"), Error);
  CHECK_THROWS_AS(explain_entry(session, "nobody"), Error);
}

TEST_CASE("explain of an entry without a client does not ask for prices") {
  Fixture firm;
  firm.add("tasks", "code=lost");
  firm.add("entries", "id=e task=lost seconds=60");
  const Json body = explained(firm, "e");
  CHECK(failing(body) == "no_client;");
  CHECK(test_of(body, "unit_mismatch")["passed"].is_null());
}
