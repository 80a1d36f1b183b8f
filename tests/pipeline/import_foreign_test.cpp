#include "pipeline/import_foreign.hpp"

#include <doctest/doctest.h>

#include "config/import_map_file.hpp"
#include "pipeline/importing.hpp"

using namespace billctl;
using billctl::test::Importing;

namespace {

const char* const kHelsinki =
    "[tenant]\ntest = true\nname = \"S\"\ncurrency = \"EUR\"\nzone = \"Europe/Helsinki\"\n";

const char* const kToggl =
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags,Amount (EUR)\n"
    "Maija M,m@example.test,Acme Oy,Support,Ticket,\"login, fails\",Yes,2026-10-01,09:00:00,"
    "2026-10-01,11:30:00,02:30:00,,237.50\n"
    "Maija M,m@example.test,Acme Oy,Website,Development,import,Yes,2026-10-01,12:15:00,"
    "2026-10-01,16:00:00,03:45:00,,\n"
    "Maija M,m@example.test,Acme Oy,Website,,plan,Yes,2026-10-02,12:00:00,2026-10-02,13:00:00,"
    "01:00:00,,\n"
    "Maija M,m@example.test,,Internal,,standup,No,2026-10-30,08:00:00,2026-10-30,08:07:00,"
    "00:07:00,,\n";

class Foreign : public Importing {
 public:
  Foreign() : Importing(kHelsinki) {}

  ForeignImport request;

