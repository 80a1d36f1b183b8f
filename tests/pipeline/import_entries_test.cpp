#include <doctest/doctest.h>

#include <fmt/format.h>

#include "pipeline/importing.hpp"

using namespace billctl;
using billctl::test::Importing;

namespace {

/// Acme's web project in EUR and its task dev, a yen project, and a member.
void furnish(Importing& firm) {
  firm.import("clients", "code,name,currency\nacme,Acme,\nnippon,Nippon,JPY\n");
  firm.import("projects", "code,name,client\nweb,Web,acme\nyen,Yen,nippon\n");
  firm.import("tasks",
              "code,name,project,source_type\ndev,Dev,web,\ntick,Ticket,web,ticket\n"
              "order,Order,web,work_order\nyen,Yen,yen,\n");
  firm.import("members", "code,name\nanna,Anna\n");
  firm.import("products", "code,name,unit\nwork,Work,hour\n");
  firm.import("job_types", "code,name\nsenior,Senior\n");
}

class Work : public Importing {
 public:
  explicit Work(const std::string& toml = "") : Importing(toml) { furnish(*this); }
};

const char* const kHelsinki =
    "[tenant]\ntest = true\nname = \"S\"\ncurrency = \"EUR\"\nzone = \"Europe/Helsinki\"\n";

}  // namespace

TEST_CASE("every column of an entry is taken and the same file again changes nothing") {
  Work firm;
  const std::string file =
      "id,kind,task,member,started_at,stopped_at,seconds,zone,unit_price,product,job_type,"
      "description,charge,confirmed_at,confirmed_by,to_rebill\n"
      "e1,time,dev,anna,2026-10-01T06:00:00Z,2026-10-01T08:30:00Z,,Europe/Helsinki,95.50,work,"
      "senior,\"tidy, quoted\",contractual,2026-10-02 08:00,boss,no\n";
  Json report = firm.import("entries", file);
  CHECK(Importing::counts(report) == "1 0 0");
  CHECK(report["seconds"].as_integer() == 9000);
  CHECK(report["billable_seconds"].as_integer() == 9000);
  CHECK(firm.rows("SELECT ref, source, kind, task_id, project_id, member_id, stopped_at - "
                  "started_at, raw_seconds, work_on, zone FROM entry") ==
        "e1||time|1|1|1|9000|9000|2026-10-01|Europe/Helsinki");
  CHECK(firm.rows("SELECT unit_price_micro, product_id, job_type_id, description, charge, "
                  "confirmed_at, confirmed_by, to_rebill, parent_id, archived_at FROM entry") ==
        "95500000|1|1|tidy, quoted|contractual|1790917200|boss|0||");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "1");
  const std::string before = firm.rows("SELECT * FROM entry");
  report = firm.import("entries", file);
  CHECK(Importing::counts(report) == "0 0 1");
  CHECK(report["seconds"].as_integer() == 9000);
  CHECK(firm.rows("SELECT * FROM entry") == before);
}

TEST_CASE("seconds and billable seconds are those of the file and not billable time is apart") {
  Work firm;
  const Json report = firm.import("entries",
                                  "id,kind,task,seconds,date,charge,amount\n"
                                  "a,time,dev,3600,2026-10-01,,\nb,time,dev,1800,2026-10-01,"
                                  "non_billable,\nc,time,dev,60,2026-10-01,contractual,\n"
                                  "d,expense,dev,,2026-10-01,,10\n");
  CHECK(report["seconds"].as_integer() == 5460);
  CHECK(report["billable_seconds"].as_integer() == 3660);
}

TEST_CASE("X27 the work date is the local date of the start in the zone of the entry") {
  Work firm(kHelsinki);
  firm.import("entries",
              "id,kind,task,started_at,stopped_at,zone\n"
              "a,time,dev,2026-10-31T21:30:00Z,2026-10-31T23:30:00Z,\n"
              "b,time,dev,2026-10-31T22:30:00Z,2026-10-31T23:30:00Z,\n"
              "c,time,dev,2026-10-31T22:30:00Z,2026-10-31T23:30:00Z,America/New_York\n"
              "d,time,dev,2026-10-31 23:30,2026-11-01 01:30,\n"
              "e,time,dev,2026-10-31 23:30,2026-11-01 01:30,UTC\n"
              "f,time,dev,2026-11-01T00:30+02:00,2026-11-01T01:00+02:00,UTC\n");
  CHECK(firm.rows("SELECT ref, work_on, started_at FROM entry") ==
        "a|2026-10-31|1793482200 b|2026-11-01|1793485800 c|2026-10-31|1793485800 "
        "d|2026-10-31|1793482200 e|2026-10-31|1793489400 f|2026-10-31|1793485800");
}

