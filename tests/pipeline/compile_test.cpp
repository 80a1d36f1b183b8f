#include "pipeline/compile.hpp"

#include <doctest/doctest.h>

#include "pipeline/compiling.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("S2-7 an entry becomes a pending item with what decided its price") {
  Fixture firm;
  furnish(firm);
  firm.change("tasks", "dev", "unit_price=95");
  firm.add("entries", "id=e1 task=dev member=anna seconds=5400");
  const Report report = run_compile(firm);
  CHECK(counts(report) == "1 1 0 1 0");
  CHECK(items(firm) == "e1 time 1.5 hour x 95.0 = 14250 task;");
  CHECK(firm.number("SELECT count(*) FROM item_open") == 1);
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 0);
  CHECK(parked(report) == "{}");
  CHECK(skipped(report) == "{}");
  CHECK(firm.rows("SELECT raw_seconds, billed_seconds, work_on FROM item") ==
        "5400|5400|2026-10-05");
}

TEST_CASE("S2-8 a second compile creates nothing") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.add("entries", "id=e2 task=dev seconds=3600 confirmed_at=");
  CHECK(counts(run_compile(firm)) == "2 1 1 1 0");
  const Report second = run_compile(firm);
  CHECK(counts(second) == "0 0 0 0 0");
  CHECK(parked(second) == R"({"unconfirmed":1})");
  CHECK(firm.number("SELECT count(*) FROM item") == 1);
}

TEST_CASE("compile with nothing to do says so") {
  Fixture firm;
  const Report report = run_compile(firm);
  CHECK(counts(report) == "0 0 0 0 0");
  CHECK(report.exit == ExitStatus::done);
}

TEST_CASE("S2-6 the run is recorded in the journal with what it did") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600");
  run_compile(firm);
  CHECK(firm.ask("SELECT verb FROM event") == "compile");
  CHECK(firm.ask("SELECT what FROM event_subject WHERE subject = 'compile'") ==
        "1 entries, 1 items");
  CHECK(firm.number("SELECT made_event_id = (SELECT max(id) FROM event) FROM item") == 1);
}

TEST_CASE("S2-5 an entry that is not stopped or not billable or without a client is no candidate") {
  Fixture firm;
  furnish(firm);
  firm.add("tasks", "code=free project=web billable=0");
  firm.add("projects", "code=inside internal=1");
  firm.add("tasks", "code=lost");
  firm.add("entries", "id=running task=dev started_at=2026-10-05T08:00:00Z");
  firm.add("entries", "id=free task=free seconds=60");
  firm.add("entries", "id=inside project=inside seconds=60");
  firm.add("entries", "id=lost task=lost seconds=60");
  firm.add("entries",
           "id=good task=dev started_at=2026-10-05T08:00:00Z "
           "stopped_at=2026-10-05T09:00:00Z");
  const Report report = run_compile(firm);
  CHECK(counts(report) == "5 1 4 1 0");
  CHECK(parked(report) == R"({"not_stopped":1,"internal":1,"no_client":1,"task_not_billable":1})");
  CHECK(items(firm) == "good time 1.0 hour x 0.0 = 0 none;");
}

TEST_CASE("S1-8 only projects with status billable yield items") {
  Fixture firm;
  furnish(firm);
  firm.add("projects", "code=old client=acme status=closed");
  firm.add("projects", "code=gift client=acme status=not_billable");
  firm.add("entries", "id=e1 project=old seconds=60");
  firm.add("entries", "id=e2 project=gift seconds=60");
  firm.add("entries", "id=e3 project=web seconds=60");
  CHECK(skipped(run_compile(firm)) == R"({"project_not_billable":2})");
  CHECK(firm.number("SELECT count(*) FROM item") == 1);
}

TEST_CASE("S1-9 each cost kind is billed from its own date") {
  Fixture firm;
  furnish(firm);
  firm.change("projects", "web", "billable_kinds=time:2026-10-05;expense");
  firm.add("job_types", "code=code");
  firm.add("entries", "id=early project=web seconds=60 date=2026-10-04 job_type=code");
  firm.add("entries", "id=late project=web seconds=60 date=2026-10-05");
  firm.add("entries", "id=cost kind=expense project=web amount=10.00 date=2026-10-01");
  firm.add("entries", "id=trip kind=mileage project=web distance_km=1");
  const Report report = run_compile(firm);
  CHECK(skipped(report) == R"({"kind_off":1,"before_from_date":1})");
  CHECK(firm.rows("SELECT e.ref FROM item AS i JOIN entry AS e ON e.id = i.entry_id") ==
        "late cost");
}

TEST_CASE("S1-11 work of a job type that is not billable is not offered") {
  Fixture firm;
  furnish(firm);
  firm.add("job_types", "code=admin billable=0");
  firm.add("entries", "id=e1 task=dev seconds=60 job_type=admin");
  CHECK(skipped(run_compile(firm)) == R"({"worktype_off":1})");
}

TEST_CASE("S1-12 a single cost marked non-billable is not offered") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 kind=expense task=dev amount=5.00 charge=non_billable");
  CHECK(skipped(run_compile(firm)) == R"({"entry_nonbillable":1})");
}

