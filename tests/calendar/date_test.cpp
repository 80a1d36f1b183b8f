#include "calendar/date.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Date date(std::string_view text) {
  return Date::parse(text).value();
}

}  // namespace

TEST_CASE("a date is read strictly and days that do not exist are refused") {
  CHECK(date("2026-10-31").to_text() == "2026-10-31");
  CHECK(date("0001-01-01").to_text() == "0001-01-01");
  CHECK(date("9999-12-31") == Date::last_of_all());
  for (const char* text :
       {"", "2026-02-30", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
        "2026-10-00", "0000-01-01", "2026-1-01", "26-10-01", "2026/10/01", "2026-10-01 ",
        "2026-10-1x", "+026-10-01", "20261001", "01-10-2026"})
    CHECK_MESSAGE(!Date::parse(text), text);
}

TEST_CASE("leap years are those of the Gregorian calendar") {
  CHECK(Date::parse("2028-02-29"));
  CHECK(Date::parse("2000-02-29"));
  CHECK_FALSE(Date::parse("2100-02-29"));
  CHECK(days_in_month(2028, 2) == 29);
  CHECK(days_in_month(2026, 2) == 28);
  CHECK(days_in_month(2026, 4) == 30);
}

TEST_CASE("dates count from 1970 one by one through every month of 800 years") {
  CHECK(date("1970-01-01").days() == 0);
  CHECK(date("2026-10-01").days() == 20727);
  Date expected = date("1600-01-01");
  int weekday = static_cast<int>(expected.weekday());
  for (int year = 1600; year < 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day) {
        const Date seen = *Date::of(year, month, day);
        const auto fields = expected.fields();
        const bool same = fields.year == year && fields.month == month && fields.day == day;
        if (seen != expected || !same) FAIL(seen.to_text());
        if (static_cast<int>(seen.weekday()) != weekday) FAIL("the weekday of ", seen.to_text());
        expected = expected.add_days(1);
        weekday = weekday % 7 + 1;
      }
    }
  }
}

TEST_CASE("a month later is the same day or the last of that month") {
  CHECK(date("2026-01-31").add_months(1) == date("2026-02-28"));
  CHECK(date("2028-01-31").add_months(1) == date("2028-02-29"));
  CHECK(date("2026-11-15").add_months(2) == date("2027-01-15"));
  CHECK(date("2026-01-15").add_months(-1) == date("2025-12-15"));
  CHECK(date("2026-03-31").add_months(-13) == date("2025-02-28"));
  CHECK(date("2026-10-15").first_of_month() == date("2026-10-01"));
  CHECK(date("2026-02-15").last_of_month() == date("2026-02-28"));
  CHECK(date("2026-12-31").add_days(1) == date("2027-01-01"));
}

TEST_CASE("ISO weeks at the borders of years belong to the year of their Thursday") {
  const auto week = [](std::string_view text) { return date(text).iso_week().to_text(); };
  CHECK(date("2026-10-01").weekday() == Weekday::thursday);
  CHECK(week("2026-10-31") == "2026-W44");
  CHECK(week("2026-01-01") == "2026-W01");
  CHECK(week("2025-12-29") == "2026-W01");
  CHECK(week("2026-12-31") == "2026-W53");
  CHECK(week("2027-01-03") == "2026-W53");
  CHECK(week("2027-01-04") == "2027-W01");
  CHECK(week("2024-12-30") == "2025-W01");
  CHECK(week("2021-01-03") == "2020-W53");
  CHECK(week("2023-01-01") == "2022-W52");
}

TEST_CASE("a week begins on its Monday and only long years have 53") {
  CHECK(monday_of({2026, 44}) == date("2026-10-26"));
  CHECK(monday_of({2026, 1}) == date("2025-12-29"));
  CHECK(monday_of({2026, 53}) == date("2026-12-28"));
  CHECK_FALSE(monday_of({2027, 53}));
  CHECK_FALSE(monday_of({2026, 0}));
  CHECK_FALSE(monday_of({2026, 54}));
}

TEST_CASE("a fiscal year is named after the year in which it ends") {
  const MonthDay january = MonthDay::parse("01-01").value();
  const MonthDay april = MonthDay::parse("04-01").value();
  CHECK(fiscal_year(date("2026-10-01"), january) == 2026);
  CHECK(fiscal_year(date("2026-10-01"), april) == 2027);
  CHECK(fiscal_year(date("2026-04-01"), april) == 2027);
  CHECK(fiscal_year(date("2026-03-31"), april) == 2026);
  for (const char* text : {"", "1-1", "13-01", "02-29", "02-30", "01/01", "01-01-"})
    CHECK_MESSAGE(!MonthDay::parse(text), text);
}