TEST_CASE("X27 the work date stays when the zone of the tenant changes") {
  Work firm(kHelsinki);
  const std::string file =
      "id,kind,task,started_at,stopped_at\na,time,dev,2026-10-31T22:30:00Z,2026-10-31T23:30:00Z\n";
  firm.import("entries", file);
  firm.configure("");
  CHECK(Importing::counts(firm.import("entries", file)) == "0 0 1");
  CHECK(firm.rows("SELECT work_on FROM entry") == "2026-11-01");
}

TEST_CASE("--zone is that of local times in the file and of the work dates of its entries") {
  Work firm;
  firm.options.zone = Zone::load("Asia/Tokyo");
  firm.import("entries", "id,kind,task,started_at,seconds\na,time,dev,2026-11-01 00:30,60\n");
  CHECK(firm.rows("SELECT work_on, started_at, zone FROM entry") ==
        "2026-11-01|1793460600|Asia/Tokyo");
}

TEST_CASE("an hour that does not exist is refused and one that exists twice needs more") {
  Work firm(kHelsinki);
  const auto refused = [&](const char* start, const char* stop, const char* seconds) {
    return firm.refused("entries",
                        fmt::format("id,kind,task,started_at,stopped_at,seconds\na,time,dev,{},{},"
                                    "{}\n",
                                    start, stop, seconds));
  };
  CHECK(refused("2026-03-29 03:30", "2026-03-29 05:00", "") ==
        "x.csv:2:12: started_at is \"2026-03-29 03:30\", an hour that Europe/Helsinki skips that "
        "day");
  CHECK(refused("2026-10-25 03:30", "2026-10-25 05:00", "") ==
        "x.csv:2:12: started_at is \"2026-10-25 03:30\", an hour that Europe/Helsinki has twice "
        "that day");
  CHECK(refused("2026-10-25 03:30", "2026-10-25 05:00", "9000") == "");
  CHECK(firm.rows("SELECT started_at, stopped_at, raw_seconds FROM entry") ==
        "1792888200|1792897200|9000");
}

TEST_CASE("S2-3 a running entry has no stop and no seconds until a later file stops it") {
  Work firm;
  firm.import("entries", "id,kind,task,started_at\na,time,dev,2026-10-01T08:00:00Z\n");
  CHECK(firm.rows("SELECT stopped_at IS NULL, raw_seconds IS NULL FROM entry") == "1|1");
  firm.execute("DELETE FROM entry_open");
  firm.execute(
      "INSERT INTO entry_parked (entry_id, tenant_id, reason) VALUES (1, 1, 'not_stopped')");
  const Json report = firm.import("entries", "id,stopped_at\na,2026-10-01T09:30:00Z\n");
  CHECK(Importing::counts(report) == "0 1 0");
  CHECK(report["seconds"].as_integer() == 5400);
  CHECK(firm.rows("SELECT raw_seconds FROM entry") == "5400");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "1");
  CHECK(firm.rows("SELECT * FROM entry_parked") == "");
  // A stop that is corrected moves the seconds that came of it; recorded ones stay.
  firm.import("entries", "id,stopped_at\na,2026-10-01T10:00:00Z\n");
  CHECK(firm.rows("SELECT raw_seconds FROM entry") == "7200");
  firm.import("entries", "id,seconds\na,7000\n");
  firm.import("entries", "id,stopped_at\na,2026-10-01T11:00:00Z\n");
  CHECK(firm.rows("SELECT raw_seconds FROM entry") == "7000");
}

TEST_CASE("where seconds and start and stop differ the seconds count and a warning says so") {
  Work firm;
  const Json report = firm.import("entries",
                                  "id,kind,task,started_at,stopped_at,seconds\n"
                                  "a,time,dev,2026-10-01T08:00:00Z,2026-10-01T09:00:00Z,3000\n"
                                  "b,time,dev,2026-10-01T08:00:00Z,2026-10-01T09:00:00Z,3600\n");
  CHECK(firm.rows("SELECT raw_seconds FROM entry") == "3000 3600");
  REQUIRE(report["warnings"].as_array().size() == 1);
  CHECK(report["warnings"].as_array()[0].compact() ==
        "{\"file\":\"x.csv\",\"line\":2,\"column\":54,\"code\":\"seconds_differ\",\"message\":"
        "\"a: 3000 s are recorded, from start to stop it is 3600 s; the recorded ones count\"}");
}

