// What changes after a compile: parked entries come back, pending items follow, and what is drafted
// stays as it is.
#include <doctest/doctest.h>

#include <functional>

#include "pipeline/compiling.hpp"
#include "pipeline/items_report.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

/// Puts an item on an open invoice, as generate does.
void draft(Fixture& firm, const std::string& where) {
  firm.execute(
      "INSERT OR IGNORE INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, "
      "currency, "
      "period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, created_at) "
      "VALUES (1, 1, 'DRAFT00001', 1, 1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', "
      "4, "
      "0); "
      "INSERT INTO item_placed SELECT id, 1 FROM item WHERE " +
      where +
      "; "
      "INSERT INTO placed (invoice_id, line, item_id, share_minor) "
      "SELECT 1, id, id, amount_minor FROM item WHERE " +
      where +
      "; "
      "DELETE FROM item_open WHERE item_id IN (SELECT id FROM item WHERE " +
      where + ")");
}

struct Cure {
  const char* reason;
  const char* entry;                    ///< fields of the entry that is parked
  std::function<void(Fixture&)> spoil;  ///< before the first compile
  std::function<void(Fixture&)> cure;   ///< what brings it back
};

}  // namespace

TEST_CASE("what is parked comes back when anything its test reads has changed") {
  const std::vector<Cure> cures = {
      {"unconfirmed", "task=dev confirmed_at=", [](Fixture&) {},
       [](Fixture& firm) { firm.change("entries", "e", "confirmed_at=2026-10-31T12:00:00Z"); }},
      {"unconfirmed", "task=dev confirmed_at=", [](Fixture&) {},
       [](Fixture& firm) { firm.configure("[compile]\nrequire_confirmed = false\n"); }},
      {"before_go_live", "task=dev",
       [](Fixture& firm) { firm.configure("[compile]\ngo_live = \"2026-10-06\"\n"); },
       [](Fixture& firm) { firm.configure("[compile]\ngo_live = \"2026-10-05\"\n"); }},
      {"internal", "project=web",
       [](Fixture& firm) { firm.change("projects", "web", "internal=1"); },
       [](Fixture& firm) { firm.change("projects", "web", "internal=0"); }},
      {"no_client", "task=lost", [](Fixture& firm) { firm.add("tasks", "code=lost"); },
       [](Fixture& firm) { firm.change("tasks", "lost", "client=acme"); }},
      {"task_not_billable", "task=dev",
       [](Fixture& firm) { firm.change("tasks", "dev", "billable=0"); },
       [](Fixture& firm) { firm.change("tasks", "dev", "billable=1"); }},
      {"project_not_billable", "task=dev",
       [](Fixture& firm) { firm.change("projects", "web", "status=closed"); },
       [](Fixture& firm) { firm.change("projects", "web", "status=billable"); }},
      {"project_not_billable", "project=web",
       [](Fixture& firm) { firm.change("projects", "web", "status=closed"); },
       [](Fixture& firm) { firm.change("projects", "web", "status=billable"); }},
      {"entry_nonbillable", "task=dev charge=non_billable", [](Fixture&) {},
       [](Fixture& firm) { firm.change("entries", "e", "charge=billable"); }},
      {"worktype_off", "task=dev job_type=code",
       [](Fixture& firm) { firm.change("job_types", "code", "billable=0"); },
       [](Fixture& firm) { firm.change("job_types", "code", "billable=1"); }},
      {"kind_off", "project=web",
       [](Fixture& firm) { firm.change("projects", "web", "billable_kinds=bill"); },
       [](Fixture& firm) { firm.change("projects", "web", "billable_kinds="); }},
      {"before_from_date", "task=dev",
       [](Fixture& firm) { firm.change("projects", "web", "billable_kinds=time:2026-10-06"); },
       [](Fixture& firm) { firm.change("projects", "web", "billable_kinds=time:2026-10-05"); }},
      {"unit_mismatch", "task=dev product=thing",
       [](Fixture& firm) { firm.add("products", "code=thing unit=pcs"); },
       [](Fixture& firm) { firm.change("products", "thing", "unit=hour"); }},
      {"unit_mismatch", "task=dev",
       [](Fixture& firm) {
         firm.add("products", "code=thing unit=pcs");
         firm.add("products", "code=hours");
         firm.add("assignments", "scope=task target=dev product=thing kind=time");
       },
       [](Fixture& firm) { firm.change("assignments", "dev", "product=hours"); }},
      {"unit_unknown", "kind=goods quantity=1 unit=box task=dev", [](Fixture&) {},
       [](Fixture& firm) { firm.change("entries", "e", "unit=pcs"); }},
      {"currency_mismatch", "task=dev product=consult",
       [](Fixture& firm) {
         firm.add("products", "code=consult unit_price=9");
         firm.change("clients", "acme", "currency=USD");
       },
       [](Fixture& firm) { firm.change("clients", "acme", "currency=EUR"); }},
      {"currency_mismatch", "task=dev product=consult",
       [](Fixture& firm) {
         firm.add("products", "code=consult unit_price=9");
         firm.change("clients", "acme", "currency=USD price_list=usd");
       },
       [](Fixture& firm) {
         firm.add("price_lists", "list=usd product=consult unit_price=8 currency=USD");
       }},
      {"currency_mismatch", "task=dev member=anna product=consult",
       [](Fixture& firm) {
         firm.add("products", "code=consult unit_price=9");
         firm.change("clients", "acme", "currency=USD");
         firm.add("rates", "unit_price=8 currency=USD role=senior");
       },
       [](Fixture& firm) { firm.change("members", "anna", "role=senior"); }},
  };
  for (const Cure& cure : cures) {
    INFO(cure.reason << ": " << cure.entry);
    Fixture firm;
    furnish(firm);
    firm.add("job_types", "code=code");
    cure.spoil(firm);
    firm.add("entries", std::string("id=e seconds=3600 ") + cure.entry);
    const Report first = run_compile(firm);
    CHECK(skipped(first) == std::string("{\"") + cure.reason + "\":1}");
    CHECK(parked(first) == skipped(first));
    CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
    cure.cure(firm);
    const Report after = run_compile(firm);
    CHECK(counts(after) == "1 1 0 1 0");
    CHECK(parked(after) == "{}");
  }
}