  Json take(const std::string& text) {
    Session session = this->session(dry_run);
    request.files.clear();
    request.files.push_back(memory_source("x.csv", text));
    return import_foreign(session, request).body;
  }
  std::string refused(const std::string& text) {
    return refusal([&] { take(text); });
  }
  void make_all() {
    request.create = {NameKind::client, NameKind::project, NameKind::task, NameKind::member};
  }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != text.npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("an export is taken as it is and the same again brings nothing") {
  Foreign firm;
  firm.make_all();
  Json report = firm.take(kToggl);
  CHECK(Importing::counts(report) == "4 0 0");
  CHECK(report["seconds"].as_integer() == 26520);
  CHECK(report["billable_seconds"].as_integer() == 26100);
  CHECK(report["created"].compact() == "{\"clients\":1,\"projects\":3,\"tasks\":4,\"members\":1}");
  CHECK(firm.rows("SELECT code, name FROM client") == "acme-oy|Acme Oy");
  CHECK(firm.rows("SELECT code, client_id, internal FROM project") ==
        "support|1|0 website|1|0 internal||1");
  CHECK(
      firm.rows("SELECT t.code, p.code FROM task AS t JOIN project AS p ON p.id = t.project_id") ==
      "ticket|support development|website website|website internal|internal");
  CHECK(firm.rows("SELECT code, email FROM member") == "maija-m|m@example.test");
  CHECK(firm.rows("SELECT source, kind, task_id, project_id, member_id, raw_seconds, work_on, "
                  "charge, confirmed_at - stopped_at, unit_price_micro FROM entry") ==
        "toggl|time|1|1|1|9000|2026-10-01|billable|0| toggl|time|2|2|1|13500|2026-10-01|billable|0|"
        " toggl|time|3|2|1|3600|2026-10-02|billable|0| "
        "toggl|time|4|3|1|420|2026-10-30|non_billable|0|");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "1 2 3 4");
  report = firm.take(kToggl);
  CHECK(Importing::counts(report) == "0 0 4");
  CHECK(report["created"].compact() == "{}");
  CHECK(report["seconds"].as_integer() == 26520);
  firm.request.create.clear();
  CHECK(Importing::counts(firm.take(kToggl)) == "0 0 4");
}

TEST_CASE("names are unknown until a map or the ledger or --create knows them") {
  Foreign firm;
  const std::string before = firm.everything();
  CHECK(firm.refused(kToggl) ==
        "x.csv:2:1: client \"Acme Oy\" is unknown\n"
        "x.csv:2:1: project \"Acme Oy/Support\" is unknown\n"
        "x.csv:2:1: task \"Acme Oy/Support/Ticket\" is unknown\n"
        "x.csv:2:1: member \"Maija M\" is unknown\n"
        "x.csv:3:1: project \"Acme Oy/Website\" is unknown\n"
        "x.csv:3:1: task \"Acme Oy/Website/Development\" is unknown\n"
        "x.csv:5:1: project \"Internal\" is unknown");
  CHECK(firm.everything() == before);
  firm.import("clients", "code,name\nacme,Acme\n");
  firm.import("members", "code,name,email\nmm,Maija,m@example.test\n");
  firm.import("projects",
              "code,name,client,internal\nsup,Support,acme,\nweb,Web,acme,\nint,Internal,,1\n");
  firm.import("tasks", "code,name,project\ntick,Ticket,sup\ndev,Dev,web\n");
  firm.request.map = parse_import_map(
      "[clients]\n\"Acme Oy\" = \"acme\"\n[projects]\n\"Acme Oy/Website\" = \"web\"\n"
      "[tasks]\n\"Acme Oy/Website/Development\" = \"dev\"\n",
      "map.toml");
  CHECK(Importing::counts(firm.take(kToggl)) == "4 0 0");
  CHECK(firm.rows("SELECT t.code, p.code FROM entry AS e JOIN project AS p ON p.id = e.project_id "
                  "LEFT JOIN task AS t ON t.id = e.task_id ORDER BY e.id") ==
        "tick|sup dev|web |web |int");
}

TEST_CASE("--make-map writes what is unknown and imports nothing") {
  Foreign firm;
  firm.import("clients", "code,name\nacme,Acme Ou\n");
  Session session = firm.session();
  firm.request.files.push_back(memory_source("x.csv", kToggl));
  const MapToFill map = make_import_map(session, firm.request);
  CHECK(map.unknown.size() == 7);
  CHECK(map.text.find("\"Acme Oy\" = \"\"  # nearest: acme") != std::string::npos);
  CHECK(firm.number("SELECT count(*) FROM entry") == 0);
}

TEST_CASE("unconfirmed leaves the confirmation to a person and prices are taken only when asked") {
  Foreign firm;
  firm.make_all();
  firm.request.unconfirmed = true;
  firm.request.take_prices = true;
  firm.take(kToggl);
  CHECK(firm.rows("SELECT confirmed_at, unit_price_micro FROM entry") == "|95000000 | | |");
  // What was confirmed since stays confirmed.
  firm.execute("UPDATE entry SET confirmed_at = 1");
  CHECK(Importing::counts(firm.take(kToggl)) == "0 0 4");
}

TEST_CASE("replace withdraws what is gone and changes what was corrected") {
  Foreign firm;
  firm.make_all();
  firm.take(kToggl);
  firm.execute("DELETE FROM entry_open");
  firm.request.replace = Period::month(2026, 10);
  CHECK(Importing::counts(firm.take(kToggl)) == "0 0 4");
  // The description of one is corrected and another is gone.
  std::string corrected = replaced(kToggl, ",import,", ",import of CSV,");
  corrected = corrected.substr(0, corrected.rfind("Maija M"));
  Json report = firm.take(corrected);
  CHECK(Importing::counts(report) == "0 1 2");
  CHECK(report["withdrawn"].as_integer() == 1);
  CHECK(firm.rows("SELECT id, description, withdrawn_at IS NOT NULL FROM entry") ==
        "1|login, fails|0 2|import of CSV|0 3|plan|0 4|standup|1");
  CHECK(firm.rows("SELECT entry_id FROM entry_open") == "2 4");
  report = firm.take(corrected);
  CHECK(Importing::counts(report) == "0 0 3");
  CHECK(report["withdrawn"].as_integer() == 0);
  // In its source again it is no longer withdrawn.
  report = firm.take(kToggl);
  CHECK(Importing::counts(report) == "0 2 2");
  CHECK(firm.number("SELECT count(*) FROM entry WHERE withdrawn_at IS NOT NULL") == 0);
}

TEST_CASE("replace lists what is drafted and leaves it and other days and sources") {
  Foreign firm;
  firm.make_all();
  firm.take(kToggl);
  firm.import("entries", "id,kind,task,date,seconds\nown,time,ticket,2026-10-01,60\n");
  firm.execute("UPDATE entry SET archived_at = 1 WHERE id IN (1, 2)");
  const std::string header = std::string(kToggl).substr(0, std::string(kToggl).find('\n') + 1);
  firm.request.replace = Period::from_to(*Date::of(2026, 10, 1), *Date::of(2026, 10, 2));
  const Json report = firm.take(header);
  CHECK(report["withdrawn"].as_integer() == 1);
  CHECK(report["locked"].as_array().size() == 2);
  CHECK(firm.rows("SELECT id FROM entry WHERE withdrawn_at IS NOT NULL") == "3");
}

TEST_CASE("one member's overlapping times are warned of") {
  Foreign firm;
  firm.make_all();
  const std::string overlapping =
      replaced(kToggl, "2026-10-01,12:15:00,2026-10-01,16:00:00,03:45:00",
               "2026-10-01,11:00:00,2026-10-01,12:00:00,01:00:00");
  const Json report = firm.take(overlapping);
  REQUIRE(report["warnings"].as_array().size() == 1);
  CHECK(report["warnings"].as_array()[0]["code"].as_string() == "overlap");
  CHECK(report["warnings"].as_array()[0]["line"].as_integer() == 3);
}

TEST_CASE("Harvest says what is approved and invoiced") {
  Foreign firm;
  firm.make_all();
  firm.request.format = ForeignFormat::harvest;
  const std::string harvest =
      "Date,Client,Project,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name\n"
      "2026-10-01,Acme,Web,Dev,a,2.50,Yes,No,No,Maija,M\n"
      "2026-10-01,Acme,Web,Dev,b,1.00,Yes,Yes,Yes,Maija,M\n";
  firm.take(harvest);
  CHECK(
      firm.rows("SELECT raw_seconds, work_on, confirmed_at, archived_at IS NOT NULL FROM entry") ==
      "9000|2026-10-01||0 3600|2026-10-01|1790888400|1");
  CHECK(Importing::counts(firm.take(harvest)) == "0 0 2");
}

TEST_CASE("a format without a person takes the member named or else the actor") {
  Foreign firm;
  firm.make_all();
  firm.request.format = ForeignFormat::timeclock;
  const std::string clock = "i 2026-10-01 09:00:00 Acme:Web:Dev  words\no 2026-10-01 10:00:00\n";
  firm.import("members", "code,name\nanna,Anna\nadmin,Admin\n");
  firm.request.member = "anna";
  firm.take(clock);
  CHECK(firm.rows("SELECT m.code FROM entry AS e JOIN member AS m ON m.id = e.member_id") ==
        "anna");
  firm.request.member = "nobody";
  CHECK(firm.refused(clock) == "no member \"nobody\"");
}
