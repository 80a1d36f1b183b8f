#include <doctest/doctest.h>

#include "pipeline/compiling.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

/// Products, one for each scope, and an entry of kind time on dev by anna.
struct Scopes {
  Fixture firm;
  Scopes() {
    furnish(firm);
    for (const char* code : {"own", "of-task", "of-contact", "of-member", "of-team", "of-tenant"})
      firm.add("products", std::string("code=") + code + " unit=hour unit_price=1");
  }
  void assign_from(std::size_t narrowest) {
    const char* fields[] = {
        "scope=task target=dev product=of-task", "scope=contact target=acme product=of-contact",
        "scope=membership target=anna product=of-member", "scope=team target=blue product=of-team",
        "scope=tenant target=* product=of-tenant"};
    for (std::size_t i = narrowest; i < 5; ++i) firm.add("assignments", fields[i]);
  }
  std::string chosen(const std::string& more = "") {
    firm.add("entries", "id=e task=dev member=anna seconds=3600 " + more);
    run_compile(firm);
    return products(firm);
  }
};

}  // namespace

TEST_CASE("S2-16 the entry's own product wins over everything") {
  Scopes scopes;
  scopes.assign_from(0);
  CHECK(scopes.chosen("product=own") == "e own entry;");
}

TEST_CASE("S2-17 then the task's assignment serves") {
  Scopes scopes;
  scopes.assign_from(0);
  CHECK(scopes.chosen() == "e of-task task;");
}

TEST_CASE("S2-18 then the contact's") {
  Scopes scopes;
  scopes.assign_from(1);
  CHECK(scopes.chosen() == "e of-contact contact;");
}

TEST_CASE("S2-19 then that of the worker's membership") {
  Scopes scopes;
  scopes.assign_from(2);
  CHECK(scopes.chosen() == "e of-member membership;");
}

TEST_CASE("S2-20 then the team's") {
  Scopes scopes;
  scopes.assign_from(3);
  CHECK(scopes.chosen() == "e of-team team;");
}

TEST_CASE("S2-21 then the tenant's") {
  Scopes scopes;
  scopes.assign_from(4);
  CHECK(scopes.chosen() == "e of-tenant tenant;");
}

TEST_CASE("S2-22 else a default product is made for the kind") {
  Scopes scopes;
  CHECK(scopes.chosen() == "e work default;");
}

TEST_CASE("X8 the task's team comes before the worker's own") {
  Scopes scopes;
  scopes.firm.add("teams", "code=red");
  scopes.firm.change("tasks", "dev", "team=red");
  scopes.firm.add("assignments", "scope=team target=blue product=of-team");
  scopes.firm.add("assignments", "scope=team target=red product=of-tenant");
  CHECK(scopes.chosen() == "e of-tenant team;");
}

TEST_CASE("at one scope what names the kind beats what names none and the task's own product") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=any");
  firm.add("products", "code=named");
  firm.add("products", "code=plain");
  firm.change("tasks", "dev", "product=plain");
  firm.add("assignments", "scope=task target=dev product=any");
  firm.add("assignments", "scope=task target=dev product=named kind=time");
  firm.add("entries", "id=e task=dev seconds=60");
  run_compile(firm);
  CHECK(products(firm) == "e named task;");
}

TEST_CASE("a product that names no kind serves only what its unit fits and the search goes on") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=hours unit=day unit_price=1");
  firm.add("products", "code=road unit=km unit_price=2");
  firm.add("products", "code=thing unit=kg unit_price=3");
  firm.change("tasks", "dev", "product=thing");
  firm.add("assignments", "scope=contact target=acme product=road");
  firm.add("assignments", "scope=tenant target=* product=hours");
  firm.add("entries", "id=t task=dev seconds=28800");
  firm.add("entries", "id=m kind=mileage task=dev distance_km=5 transport_minutes=240");
  firm.add("entries", "id=x kind=expense task=dev quantity=2");
  run_compile(firm);
  CHECK(products(firm) == "t hours tenant; m road contact; m hours tenant; x thing task;");
  CHECK(items(firm) ==
        "t time 1.0 day x 1.0 = 100 product; m mileage 5.0 km x 2.0 = 1000 product; m travel_time "
        "0.5 day x 1.0 = 50 product; x expense 2.0 kg x 3.0 = 600 product;");
}