TEST_CASE("an unrelated change brings nothing back") {
  Fixture firm;
  furnish(firm);
  firm.add("tasks", "code=other project=web");
  firm.add("entries", "id=e task=dev seconds=60 confirmed_at=");
  run_compile(firm);
  firm.change("tasks", "other", "unit_price=5");
  firm.add("products", "code=p");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
}

TEST_CASE("pending items follow a change in place and are told as remade") {
  Fixture firm;
  furnish(firm);
  firm.change("tasks", "dev", "unit_price=100");
  firm.add("entries", "id=a task=dev seconds=3600");
  firm.add("entries", "id=b task=dev seconds=3600 unit_price=50");
  run_compile(firm);
  firm.change("tasks", "dev", "unit_price=120");
  const Report report = run_compile(firm);
  CHECK(counts(report) == "0 0 0 0 1");
  CHECK(items(firm) ==
        "a time 1.0 hour x 120.0 = 12000 task; b time 1.0 hour x 50.0 = 5000 entry;");
  CHECK(firm.number("SELECT count(*) FROM item") == 2);
  CHECK(firm.number("SELECT changed_event_id FROM item WHERE id = 1") == 2);
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
}

TEST_CASE("each kind of change reaches the pending items that hang on it") {
  const std::vector<std::pair<const char*, std::function<void(Fixture&)>>> changes = {
      {"rate", [](Fixture& firm) { firm.execute("UPDATE rate SET unit_price_micro = 1"); }},
      {"price",
       [](Fixture& firm) { firm.add("price_lists", "list=std product=consult unit_price=7"); }},
      {"client", [](Fixture& firm) { firm.change("clients", "acme", "price_list=vip"); }},
      {"member", [](Fixture& firm) { firm.change("members", "anna", "role=senior"); }},
      {"task", [](Fixture& firm) { firm.change("tasks", "dev", "unit_price=5"); }},
      {"project", [](Fixture& firm) { firm.change("projects", "web", "currency=USD"); }},
      {"product", [](Fixture& firm) { firm.change("products", "consult", "unit=day"); }},
      {"assignment",
       [](Fixture& firm) { firm.add("assignments", "scope=task target=dev product=minutes"); }},
      {"entry", [](Fixture& firm) { firm.change("entries", "e", "seconds=60"); }},
      {"config",
       [](Fixture& firm) {
         firm.configure("[compile]\ntime_rule = \"r\"\n[time_rules.r]\nminimum = \"2h\"\n");
       }},
      {"job_type", [](Fixture& firm) { firm.change("job_types", "code", "billable=0"); }},
  };
  for (const auto& [kind, change] : changes) {
    INFO(kind);
    Fixture firm;
    furnish(firm);
    firm.change("clients", "acme", "price_list=std");
    firm.add("job_types", "code=code");
    firm.add("products", "code=consult");
    firm.add("products", "code=minutes unit=min");
    firm.add("assignments", "scope=tenant target=* product=consult");
    firm.add("price_lists", "list=vip product=consult unit_price=9");
    firm.add("rates", "unit_price=10");
    firm.add("rates", "unit_price=20 role=senior");
    firm.add("rates", "unit_price=30 currency=USD");
    firm.add("entries", "id=e task=dev member=anna seconds=3600 job_type=code");
    run_compile(firm);
    const std::string before = firm.rows("SELECT * FROM item");
    change(firm);
    if (std::string(kind) == "rate") firm.execute("INSERT INTO changed VALUES (1, 'rate', 1)");
    const Report report = run_compile(firm);
    CHECK(firm.rows("SELECT * FROM item") != before);
    if (std::string(kind) == "job_type") {
      CHECK(skipped(report) == R"({"worktype_off":1})");
      CHECK(firm.ask("SELECT mark FROM item") == "released");
      CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
    } else {
      CHECK(report.body["remade"].as_integer() == 1);
    }
  }
}

