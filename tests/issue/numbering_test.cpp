#include "issue/numbering.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

NumberFormat format(std::string_view text) {
  const auto read = NumberFormat::parse(text);
  REQUIRE_MESSAGE(read.has_value(), text);
  return *read;
}

std::string number(std::string_view text, std::int64_t n, std::string_view date = "2026-10-01",
                   std::string_view start = "01-01") {
  return format(text).number(n, *Date::parse(date), *MonthDay::parse(start));
}

}  // namespace

TEST_CASE(
    "S4-8 a draft is DRAFT12345 and an invoice INV12345 with more digits when they are needed") {
  CHECK(number("DRAFT{n:05}", 12345) == "DRAFT12345");
  CHECK(number("INV{n:05}", 42) == "INV00042");
  CHECK(number("INV{n:05}", 1234567) == "INV1234567");
  CHECK(number("{n}", 7) == "7");
  CHECK(number("{n:04}/A", 25) == "0025/A");
}

TEST_CASE("S4-8 a format with a year writes that of the invoice date and counts by it") {
  CHECK(number("{year}-{n:04}", 3, "2026-12-31") == "2026-0003");
  CHECK(number("F{fyear}{n:03}", 3, "2026-07-01", "07-01") == "F2027003");
  CHECK(number("F{fyear}{n:03}", 3, "2026-06-30", "07-01") == "F2026003");
  const MonthDay july{7, 1};
  CHECK(format("{year}-{n}").counting_year(*Date::parse("2026-08-01"), july) == 2026);
  CHECK(format("{fyear}-{n}").counting_year(*Date::parse("2026-08-01"), july) == 2027);
  CHECK(format("INV{n}").counting_year(*Date::parse("2026-08-01"), july) == 0);
}

TEST_CASE("X28 a series knows which numbers it could itself produce") {
  const NumberFormat invoice = format("INV{n:05}");
  for (const char* yes : {"INV00042", "INV12345", "INV123456", "INV99999", "INV00001"}) {
    CHECK_MESSAGE(invoice.could_produce(yes), yes);
  }
  for (const char* no : {"INV42", "INV012345", "INV00000", "INV00042-R1", "inv00042", "INV", "",
                         "XINV00042", "INV0004X", "INV99999999999999999999", "INV-0042"}) {
    CHECK_FALSE_MESSAGE(invoice.could_produce(no), no);
  }
  CHECK(format("{n}").could_produce("7"));
  CHECK_FALSE(format("{n}").could_produce("07"));
  CHECK(format("{year}/{n:03}/X").could_produce("1999/123/X"));
  CHECK_FALSE(format("{year}/{n:03}/X").could_produce("199/123/X"));
  CHECK(format("{n}{year}").could_produce("12026"));
  CHECK_FALSE(format("{n}{year}").could_produce("2026"));
}

TEST_CASE("two series clash when one text could be a number of both") {
  const auto clash = [](std::string_view a, std::string_view b) {
    const bool found = format(a).clashes_with(format(b));
    CHECK(format(b).clashes_with(format(a)) == found);
    return found;
  };
  CHECK(clash("INV{n:05}", "INV{n:05}"));
  CHECK(clash("INV{n}", "INV2{n:04}"));
  CHECK(clash("A9{n}", "A{n}2"));
  CHECK(clash("{year}{n}", "{n:06}"));
  CHECK_FALSE(clash("DRAFT{n:05}", "INV{n:05}"));
  CHECK_FALSE(clash("A{n}7", "A{n}3"));
  CHECK_FALSE(clash("INV{n}", "INV0{n}"));
}

TEST_CASE("S4-11 a re-issue proposes the original with -R1 and then -R2") {
  CHECK(reissue_number("INV00042") == "INV00042-R1");
  CHECK(reissue_number("INV00042-R1") == "INV00042-R2");
  CHECK(reissue_number("INV00042-R9") == "INV00042-R10");
  CHECK(reissue_number("INV-Rosa") == "INV-Rosa-R1");
  CHECK(reissue_number("INV-R") == "INV-R-R1");
}

TEST_CASE("a number format says what is wrong and where") {
  struct Case {
    const char* text;
    std::size_t offset;
    const char* message;
    const char* hint;
  };
  const std::vector<Case> cases = {
      {"INV", 0, "a number format needs {n}", "for example INV{n:05}"},
      {"", 0, "a number format needs {n}", "for example INV{n:05}"},
      {"INV{n}{n:05}", 6, "a second {n}; a number has one", ""},
      {"{year}{fyear}{n}", 6, "a second year; the series counts by one of them", ""},
      {"INV{yaer}{n}", 3, "unknown field {yaer}; needed n, year or fyear",
       "did you mean \"year\"?"},
      {"INV{n", 3, "a { without }", ""},
      {"INVn}", 4, "a } without {", "fields are {n}, {n:05}, {year}, {fyear}"},
      {"INV{n:5}", 3, "{n} takes a width of 01 to 018", "for example {n:05}"},
      {"INV{n:00}", 3, "{n} takes a width of 01 to 018", "for example {n:05}"},
      {"INV{n:019}", 3, "{n} takes a width of 01 to 018", "for example {n:05}"},
      {"INV {n}", 3, "a number has no blanks and no control characters", ""},
  };
  for (const Case& test : cases) {
    FormatMistake mistake;
    CHECK_FALSE_MESSAGE(NumberFormat::parse(test.text, &mistake).has_value(), test.text);
    CHECK_MESSAGE(mistake.offset == test.offset, test.text);
    CHECK(mistake.message == test.message);
    CHECK(mistake.hint == test.hint);
  }
}
