#include "calendar/period.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Date date(std::string_view text) {
  return Date::parse(text).value();
}
const Date kToday = date("2026-11-15");

std::string range(std::string_view text, Date today = kToday) {
  const auto period = Period::parse(text, today);
  return period ? period->to_text() : "refused";
}
std::string refusal(std::string_view text) {
  std::string why;
  return Period::parse(text, kToday, &why) ? "accepted" : why;
}

}  // namespace

TEST_CASE("a month and a quarter and a week are read as their dates") {
  CHECK(range("2026-10") == "2026-10-01..2026-10-31");
  CHECK(range("2028-02") == "2028-02-01..2028-02-29");
  CHECK(range("2026-Q4") == "2026-10-01..2026-12-31");
  CHECK(range("2026-Q1") == "2026-01-01..2026-03-31");
  CHECK(range("2026-W44") == "2026-10-26..2026-11-01");
  CHECK(range("2026-W01") == "2025-12-29..2026-01-04");
  CHECK(range("2026-W53") == "2026-12-28..2027-01-03");
  CHECK(range("2026") == "2026-01-01..2026-12-31");
  CHECK(range("2026-10-05") == "2026-10-05..2026-10-05");
}

TEST_CASE("both ends of a range are inclusive and one may be missing") {
  CHECK(range("2026-10-01..2026-10-15") == "2026-10-01..2026-10-15");
  CHECK(range("2026-10-15..2026-10-15") == "2026-10-15..2026-10-15");
  CHECK(range("2026-09..2026-10") == "2026-09-01..2026-10-31");
  CHECK(range("2026-10-01..") == "2026-10-01..");
  CHECK(range("..2026-10-15") == "..2026-10-15");
  const Period open = Period::parse("2026-10-01..", kToday).value();
  CHECK(open.contains(date("9999-12-31")));
  CHECK_FALSE(open.contains(date("2026-09-30")));
}

TEST_CASE("this and last count from the local date that is given") {
  CHECK(range("this-month") == "2026-11-01..2026-11-30");
  CHECK(range("last-month") == "2026-10-01..2026-10-31");
  CHECK(range("last-month", date("2026-01-31")) == "2025-12-01..2025-12-31");
  CHECK(range("last-month", date("2026-03-31")) == "2026-02-01..2026-02-28");
  CHECK(range("this-week") == "2026-11-09..2026-11-15");
  CHECK(range("last-week") == "2026-11-02..2026-11-08");
  CHECK(range("last-quarter") == "2026-07-01..2026-09-30");
  CHECK(range("last-year") == "2025-01-01..2025-12-31");
  CHECK(range("today") == "2026-11-15..2026-11-15");
  CHECK(range("yesterday") == "2026-11-14..2026-11-14");
}

TEST_CASE("a text that is no period is refused with what is wrong") {
  CHECK(refusal("2026-13") == "2026 has no month 13");
  CHECK(refusal("2026-Q5") == "2026 has no quarter 5");
  CHECK(refusal("2027-W53") == "2027 has no week 53");
  CHECK(refusal("2026-02-30") == "there is no date 2026-02-30");
  CHECK(refusal("2026-10-15..2026-10-01") == "2026-10-15 is after 2026-10-01");
  CHECK(refusal("2026-10-01..2026-02-30") == "there is no date 2026-02-30");
  CHECK(refusal("october") == "\"october\" is no period");
  CHECK(refusal("..") == "\"..\" has no dates");
  for (const char* text : {"", "2026-", "2026-1", "26-10", "2026-q4", "2026-Q", "2026-W4",
                           "2026/10", "2026-10-", "last-", "last-day", "this-month ", "0000-01",
                           "a..b", "2026-10-01...2026-10-15", "2026-Q44"})
    CHECK_MESSAGE(!Period::parse(text, kToday), text);
}

TEST_CASE("X27 a period is half-open on its dates") {
  const Period october = Period::month(2026, 10);
  CHECK(october.past() == date("2026-11-01"));
  CHECK(october.last() == date("2026-10-31"));
  CHECK(october.days() == 31);
  CHECK(october.contains(date("2026-10-01")));
  CHECK(october.contains(date("2026-10-31")));
  CHECK_FALSE(october.contains(date("2026-11-01")));
  CHECK_FALSE(october.contains(date("2026-09-30")));
}

TEST_CASE("a resolved range is echoed with its days") {
  CHECK(Period::month(2026, 10).to_text_with_days() == "2026-10-01..2026-10-31 (31 days)");
  CHECK(Period::one_day(date("2026-10-05")).to_text_with_days() ==
        "2026-10-05..2026-10-05 (1 day)");
  CHECK(Period::parse("..2026-10-15", kToday)->to_text_with_days() == "..2026-10-15");
}

TEST_CASE("a period has the shortest name that reads back as itself") {
  for (const char* name : {"2026-10", "2026-Q4", "2026-W44", "2026-W53", "2026", "2026-10-05",
                           "2026-10-01..2026-10-15", "2026-10-15.."}) {
    CHECK(Period::parse(name, kToday)->name() == name);
  }
  CHECK(Period::parse("2026-10-01..2026-10-31", kToday)->name() == "2026-10");
  CHECK(Period::parse("2026-10..2026-12", kToday)->name() == "2026-Q4");
}

TEST_CASE("a period is widened just enough to hold a date") {
  const Period october = Period::month(2026, 10);
  CHECK(october.widened(date("2026-09-15")).to_text() == "2026-09-15..2026-10-31");
  CHECK(october.widened(date("2026-11-01")).to_text() == "2026-10-01..2026-11-01");
  CHECK(october.widened(date("2026-10-31")) == october);
}

TEST_CASE("periods overlap and lie within each other by their dates") {
  const Period october = Period::month(2026, 10);
  const Period quarter = Period::parse("2026-Q4", kToday).value();
  const Period week = Period::parse("2026-W44", kToday).value();
  CHECK(quarter.contains(october));
  CHECK_FALSE(october.contains(week));
  CHECK(october.overlaps(week));
  CHECK_FALSE(october.overlaps(Period::month(2026, 11)));
  CHECK(october.within(week)->to_text() == "2026-10-26..2026-10-31");
  CHECK_FALSE(october.within(Period::month(2026, 12)));
  CHECK(Period::always().contains(quarter));
}