TEST_CASE("work before go-live was invoiced by another program") {
  Fixture firm("[compile]\ngo_live = \"2026-10-05\"\n");
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=60 date=2026-10-04");
  firm.add("entries", "id=e2 task=dev seconds=60 date=2026-10-05");
  CHECK(skipped(run_compile(firm)) == R"({"before_go_live":1})");
}

TEST_CASE("S1-6 every material kind becomes an item of its kind") {
  Fixture firm;
  furnish(firm);
  for (const char* kind : {"expense", "allowance", "bill", "instalment", "quote"})
    firm.add("entries", std::string("id=") + kind + " kind=" + kind + " task=dev amount=12.50");
  firm.add("entries", "id=goods kind=goods task=dev quantity=3 unit_price=2");
  CHECK(counts(run_compile(firm)) == "6 6 0 6 0");
  CHECK(items(firm) ==
        "expense expense 1.0 pcs x 12.5 = 1250 entry; allowance allowance 1.0 pcs x 12.5 = 1250 "
        "entry; bill bill 1.0 pcs x 12.5 = 1250 entry; instalment instalment 1.0 pcs x 12.5 = "
        "1250 entry; quote quote 1.0 pcs x 12.5 = 1250 entry; goods goods 3.0 pcs x 2.0 = 600 "
        "entry;");
}

TEST_CASE("S1-7 joined hours and X7 contractual ones are linked at price 0") {
  Fixture firm;
  furnish(firm);
  firm.change("tasks", "dev", "unit_price=100");
  firm.add("projects", "code=fixed client=acme billable_kinds=expense");
  firm.add("job_types", "code=code");
  firm.add("entries", "id=j project=fixed seconds=3600 job_type=code");
  firm.add("entries", "id=jc project=fixed seconds=3600 job_type=code charge=contractual");
  firm.add("entries", "id=off project=fixed seconds=3600");
  firm.add("entries", "id=c task=dev seconds=3600 charge=contractual");
  const Report report = run_compile(firm);
  CHECK(skipped(report) == R"({"kind_off":1})");
  CHECK(report.body["unpriced"].as_integer() == 0);
  CHECK(items(firm) ==
        "j joined 1.0 hour x 0.0 = 0 joined; jc joined 1.0 hour x 0.0 = 0 joined; c time 1.0 hour "
        "x 0.0 = 0 contractual;");
}

TEST_CASE("X1 each entry has one live item of a kind whatever is written") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600");
  run_compile(firm);
  CHECK_THROWS(firm.execute(
      "INSERT INTO item (tenant_id, entry_id, kind, client_id, work_on, product_id, product_scope, "
      "unit, quantity_micro, unit_price_micro, price_source, amount_minor, currency) "
      "SELECT tenant_id, entry_id, 'joined', client_id, work_on, product_id, product_scope, unit, "
      "quantity_micro, unit_price_micro, price_source, amount_minor, currency FROM item"));
}

TEST_CASE("X6 require_confirmed = false takes unconfirmed work") {
  Fixture firm("[compile]\nrequire_confirmed = false\n");
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600 confirmed_at=");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
}

TEST_CASE("X31 the state of a task is no test unless done tasks only are asked for") {
  Fixture firm;
  furnish(firm);
  firm.add("tasks", "code=draft project=web status=draft");
  firm.add("tasks", "code=done project=web status=done");
  firm.add("entries", "id=e1 task=draft seconds=60");
  firm.add("entries", "id=e2 task=done seconds=60");
  CompileRequest strict;
  strict.done_tasks_only = true;
  const Report first = run_compile(firm, strict);
  CHECK(counts(first) == "2 1 1 1 0");
  CHECK(skipped(first) == R"({"filtered":1})");
  CHECK(parked(first) == "{}");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
}

TEST_CASE("S1-10 what a period or filter leaves out stays in the queue and is never parked") {
  Fixture firm;
  furnish(firm);
  firm.add("clients", "code=beta");
  firm.add("tasks", "code=other client=beta");
  firm.add("entries", "id=e1 task=dev seconds=60 date=2026-10-31");
  firm.add("entries", "id=e2 task=dev seconds=60 date=2026-11-01");
  firm.add("entries", "id=e3 task=other seconds=60 date=2026-10-31");
  firm.add("entries", "id=e4 task=other seconds=60 date=2026-11-01 confirmed_at=");
  CompileRequest october;
  october.filter.period = Period::month(2026, 10);
  october.filter.clients = {firm.client("acme")};
  october.filter.by_client = true;
  const Report report = run_compile(firm, october);
  CHECK(counts(report) == "4 1 3 1 0");
  CHECK(skipped(report) == R"({"unconfirmed":1,"outside_period":1,"filtered":1})");
  CHECK(parked(report) == R"({"unconfirmed":1})");
  CHECK(counts(run_compile(firm)) == "2 2 0 2 0");
}

