#include "pipeline/log.hpp"

#include <doctest/doctest.h>

#include "pipeline/fixture.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

struct Journal {
  Fixture firm{"[tenant]\ntest = true\ncurrency = \"EUR\"\nzone = \"Europe/Helsinki\"\n"};
  Journal() {
    add("2026-10-01T20:59:00Z", "import", {});
    add("2026-10-01T21:01:00Z", "generate",
        {{"invoice:DRAFT00001", "drafted"}, {"entry:e1", "drafted"}});
    add("2026-10-02T10:00:00Z", "issue",
        {{"invoice:DRAFT00001", "issued"}, {"invoice:INV00001", "issued"}});
    firm.add("clients", "code=acme");
    firm.execute(
        "INSERT INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, currency, "
        "period_first_on, "
        "period_last_on, rounding, rounding_mode, quantity_decimals, created_at) VALUES (1, 1, "
        "'DRAFT00001', 1, "
        "1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', 4, 0); INSERT INTO "
        "invoice_name VALUES "
        "(1, 'DRAFT00001', 1, 0), (1, 'INV00001', 1, 1)");
  }
  void add(const char* at, const char* verb, const std::vector<EventSubject>& subjects) {
    firm.ledger().write(DryRun::no, [&] {
      Event event;
      event.at = *Instant::parse(at);
      event.actor = "anna";
      event.os_user = "unix";
      event.verb = verb;
      event.arguments = R"({"all":true})";
      event.changes = R"({"n":1})";
      Events(firm.ledger(), firm.tenant()).append(event, subjects);
    });
  }
  std::string verbs(const LogRequest& request) {
    const Report report = log(firm.session(), request);
    std::string text;
    for (const Json& event : report.body["events"].as_array())
      text += (text.empty() ? "" : " ") + event["verb"].as_string();
    return text;
  }
};

}  // namespace

TEST_CASE("X32 log: every event with its actor and OS user and what was asked for") {
  Journal journal;
  const Report report = log(journal.firm.session(), {});
  REQUIRE(report.body["events"].as_array().size() == 3);
  const Json& first = report.body["events"].as_array()[0];
  CHECK(first["id"].as_integer() == 1);
  CHECK(first["at"].as_string() == "2026-10-01T20:59:00Z");
  CHECK(first["actor"].as_string() == "anna");
  CHECK(first["os_user"].as_string() == "unix");
  CHECK(first["arguments"]["all"].as_bool());
  CHECK(first["changes"]["n"].as_integer() == 1);
  CHECK(first["digest"].as_string().size() == 64);
}

TEST_CASE("log: an invoice is found by each of its names and an event of both is told once") {
  Journal journal;
  for (const char* name : {"INV00001", "DRAFT00001", "invoice:INV00001"}) {
    LogRequest request;
    request.subject = name;
    CHECK(journal.verbs(request) == "generate issue");
  }
  LogRequest entry;
  entry.subject = "entry:e1";
  CHECK(journal.verbs(entry) == "generate");
  LogRequest nobody;
  nobody.subject = "INV00002";
  CHECK_THROWS_AS(journal.verbs(nobody), Error);
}

TEST_CASE("log: a period is of the tenant's dates") {
  Journal journal;
  LogRequest first;
  first.period = Period::one_day(*Date::parse("2026-10-01"));
  CHECK(journal.verbs(first) == "import");
  first.period = Period::one_day(*Date::parse("2026-10-02"));
  CHECK(journal.verbs(first) == "generate issue");
  first.verb = "issue";
  CHECK(journal.verbs(first) == "issue");
}

TEST_CASE("log: pages go on after an event and the newest may come first") {
  Journal journal;
  LogRequest page;
  page.limit = 2;
  CHECK(journal.verbs(page) == "import generate");
  page.after = 2;
  CHECK(journal.verbs(page) == "issue");
  page.newest_first = true;
  page.after = 3;
  CHECK(journal.verbs(page) == "generate import");
  page.after.reset();
  CHECK(journal.verbs(page) == "issue generate");
}
