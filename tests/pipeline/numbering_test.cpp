#include "pipeline/numbering.hpp"

#include <doctest/doctest.h>

#include "pipeline/desk.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

Json row(Desk& desk, const std::string& code) {
  Session session = desk.session();
  const Json shown = numbering_show(session);
  for (const Json& each : shown["series"].as_array()) {
    if (each["series"] == Json(code)) return each;
  }
  return Json();
}

Report set(Desk& desk, const std::string& series, std::int64_t next) {
  Session session = desk.session();
  return numbering_set(session, series, next, Json::object());
}

}  // namespace

TEST_CASE("numbering shows the next number and the last date of each series") {
  Desk desk("[numbering]\nissued = { format = \"{year}-{n:04}\", first = 12 }\n");
  CHECK(row(desk, "issued")["next_number"] == Json("2026-0012"));
  CHECK(row(desk, "credit").is_null());
  desk.draft();
  desk.issue({"DRAFT00001"}, {.date = day("2026-10-30")});
  const Json issued = row(desk, "issued");
  CHECK(issued["year"] == Json("2026"));
  CHECK(issued["first"] == Json(12));
  CHECK(issued["next"] == Json(13));
  CHECK(issued["last_date"] == Json("2026-10-30"));
  CHECK(issued["gaps"] == Json::array());
  CHECK(row(desk, "draft")["next_number"] == Json("DRAFT00002"));
  CHECK(row(desk, "draft")["gaps"].is_null());
}

TEST_CASE("X28 a series is moved upwards only and what it jumps over is no gap") {
  Desk desk;
  for (int i = 0; i < 2; ++i) desk.draft();
  desk.issue({"DRAFT00001"});
  const Report report = set(desk, "issued", 100);
  CHECK(report.body["from"] == Json(2));
  CHECK(report.body["next_number"] == Json("INV00100"));
  desk.issue({"DRAFT00002"});
  CHECK(desk.header("DRAFT00002").number == "INV00100");
  CHECK(row(desk, "issued")["gaps"] == Json::array());
  CHECK(row(desk, "issued")["jumps"].as_array().size() == 1);
  CHECK_THROWS_AS(set(desk, "issued", 101), Error);
  CHECK_THROWS_AS(set(desk, "issued", 5), Error);
  CHECK_THROWS_AS(set(desk, "isued", 500), Error);
  CHECK_THROWS_AS(set(desk, "credit", 500), Error);
}

TEST_CASE("only an admin moves a series") {
  Desk desk("[roles]\nadmin = [\"anna\"]\nbiller = [\"bo\"]\n");
  desk.act_as("bo");
  CHECK_THROWS_AS(set(desk, "issued", 100), Error);
  desk.act_as("anna");
  CHECK(set(desk, "issued", 100).exit == ExitStatus::done);
}
