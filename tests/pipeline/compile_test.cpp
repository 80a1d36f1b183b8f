#include "pipeline/compile.hpp"

#include <doctest/doctest.h>

#include "pipeline/fixture.hpp"

using namespace billctl;
using billctl::test::Fixture;

namespace {

Report run(Fixture& firm, const CompileRequest& request = {}) {
  Session session = firm.session();
  return compile(session, request);
}

/// `considered compiled skipped items remade`.
std::string counts(const Report& report) {
  const Json& entries = report.body["entries"];
  std::string text;
  for (const char* key : {"considered", "compiled", "skipped"})
    text += std::to_string(entries[key].as_integer()) + " ";
  return text + std::to_string(report.body["items"].as_integer()) + " " +
         std::to_string(report.body["remade"].as_integer());
}

/// Entry by entry: `e1 time 1.5 hour x 95`.
std::string items(Fixture& firm) {
  return firm.rows(
      "SELECT e.ref || ' ' || i.kind || ' ' || (i.quantity_micro / 1000000.0) || ' ' || i.unit || "
      "' x ' || (i.unit_price_micro / 1000000.0) || ' = ' || i.amount_minor || ' ' || "
      "i.price_source || ';' FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
      "WHERE i.mark <> 'released' ORDER BY i.id");
}

/// A client, a project, a task at 95 an hour, a member.
void furnish(Fixture& firm) {
  firm.add("clients", "code=acme");
  firm.add("projects", "code=web client=acme");
  firm.add("members", "code=anna");
  firm.add("tasks", "code=dev project=web unit_price=95");
}

}  // namespace

TEST_CASE("S2-7 an entry becomes a pending item with what decided its price") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev member=anna seconds=5400");
  const Report report = run(firm);
  CHECK(counts(report) == "1 1 0 1 0");
  CHECK(items(firm) == "e1 time 1.5 hour x 95.0 = 14250 task;");
  CHECK(firm.number("SELECT count(*) FROM item_open") == 1);
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 0);
  CHECK(report.body["parked"].compact() == "{}");
  CHECK(report.body["skipped_by_reason"].compact() == "{}");
}

TEST_CASE("S2-8 a second compile creates nothing") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.add("entries", "id=e2 task=dev seconds=3600 confirmed_at=");
  CHECK(counts(run(firm)) == "2 1 1 1 0");
  const Report second = run(firm);
  CHECK(counts(second) == "0 0 0 0 0");
  CHECK(second.body["parked"].compact() == R"({"unconfirmed":1})");
  CHECK(firm.number("SELECT count(*) FROM item") == 1);
}

TEST_CASE("S2-6 the run is recorded in the journal with what it did") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600");
  run(firm);
  CHECK(firm.ask("SELECT verb FROM event") == "compile");
  CHECK(firm.ask("SELECT what FROM event_subject WHERE subject = 'compile'") ==
        "1 entries, 1 items");
  CHECK(firm.number("SELECT made_event_id = (SELECT max(id) FROM event) FROM item") == 1);
}

TEST_CASE("G9 mileage with minutes and no price is a km line and an hour line") {
  Fixture firm;
  furnish(firm);
  firm.add("tasks", "code=trip project=web");
  firm.add("entries", "id=m1 kind=mileage task=trip distance_km=12 transport_minutes=90");
  const Report report = run(firm);
  CHECK(items(firm) ==
        "m1 mileage 12.0 km x 5.0 = 6000 default; m1 travel_time 1.5 hour x 1000.0 = 150000 "
        "default;");
  CHECK(report.body["default_price"].as_integer() == 2);
  CHECK(report.body["unpriced"].as_integer() == 0);
  CHECK(report.body["warnings"].as_array().size() == 2);
  CHECK(firm.rows("SELECT code, name, unit, auto_created FROM product ORDER BY id") ==
        "transport|Transport|km|transport transport-time|Transport Time|hour|transport_time");
}
