#include "pipeline/explain_client.hpp"

#include <doctest/doctest.h>

#include "pipeline/compile.hpp"
#include "pipeline/explain_invoice.hpp"
#include "pipeline/verify_books.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::string differences(const Json& body) {
  std::string text;
  for (const Json& each : body["differences"].as_array()) {
    text += (text.empty() ? "" : " ") + each["code"].as_string() + "|" +
            std::to_string(each["entries"].as_integer()) + "|" +
            std::to_string(each["seconds"].as_integer());
  }
  return text;
}

std::string stages(const Json& body) {
  std::string text;
  for (const char* stage : {"recorded", "compiled", "drafted", "issued"})
    text += std::to_string(body[std::string(stage) + "_seconds"].as_integer()) + " ";
  return text;
}

}  // namespace

TEST_CASE("explain a client: each hour that is not issued is told by one reason") {
  VerifyBooks books;
  Session session = books.firm().session();
  const Json body = explain_client(session, "acme", Period::month(2026, 10));
  // e1 e2 issued; e3 and e11 on drafts; e4 e14 pending; e5 e12 wait; e6 parked; e7 archived; e8
  // withdrawn
  CHECK(stages(body) == "45000 30600 23400 12600 ");
  CHECK(differences(body) ==
        "archived|1|3600 not_compiled|2|7200 unconfirmed|1|3600 pending|2|7200 drafted|2|10800");
  CHECK(body["period"]["last"].as_string() == "2026-10-31");
  std::int64_t sum = 0;
  for (const Json& each : body["differences"].as_array()) sum += each["seconds"].as_integer();
  CHECK(sum == 45000 - 12600);
}

TEST_CASE("explain a client: only the period's work dates and never another client's") {
  VerifyBooks books;
  Session session = books.firm().session();
  const Period day = Period::one_day(*Date::parse("2026-10-06"));
  CHECK(stages(explain_client(session, "acme", day)) == "3600 3600 0 0 ");
  books.firm().add("clients", "code=beta");
  const Json none = explain_client(session, "beta", Period::always());
  CHECK(stages(none) == "0 0 0 0 ");
  CHECK(differences(none) == "");
  CHECK_THROWS_AS(explain_client(session, "gamma", Period::always()), Error);
}

TEST_CASE("S1-13 explain a client: what waits is judged as compile would judge it and then is") {
  Fixture firm("[compile]\nrequire_confirmed = true\n");
  firm.add("clients", "code=acme");
  firm.add("tasks", "code=dev client=acme unit_price=95");
  firm.add("tasks", "code=free client=acme billable=0");
  firm.add("entries", "id=a task=dev seconds=3600");
  firm.add("entries", "id=b task=dev seconds=60 confirmed_at=");
  firm.add("entries", "id=c task=free seconds=600");
  firm.add("entries", "id=d kind=mileage task=dev distance_km=5");
  Session session = firm.session();
  const Json before = explain_client(session, "acme", Period::always());
  CHECK(differences(before) == "not_compiled|1|3600 task_not_billable|1|600 unconfirmed|1|60");
  compile(session, {});
  const Json after = explain_client(session, "acme", Period::always());
  CHECK(stages(after) == "4260 3600 0 0 ");
  CHECK(differences(after) == "task_not_billable|1|600 unconfirmed|1|60 pending|1|3600");
  CHECK(verify(session, {}).exit == ExitStatus::done);
}

TEST_CASE("explain an invoice: each line with its items told as for an entry") {
  VerifyBooks books;
  Session session = books.firm().session();
  const Json body = explain_invoice(session, "DRAFT00004");
  CHECK(body["invoice"].as_string() == "DRAFT00004");
  const Json::Array& lines = body["lines"].as_array();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["line"].as_integer() == 1);
  REQUIRE(lines[1]["items"].as_array().size() == 2);
  const Json& item = lines[1]["items"].as_array()[0];
  CHECK(item["entry"].as_string() == "e10");
  CHECK(item["item"].as_integer() == 10);
  CHECK(item["price"]["amount"].as_string() == "0.50");
  CHECK_FALSE(item["tests"].as_array().empty());
  CHECK(explain_invoice(session, "INV00001")["lines"].as_array().size() == 2);
  books.tamper("UPDATE placed SET line = 0 WHERE item_id = 12");
  const Json orphan = explain_invoice(session, "DRAFT00005");
  REQUIRE(orphan["lines"].as_array().size() == 2);
  CHECK(orphan["lines"].as_array()[1]["line"].as_integer() == 0);
  CHECK(orphan["lines"].as_array()[1]["items"].as_array().size() == 1);
}