TEST_CASE("the entry's own product serves its main item and not the travel time beside it") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=road unit=km unit_price=2");
  firm.add("entries", "id=m kind=mileage task=dev product=road distance_km=5 transport_minutes=60");
  run_compile(firm);
  CHECK(products(firm) == "m road entry; m transport-time default;");
}

TEST_CASE("S2-23 the defaults are Work and Transport and Transport Time with their prices") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=t task=dev seconds=3600");
  firm.add("entries", "id=g kind=goods task=dev quantity=1");
  firm.add("entries", "id=x kind=expense task=dev");
  firm.add("entries", "id=a kind=allowance task=dev");
  firm.add("entries", "id=m kind=mileage task=dev distance_km=1 transport_minutes=60");
  run_compile(firm);
  CHECK(items(firm) ==
        "t time 1.0 hour x 0.0 = 0 none; g goods 1.0 pcs x 0.0 = 0 none; x expense 1.0 pcs x 0.0 = "
        "0 none; a allowance 1.0 pcs x 0.0 = 0 none; m mileage 1.0 km x 5.0 = 500 default; m "
        "travel_time 1.0 hour x 1000.0 = 100000 default;");
  CHECK(products(firm) ==
        "t work default; g work default; x work default; a work default; m transport default; m "
        "transport-time default;");
  CHECK(firm.rows("SELECT name, unit, auto_created FROM product ORDER BY id") ==
        "Work|hour|work Transport|km|transport Transport Time|hour|transport_time");
}

TEST_CASE("S2-24 default products are made once on first use and used again") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=work name=Mine");
  firm.add("entries", "id=e1 task=dev seconds=60");
  run_compile(firm);
  firm.add("entries", "id=e2 task=dev seconds=60");
  run_compile(firm);
  CHECK(products(firm) == "e1 work-2 default; e2 work-2 default;");
  CHECK(firm.number("SELECT count(*) FROM product WHERE auto_created <> ''") == 1);
}

TEST_CASE("S2-25 a second tenant gets default products of its own") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=60");
  run_compile(firm);
  firm.execute("INSERT INTO tenant (code, test, created_at) VALUES ('second', 1, 0)");
  firm.execute(
      "INSERT INTO client (tenant_id, code, name) VALUES (2, 'acme', 'a'); "
      "INSERT INTO task (tenant_id, code, name, client_id) VALUES (2, 'dev', 'd', 2); "
      "INSERT INTO entry (tenant_id, ref, kind, task_id, raw_seconds, work_on, confirmed_at) "
      "VALUES (2, 'e1', 'time', 2, 60, '2026-10-05', 1); "
      "INSERT INTO entry_open SELECT max(id) FROM entry");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
  Session session = firm.session();
  session.tenant = *Tenants(firm.ledger()).find("second");
  CHECK(counts(compile(session, {})) == "1 1 0 1 0");
  CHECK(firm.rows("SELECT tenant_id, code, auto_created FROM product ORDER BY id") ==
        "1|work|work 2|work|work");
}

TEST_CASE("X10 a default product names no unit for goods and an expense with an amount is 1 pcs") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=g kind=goods task=dev quantity=2 unit=kg unit_price=3");
  firm.add("entries", "id=x kind=expense task=dev amount=-7.50");
  firm.add("entries", "id=y kind=bill task=dev amount=7.50 unit=month quantity=9");
  run_compile(firm);
  CHECK(items(firm) ==
        "g goods 2.0 kg x 3.0 = 600 entry; x expense -1.0 pcs x 7.5 = -750 entry; y bill 1.0 month "
        "x 7.5 = 750 entry;");
}