TEST_CASE("S2-4 mileage has kilometres and may have transport minutes") {
  Work firm;
  firm.import("entries",
              "id,kind,task,date,distance_km,transport_minutes,transport_unit_price\n"
              "m,mileage,dev,2026-10-01,12.345,90,40\n");
  CHECK(firm.rows("SELECT distance_metres, transport_seconds, transport_unit_price_micro, "
                  "raw_seconds FROM entry") == "12345|5400|40000000|");
}

TEST_CASE("amounts have the fraction digits of their currency") {
  Work firm;
  CHECK(firm.refused("entries", "id,kind,task,date,amount\ne,expense,yen,2026-10-01,10.5\n") ==
        "x.csv:2:26: amount is \"10.5\", a fraction, where only whole numbers are allowed");
  firm.import("entries",
              "id,kind,task,date,amount\ne,expense,yen,2026-10-01,1050\n"
              "f,bill,dev,2026-10-01,-10.5\n");
  CHECK(firm.rows("SELECT amount_minor FROM entry") == "1050 -1050");
}

TEST_CASE("S3-28 time on a ticket is marked to be rebilled while the setting holds") {
  Work firm;
  const std::string file =
      "id,kind,task,date,seconds,to_rebill\na,time,dev,2026-10-01,60,\nb,time,tick,2026-10-01,60,\n"
      "c,time,order,2026-10-01,60,\nd,time,order,2026-10-01,60,1\ne,time,tick,2026-10-01,60,0\n";
  firm.import("entries", file);
  CHECK(firm.rows("SELECT to_rebill FROM entry") == "1 1 0 1 0");
  Work off("[rebill]\nticket_time_to_rebill = false\n");
  off.import("entries", file);
  CHECK(off.rows("SELECT to_rebill FROM entry") == "1 0 0 1 0");
}

TEST_CASE("parents are found wherever they stand in the file") {
  Work firm;
  const std::string file =
      "id,kind,task,date,seconds,quantity,parent\ng,goods,dev,2026-10-01,,2,s\n"
      "s,time,dev,2026-10-01,60,,\nh,goods,dev,2026-10-01,,1,s\n";
  firm.import("entries", file);
  CHECK(firm.rows("SELECT ref, parent_id FROM entry") == "g|2 s| h|2");
  CHECK(Importing::counts(firm.import("entries", file)) == "0 0 3");
  // One that is there gets a parent that the same file brings.
  const Json report = firm.import("entries",
                                  "id,kind,task,date,seconds,parent\ng,,,,,t\n"
                                  "t,time,dev,2026-10-01,60,\n");
  CHECK(Importing::counts(report) == "1 1 0");
  CHECK(firm.rows("SELECT parent_id FROM entry WHERE ref = 'g'") ==
        firm.rows("SELECT id FROM entry WHERE ref = 't'"));
  CHECK(firm.refused("entries",
                     "id,kind,task,date,quantity,parent\nz,goods,dev,2026-10-01,1,none\n") ==
        "x.csv:2:26: parent is \"none\", none of the entries");
}

TEST_CASE("invoiced_as archives the entry") {
  Work firm;
  firm.import("entries", "id,kind,task,date,seconds,invoiced_as\na,time,dev,2026-09-01,60,OLD-7\n");
  CHECK(firm.rows("SELECT invoiced_as, archived_at FROM entry") == "OLD-7|1793512800");
}