TEST_CASE("an entry that no longer passes is parked and its pending items are released") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e kind=mileage task=dev distance_km=1 transport_minutes=30");
  run_compile(firm);
  firm.change("tasks", "dev", "billable=0");
  const Report report = run_compile(firm);
  CHECK(counts(report) == "1 0 1 0 0");
  CHECK(parked(report) == R"({"task_not_billable":1})");
  CHECK(firm.rows("SELECT DISTINCT mark FROM item") == "released");
  CHECK(firm.number("SELECT count(*) FROM item_open") == 0);
  firm.change("tasks", "dev", "billable=1");
  CHECK(counts(run_compile(firm)) == "1 1 0 2 0");
  CHECK(firm.number("SELECT count(*) FROM item") == 4);
}

TEST_CASE("a kind that is gone is released and one that is new is made") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e kind=mileage task=dev distance_km=1 transport_minutes=30");
  run_compile(firm);
  firm.change("entries", "e", "transport_minutes=0");
  run_compile(firm);
  CHECK(firm.rows("SELECT kind, mark FROM item ORDER BY id") == "mileage| travel_time|released");
  firm.change("entries", "e", "transport_minutes=60");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
  firm.change("entries", "e", "kind=expense amount=3.00");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
  CHECK(items(firm) == "e expense 1.0 pcs x 3.0 = 300 entry;");
}

TEST_CASE("hours that become joined keep their item") {
  Fixture firm;
  furnish(firm);
  firm.add("job_types", "code=code");
  firm.add("entries", "id=e task=dev seconds=3600 job_type=code unit_price=9");
  run_compile(firm);
  firm.change("projects", "web", "billable_kinds=bill");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 1");
  CHECK(items(firm) == "e joined 1.0 hour x 0.0 = 0 joined;");
  CHECK(firm.number("SELECT count(*) FROM item") == 1);
}

TEST_CASE("what is drafted follows nothing") {
  Fixture firm;
  furnish(firm);
  firm.change("tasks", "dev", "unit_price=100");
  firm.add("entries", "id=e task=dev seconds=3600");
  run_compile(firm);
  draft(firm, "true");
  const std::string before = firm.rows("SELECT * FROM item");
  firm.change("tasks", "dev", "unit_price=120 billable=0");
  firm.execute("INSERT INTO entry_open VALUES (1)");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
  CHECK(firm.rows("SELECT * FROM item") == before);
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 0);
}