TEST_CASE("X18 what can't be counted in the product's unit is parked and never printed as 8 day") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=piece unit=pcs unit_price=10");
  firm.add("products", "code=hours unit=hour unit_price=10");
  firm.add("products", "code=kilos unit=kg unit_price=10");
  firm.add("entries", "id=t task=dev seconds=28800 product=piece");
  firm.add("entries", "id=m kind=mileage task=dev distance_km=3 product=hours");
  firm.add("entries", "id=g kind=goods task=dev quantity=1 unit=l product=kilos");
  const Report report = run_compile(firm);
  CHECK(skipped(report) == R"({"unit_mismatch":3})");
  CHECK(firm.ask("SELECT detail FROM entry_parked ORDER BY entry_id") ==
        "time: product piece has unit pcs, hour, min or day is needed");
}

TEST_CASE("G11 8 hours on a product of unit day are 1 day") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=days unit=day unit_price=800");
  firm.add("entries", "id=t task=dev seconds=28800 product=days");
  run_compile(firm);
  CHECK(items(firm) == "t time 1.0 day x 800.0 = 80000 product;");
}

TEST_CASE("hours_per_day of the config converts hours to days") {
  Fixture firm("[money]\nhours_per_day = \"7.5\"\n");
  furnish(firm);
  firm.add("products", "code=days unit=day");
  firm.add("rates", "unit_price=100");
  firm.add("entries", "id=t task=dev seconds=27000 product=days");
  run_compile(firm);
  CHECK(items(firm) == "t time 1.0 day x 750.0 = 75000 rate;");
}

TEST_CASE("a unit that is neither ours nor of Rec 20 is refused") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=a kind=goods task=dev quantity=1 unit=C62 unit_price=1");
  firm.add("entries", "id=b kind=goods task=dev quantity=1 unit=box unit_price=1");
  CHECK(skipped(run_compile(firm)) == R"({"unit_unknown":1})");
  CHECK(items(firm) == "a goods 1.0 C62 x 1.0 = 100 entry;");
}

TEST_CASE("one item that fails keeps the whole entry back") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=bad unit=pcs");
  firm.add("assignments", "scope=tenant target=* product=bad kind=travel_time");
  firm.add("entries", "id=m kind=mileage task=dev distance_km=3 transport_minutes=5");
  CHECK(skipped(run_compile(firm)) == R"({"unit_mismatch":1})");
  CHECK(items(firm).empty());
}

TEST_CASE("S2-28 mileage with minutes gives a km item and an hour item") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=a kind=mileage task=dev distance_km=12.345 transport_minutes=20");
  firm.add("entries", "id=b kind=mileage task=dev distance_km=1");
  run_compile(firm);
  CHECK(firm.rows("SELECT kind, quantity_micro, metres, raw_seconds FROM item ORDER BY id") ==
        "mileage|12345000|12345| travel_time|333300||1200 mileage|1000000|1000|");
}

TEST_CASE("S2-2 a task's own quantity is served by the task's product whatever its unit") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=build unit=hour unit_price=90");
  firm.change("tasks", "dev", "product=build quantity=10 status=done");
  firm.add("entries", "id=task:dev source=task kind=goods task=dev quantity=10 unit=hour");
  run_compile(firm);
  CHECK(items(firm) == "task:dev goods 10.0 hour x 90.0 = 90000 product;");
  CHECK(products(firm) == "task:dev build task;");
}

TEST_CASE("X15 a job that makes a product mandatory leaves what only the default serves") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=own unit=hour unit_price=5");
  firm.add("entries", "id=a task=dev seconds=3600");
  firm.add("entries", "id=b task=dev seconds=3600 product=own");
  CompileRequest job;
  job.mandatory_product = true;
  CHECK(skipped(run_compile(firm, job)) == R"({"no_product":1})");
  CHECK(counts(run_compile(firm, job)) == "0 0 0 0 0");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
}