TEST_CASE("a chunk of entries that are partly there adds and changes each once") {
  Work firm;
  std::string first = "id,kind,task,date,seconds\n";
  std::string second = first;
  for (int i = 0; i < 10'000; ++i) {
    if (i % 3 == 0) first += fmt::format("e{},time,dev,2026-10-01,60\n", i);
    second += fmt::format("e{},time,dev,2026-10-01,{}\n", i, i % 2 == 0 ? 60 : 61);
  }
  CHECK(Importing::counts(firm.import("entries", first)) == "3334 0 0");
  firm.execute("DELETE FROM entry_open");
  const Json report = firm.import("entries", second);
  CHECK(Importing::counts(report) == "6666 1667 1667");
  CHECK(report["seconds"].as_integer() == 605'000);
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 6666 + 1667);
  CHECK(firm.number("SELECT sum(raw_seconds) FROM entry") == 605'000);
}

TEST_CASE("an entry twice in one file is refused at its second row") {
  Work firm;
  const std::string twice =
      "id,kind,task,date,seconds\na,time,dev,2026-10-01,60\na,time,dev,2026-10-01,60\n";
  CHECK(firm.refused("entries", twice) == "x.csv:3:1: entry \"a\" is there twice in this file");
  firm.import("entries", "id,kind,task,date,seconds\na,time,dev,2026-10-01,60\n");
  CHECK(firm.refused("entries", twice) == "x.csv:3:1: entry \"a\" is there twice in this file");
}

TEST_CASE("S0-30 an entry that is drafted is locked and skip-locked leaves it out") {
  Work firm;
  const std::string file =
      "id,kind,task,date,seconds\na,time,dev,2026-10-01,60\nb,time,dev,2026-10-01,60\n";
  firm.import("entries", file);
  firm.execute("DELETE FROM entry_open");
  firm.execute(
      "INSERT INTO item (id, tenant_id, entry_id, kind, client_id, work_on, product_id, "
      "product_scope, unit, quantity_micro, unit_price_micro, price_source, amount_minor, "
      "currency) "
      "VALUES (1, 1, 1, 'time', 1, '2026-10-01', 1, 'tenant', 'hour', 1, 1, 'none', 1, 'EUR')");
  firm.execute(
      "INSERT INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, currency, "
      "period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, created_at) "
      "VALUES (1, 1, 'D1', 1, 1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', 4, 1)");
  firm.execute("INSERT INTO item_placed (item_id, invoice_id) VALUES (1, 1)");
  CHECK(Importing::counts(firm.import("entries", file)) == "0 0 2");
  const std::string changed =
      "id,kind,task,date,seconds\na,time,dev,2026-10-01,61\nb,time,dev,2026-10-01,61\n";
  const std::string before = firm.everything();
  CHECK(firm.refused("entries", changed) ==
        "x.csv:2:1: entry a is drafted or further and can't be changed");
  CHECK(firm.everything() == before);
  try {
    firm.import("entries", changed);
    FAIL("it was taken");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::entry_locked);
  }
  firm.options.skip_locked = true;
  const Json report = firm.import("entries", changed);
  CHECK(report["locked"].compact() == "[\"a\"]");
  CHECK(report["skipped"].as_integer() == 1);
  CHECK(Importing::counts(report) == "0 1 0");
  CHECK(firm.rows("SELECT raw_seconds FROM entry") == "60 61");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "2");
}

TEST_CASE("fields of an entry edited here are kept and what was merged does not come back") {
  Work firm;
  firm.import("entries", "id,kind,task,date,seconds,description\na,time,dev,2026-10-01,60,one\n");
  firm.execute("UPDATE entry SET description = 'mine'");
  firm.execute("INSERT INTO local_edit VALUES (1, 'entries', 'a', 'description')");
  firm.execute("INSERT INTO local_edit VALUES (1, 'entries', 'gone', '*')");
  const std::string file =
      "id,kind,task,date,seconds,description\na,time,dev,2026-10-01,90,one\n"
      "gone,time,dev,2026-10-01,60,\n";
  Json report = firm.import("entries", file);
  CHECK(report["kept_local"].as_integer() == 1);
  CHECK(report["skipped"].as_integer() == 1);
  CHECK(firm.rows("SELECT ref, raw_seconds, description FROM entry") == "a|90|mine");
  firm.options.overwrite_local = true;
  report = firm.import("entries", file);
  CHECK(firm.rows("SELECT ref, raw_seconds, description FROM entry") == "a|90|one");
}

TEST_CASE("entries follow a task that moves to another project") {
  Work firm;
  firm.import("projects", "code,name,client\nshop,Shop,acme\n");
  firm.import("entries", "id,kind,task,date,seconds\na,time,dev,2026-10-01,60\n");
  firm.import("tasks", "code,project\ndev,shop\n");
  CHECK(firm.rows("SELECT p.code FROM entry AS e JOIN project AS p ON p.id = e.project_id") ==
        "shop");
}