TEST_CASE("travel time beside drafted mileage is an item of its own") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e kind=mileage task=dev distance_km=1 transport_minutes=60");
  run_compile(firm);
  draft(firm, "kind = 'mileage'");
  firm.configure("[compile]\ntransport_km_price = \"1\"\ntransport_hour_price = \"60\"\n");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 1");
  CHECK(items(firm) ==
        "e mileage 1.0 km x 5.0 = 500 default; e travel_time 1.0 hour x 60.0 = 6000 default;");
}

TEST_CASE("follow_changes takes what generate would take and nothing else from the queue") {
  Fixture firm;
  furnish(firm);
  firm.add("clients", "code=beta");
  firm.add("tasks", "code=other client=beta");
  firm.add("rates", "unit_price=100");
  firm.add("entries", "id=a task=dev seconds=3600");
  firm.add("entries", "id=b task=other seconds=3600");
  run_compile(firm);
  firm.add("entries", "id=new task=dev seconds=3600");
  firm.add("entries", "id=named task=dev seconds=3600");
  firm.execute(
      "UPDATE rate SET unit_price_micro = 90000000; "
      "INSERT INTO changed VALUES (1, 'rate', 1)");
  CompileRequest request;
  request.filter.clients = {firm.client("acme")};
  Session session = firm.session();
  CompileResult result;
  firm.ledger().write_bulk(DryRun::no, [&] { result = follow_changes(session, request); });
  CHECK(result.remade == 1);
  CHECK(result.items == 0);
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 3);
  CompileRequest named;
  named.entries = {firm.entry("named")};
  firm.ledger().write_bulk(DryRun::no, [&] { result = follow_changes(session, named); });
  CHECK(result.items == 1);
  CHECK(counts(run_compile(firm)) == "1 1 0 1 1");
}

TEST_CASE("goods come back when their session is confirmed") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=s task=dev seconds=60 confirmed_at=");
  firm.add("entries", "id=g kind=goods task=dev quantity=1 parent=s");
  firm.add("entries", "id=far task=dev seconds=60");
  CHECK(parked(run_compile(firm)) == R"({"unconfirmed":2})");
  firm.change("entries", "s", "confirmed_at=2026-10-31T12:00:00Z");
  CHECK(counts(run_compile(firm)) == "2 2 0 2 0");
  firm.change("entries", "s", "confirmed_at=");
  const Report report = run_compile(firm);
  CHECK(parked(report) == R"({"unconfirmed":2})");
  CHECK(report.body["released"].as_integer() == 2);
}

TEST_CASE("item release ends pending items and opens their entries again") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e kind=mileage task=dev distance_km=1 transport_minutes=60");
  run_compile(firm);
  Session session = firm.session();
  const Report report = release_items(session, {"2"});
  CHECK(report.body["released"].compact() == R"([{"item":2,"entry":"e","kind":"travel_time"}])");
  CHECK(firm.rows("SELECT id, mark FROM item ORDER BY id") == "1| 2|released");
  CHECK(counts(run_compile(firm)) == "1 1 0 1 0");
  draft(firm, "kind = 'mileage'");
  try {
    release_items(session, {"3", "item:1"});
    FAIL("a drafted item was released");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::wrong_state);
    CHECK(error.message() == "item 1 is drafted, release needs pending");
    CHECK(error.hint().find("DRAFT00001") != std::string::npos);
  }
  CHECK(firm.ask("SELECT mark FROM item WHERE id = 3").empty());
}

TEST_CASE("item reprice makes pending items anew now and tells from what to what") {
  Fixture firm;
  furnish(firm);
  firm.add("rates", "unit_price=100");
  firm.add("entries", "id=a task=dev seconds=3600");
  firm.add("entries", "id=b task=dev seconds=7200 date=2026-11-01");
  run_compile(firm);
  firm.execute(
      "UPDATE rate SET unit_price_micro = 90000000; "
      "INSERT INTO changed VALUES (1, 'rate', 1)");
  Session session = firm.session();
  Filter october;
  october.period = Period::month(2026, 10);
  const Report report = reprice_items(session, {}, october);
  CHECK(report.body["considered"].as_integer() == 1);
  CHECK(report.body["items"].compact() ==
        R"([{"item":1,"entry":"a","from":{"unit_price":"100.00","amount":"100.00"},)"
        R"("to":{"unit_price":"90.00","amount":"90.00"}}])");
  CHECK(counts(run_compile(firm)) == "0 0 0 0 1");
}