TEST_CASE("goods attached to a session follow its confirmation and selection and not its charge") {
  Fixture firm;
  furnish(firm);
  firm.add("members", "code=bo");
  firm.add("entries",
           "id=s task=dev member=bo seconds=60 charge=non_billable confirmed_at= date=2026-09-30");
  firm.add("entries", "id=g kind=goods task=dev quantity=2 unit_price=5 parent=s");
  CHECK(skipped(run_compile(firm)) == R"({"unconfirmed":2})");
  CHECK(firm.number("SELECT count(*) FROM item") == 0);
  firm.change("entries", "s", "confirmed_at=2026-10-31T12:00:00Z");
  CompileRequest september;
  september.filter.period = Period::month(2026, 9);
  september.filter.members = {{firm.row("members", "bo")}};
  const Report report = run_compile(firm, september);
  CHECK(items(firm) == "g goods 2.0 pcs x 5.0 = 1000 entry;");
  CHECK(parked(report) == R"({"entry_nonbillable":1})");
}

TEST_CASE("entries asked for by name are looked at alone and tell that they are compiled") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=60");
  firm.add("entries", "id=e2 task=dev seconds=60");
  firm.add("entries", "id=e3 task=dev seconds=60 confirmed_at=");
  CompileRequest named;
  named.entries = {firm.entry("e2"), firm.entry("e3")};
  CHECK(counts(run_compile(firm, named)) == "2 1 1 1 0");
  const Report again = run_compile(firm, named);
  CHECK(counts(again) == "2 0 2 0 0");
  CHECK(skipped(again) == R"({"already_compiled":1,"unconfirmed":1})");
  CHECK(parked(again) == R"({"unconfirmed":1})");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
}

TEST_CASE("archived and withdrawn entries leave the queue and are not parked") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=60 invoiced_as=OLD1");
  firm.add("entries", "id=e2 task=dev seconds=60 withdrawn_at=2026-10-31T12:00:00Z");
  const Report report = run_compile(firm);
  CHECK(skipped(report) == R"({"archived":1})");
  CHECK(parked(report) == "{}");
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 0);
}

TEST_CASE("a dry run reports the same and writes nothing") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 kind=mileage task=dev distance_km=12 transport_minutes=90");
  Session session = firm.session(DryRun::yes);
  const Report dry = compile(session, {});
  CHECK(counts(dry) == "1 1 0 2 0");
  CHECK(firm.number("SELECT count(*) FROM item") == 0);
  CHECK(firm.number("SELECT count(*) FROM product") == 0);
  CHECK(firm.number("SELECT count(*) FROM event") == 0);
  CHECK(run_compile(firm).body == dry.body);
}

TEST_CASE("strict exits 3 only when its own run parks or leaves unpriced") {
  Fixture firm;
  furnish(firm);
  CompileRequest strict;
  strict.strict = true;
  firm.add("entries", "id=e1 task=dev seconds=60 unit_price=1");
  CHECK(run_compile(firm, strict).exit == ExitStatus::done);
  firm.add("entries", "id=e2 task=dev seconds=60");
  CHECK(run_compile(firm, strict).exit == ExitStatus::partly);
  CHECK(run_compile(firm, strict).exit == ExitStatus::done);
  firm.add("entries", "id=e3 task=dev seconds=60 confirmed_at=");
  CHECK(run_compile(firm).exit == ExitStatus::done);
  firm.change("entries", "e3", "seconds=120");
  CHECK(run_compile(firm, strict).exit == ExitStatus::partly);
}

TEST_CASE("a short queue and a long one come to the same items") {
  // Above 5000 entries the tariff is read whole, below only what they name.
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=consult unit_price=80");
  firm.add("assignments", "scope=team target=blue product=consult");
  firm.add("rates", "unit_price=70 member=anna");
  firm.change("clients", "acme", "price_list=std");
  firm.add("price_lists", "list=std product=consult unit_price=75 valid_from=2026-10-05");
  firm.add("entries", "id=a task=dev member=anna seconds=3600 date=2026-10-04");
  firm.add("entries", "id=b task=dev member=anna seconds=3600");
  run_compile(firm);
  const std::string expected =
      "a time 1.0 hour x 70.0 = 7000 rate; b time 1.0 hour x 75.0 = 7500 price_list;";
  CHECK(items(firm) == expected);
  firm.execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
      "INSERT INTO entry (tenant_id, ref, kind, task_id, project_id, member_id, raw_seconds, "
      "work_on, confirmed_at) SELECT e.tenant_id, 'n' || i, 'time', task_id, project_id, "
      "member_id, 3600, CASE i % 2 WHEN 0 THEN '2026-10-05' ELSE '2026-10-04' END, 1 "
      "FROM n, entry AS e WHERE e.ref = 'a'");
  firm.execute("INSERT INTO entry_open SELECT id FROM entry WHERE ref LIKE 'n%'");
  CHECK(counts(run_compile(firm)) == "6000 6000 0 6000 0");
  CHECK(firm.rows("SELECT price_source, unit_price_micro, count(*) FROM item "
                  "GROUP BY 1, 2 ORDER BY 1") == "price_list|75000000|3001 rate|70000000|3001");
}