TEST_CASE("a blanked field of an entry is as if nothing was ever said") {
  Work firm;
  firm.import("entries",
              "id,kind,task,date,seconds,charge,unit_price,member,confirmed_at\n"
              "a,time,dev,2026-10-01,60,contractual,95,anna,2026-10-02T00:00:00Z\n");
  const std::string blank = "id,charge,unit_price,member,confirmed_at\na,,,,\n";
  CHECK(Importing::counts(firm.import("entries", blank)) == "0 0 1");
  firm.options.clear_empty = true;
  CHECK(Importing::counts(firm.import("entries", blank)) == "0 1 0");
  CHECK(firm.rows("SELECT charge, unit_price_micro, member_id, confirmed_at FROM entry") ==
        "billable|||");
}

TEST_CASE("quote rows belong to a quote and queue it anew") {
  Work firm;
  firm.import("entries",
              "id,kind,task,date,amount,seconds\nq,quote,dev,2026-10-01,500,\nt,time,dev,"
              "2026-10-01,,60\n");
  firm.execute("DELETE FROM entry_open");
  firm.import("quote_rows", "entry,position,description,quantity\nq,1,Design,2\nq,2,Build,\n");
  CHECK(firm.rows("SELECT position, description, quantity_micro FROM quote_row") ==
        "1|Design|2000000 2|Build|");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "1");
  CHECK(firm.refused("quote_rows", "entry,position,description\nt,1,No\n") ==
        "x.csv:2:1: entry is \"t\", no entry of kind quote");
}

TEST_CASE("entries of more tasks than are looked up one by one get what their task says") {
  Work firm;
  std::string tasks = "code,name,project,source_type\n";
  std::string entries = "id,kind,task,date,amount\n";
  constexpr int kTasks = 1300;
  for (int i = 0; i < kTasks; ++i) {
    tasks += fmt::format("t{},T,{},{}\n", i, i % 2 == 0 ? "web" : "yen", i % 3 == 0 ? "order" : "");
    entries += fmt::format("e{},expense,t{},2026-10-01,{}\n", i, kTasks - 1 - i,
                           i % 2 == 0 ? "700" : "5.25");
  }
  CHECK(firm.refused("tasks", tasks).starts_with("x.csv:2:10: source_type is \"order\""));
  for (std::size_t at = tasks.find("order"); at != std::string::npos; at = tasks.find("order", at))
    tasks.replace(at, 5, "ticket");
  firm.import("tasks", tasks);
  CHECK(firm.refused("entries", entries + "x,expense,t1300,2026-10-01,1\n")
            .starts_with("x.csv:1302:11: task is \"t1300\", none of the tasks"));
  CHECK(Importing::counts(firm.import("entries", entries)) == "1300 0 0");
  CHECK(firm.rows("SELECT p.code, count(*), sum(e.amount_minor) FROM entry AS e JOIN project AS p "
                  "ON p.id = e.project_id GROUP BY p.code ORDER BY p.code") ==
        "web|650|341250 yen|650|455000");
  CHECK(firm.number("SELECT count(*) FROM entry AS e JOIN task AS t ON t.id = e.task_id "
                    "WHERE 'e' || (1299 - substr(t.code, 2)) <> e.ref") == 0);
  CHECK(Importing::counts(firm.import("entries", entries)) == "0 0 1300");
}

TEST_CASE("rows known before and rows of the same file between new ones keep ids without a gap") {
  Work firm;
  firm.import("entries", "id,kind,task,date,seconds\nb,time,dev,2026-10-01,60\n");
  CHECK(Importing::counts(firm.import("entries",
                                      "id,kind,task,date,seconds\na,time,dev,2026-10-01,60\n"
                                      "b,time,dev,2026-10-01,90\nc,time,dev,2026-10-01,60\n"
                                      "d,time,dev,2026-10-01,60\n")) == "3 1 0");
  CHECK(firm.rows("SELECT id, ref, raw_seconds FROM entry ORDER BY id") ==
        "1|b|90 2|a|60 3|c|60 4|d|60");
  CHECK(firm.rows("SELECT entry_id FROM entry_open ORDER BY 1") == "1 2 3 4");
  CHECK(firm.refused("entries",
                     "id,kind,task,date,seconds\nx,time,dev,2026-10-01,60\n"
                     "x,time,dev,2026-10-01,60\n") ==
        "x.csv:3:1: entry \"x\" is there twice in this file");
}
