#include "config/template.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

const LocalTime kStart = *LocalTime::parse("2026-10-05 09:30:07");

}  // namespace

TEST_CASE("S4-12 a name is its template with the fields put in") {
  const Template name = document_template("{client} {period}");
  CHECK(name.render({{"client", "Acme Oy"}, {"period", "2026-10"}}) == "Acme Oy 2026-10");
  CHECK(name.render({{"client", "Acme Oy"}}) == "Acme Oy ");
  CHECK(document_template("").render({}) == "");
  CHECK(document_template("{{x}} {po}").render({{"po", "4711"}}) == "{x} 4711");
  CHECK(name.uses("client"));
  CHECK_FALSE(name.uses("po"));
}

TEST_CASE("X20 the text of a ticket has its date as dd/mm/yy and its time as hh:mm") {
  const auto texts = default_source_texts();
  CHECK(texts.at("ticket").render({{"source_ref", "77"}, {"start", kStart}}) ==
        "Ticket n°77 of 05/10/26 at 09:30");
  CHECK(texts.at("work_order").render({{"source_ref", "W1"}, {"start", kStart}}) ==
        "Work order n°W1 of 05/10/26 at 09:30");
  CHECK(source_template(" by {member}").render({{"member", "Maija"}}) == " by Maija");
}

TEST_CASE("a date in a template is ISO unless a format stands with it") {
  const Date first = *Date::parse("2026-10-01");
  CHECK(document_template("{first}").render({{"first", first}}) == "2026-10-01");
  CHECK(document_template("{first:dd.mm.yyyy}").render({{"first", first}}) == "01.10.2026");
  CHECK(source_template("{start}").render({{"start", kStart}}) == "2026-10-05 09:30:07");
  CHECK(source_template("{start:yyyy-mm-dd hh:mm:ss}").render({{"start", kStart}}) ==
        "2026-10-05 09:30:07");
  CHECK(source_template("{start:hh}{start:mm}").render({{"start", kStart}}) == "0910");
}

TEST_CASE("what is put into a template is never read again") {
  const Template name = document_template("{client}/{title}");
  CHECK(name.render({{"client", "{title} {{"}, {"title", "{client:dd}"}}) ==
        "{title} {{/{client:dd}");
}

TEST_CASE("a period gives its name and days and the month and year it begins in") {
  const Template title = document_template("{period} {first} {last} {month} {year}");
  CHECK(title.render(period_values(Period::month(2026, 9))) ==
        "2026-09 2026-09-01 2026-09-30 09 2026");
}

TEST_CASE("a template with an unknown field or a wrong format is refused at its place") {
  struct Case {
    const char* text;
    std::size_t offset;
    const char* message;
    const char* hint;
  };
  const std::vector<Case> cases = {
      {"{clinet} x", 0, "unknown field {clinet}", "did you mean \"client\"?"},
      {"a {b", 2, "a { without }", "a brace itself is written twice"},
      {"a } b", 2, "a } without {", "a brace itself is written twice"},
      {"{client:dd}", 0, "{client} takes no format", ""},
      {"x{first:DD/MM}", 1, "no date format: DD/MM", "for example dd/mm/yy, yyyy-mm-dd, hh:mm"},
      {"{first:}", 0, "no date format: ", "for example dd/mm/yy, yyyy-mm-dd, hh:mm"},
      {"{first:ddd}", 0, "no date format: ddd", "for example dd/mm/yy, yyyy-mm-dd, hh:mm"},
      {"{if po}", 0, "unknown field {if po}",
       "fields are client project engagement po period first last month year title number"},
      {"{}", 0, "unknown field {}",
       "fields are client project engagement po period first last month year title number"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.text);
    FormatMistake mistake;
    CHECK_FALSE(parse_document_template(test.text, &mistake).has_value());
    CHECK(mistake.offset == test.offset);
    CHECK(mistake.message == test.message);
    CHECK(mistake.hint == test.hint);
  }
}
