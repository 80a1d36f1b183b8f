// JSON, dates and periods, and templates: what is read is printed and read again as the same.
#include "calendar/duration.hpp"
#include "calendar/period.hpp"
#include "calendar/zone.hpp"
#include "config/template.hpp"
#include "issue/numbering.hpp"
#include "outcome/error.hpp"
#include "targets.hpp"
#include "text/json.hpp"
#include "text/slug.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"
#include "text/xml_text.hpp"

namespace billctl::fuzz {
namespace {

void period(std::string_view text) {
  const Date today = *Date::parse("2026-11-02");
  std::string why;
  const auto read = Period::parse(text, today, &why);
  must(read.has_value() || !why.empty(), "what is no period is told why");
  if (!read) return;
  must(read->first() < read->past() && read->days() > 0, "a period has a day");
  if (read == Period::always()) return;  // "0001..9999-12" is no --period at all, and has no words
  must(Period::parse(read->to_text(), today) == read, "a period prints and reads again");
  must(Period::parse(read->name(), today) == read, "a period has a name");
}

void clocks(std::string_view text) {
  if (const auto date = Date::parse(text))
    must(date->to_text() == text, "a date prints as it was read");
  if (const auto instant = Instant::parse(text))
    must(Instant::parse(instant->to_text()) == instant, "an instant prints and reads again");
  if (const auto local = LocalTime::parse(text))
    must(LocalTime::parse(local->to_text()) == local, "a local time prints and reads again");
  if (const auto length = parse_duration(text)) {
    must(*length >= 0, "no duration is negative");
    must(parse_duration(duration_text(*length)) == length, "a duration prints and reads again");
  }
  MonthDay::parse(text);
  parse_time_of_day(text);
}

/// Each instant has one local time, and that local time is that instant again.
void zones(std::string_view text) {
  const std::string name(taken(text, '\n'));
  const auto zone = Zone::load(name);
  if (!zone) return;
  must(zone->name() == name, "a zone keeps its name");
  // Years 1 to 9999.
  const auto seconds =
      static_cast<std::int64_t>(number(text, 8) % 315'000'000'000U) - 62'000'000'000;
  const Instant instant = Instant::from_seconds(seconds);
  const LocalInstants back = zone->instants(zone->local(instant));
  must(back.kind != LocalInstants::Kind::skipped, "a time that was shown is there");
  must(back.first == instant || back.second == instant, "a local time is the instant it was of");
  must(zone->first_instant(zone->date(instant)) <= instant, "a date begins before what is in it");
}

}  // namespace

void json(std::string_view bytes) {
  must(invalid_utf8(visible(bytes)) == std::string_view::npos, "what is visible is UTF-8");
  must(visible(visible(bytes)) == visible(bytes), "what is visible stays as it is");
  must(invalid_utf8(xml_text(bytes)) == std::string_view::npos, "text of XML is UTF-8");
  must(invalid_utf8(spreadsheet_cell(bytes)) == std::string_view::npos, "a cell is UTF-8");
  slug(std::string(bytes));
  must(Json::parse(json_quoted(bytes)).is_string(), "any bytes are a text of JSON");
  try {
    const Json read = Json::parse(bytes, "f.json");
    must(Json::parse(read.compact()).canonical() == read.canonical(),
         "JSON prints and reads again");
    must(Json::parse(read.pretty()).canonical() == read.canonical(), "JSON for people reads again");
    must(Json::parse(read.canonical()).canonical() == read.canonical(), "canonical bytes stay");
  } catch (const Error& error) {
    must(error.code() == Reason::bad_input, "what is no JSON is refused as input");
  }
}

void dates(std::string_view bytes) {
  zones(bytes);
  period(bytes);
  clocks(bytes);
}

void templates(std::string_view bytes) {
  const TemplateValues values = {{"client", std::string("{number} {client}")},
                                 {"number", std::string("\x1b[2J<b>")},
                                 {"start", LocalTime{*Date::parse("2026-10-05"), 34200}},
                                 {"first", *Date::parse("2026-10-01")}};
  for (const auto parse : {parse_document_template, parse_mail_template, parse_source_template}) {
    FormatMistake mistake;
    const auto read = parse(bytes, &mistake);
    if (!read) continue;
    must(read->text() == bytes, "a template keeps its text");
    const std::string made = read->render(values);
    if (bytes.find('{') == std::string_view::npos && bytes.find('}') == std::string_view::npos)
      must(made == bytes, "a text without fields stays");
    must(made.size() <= 40 * (bytes.size() + 1), "nothing that is put in is read again");
  }
  const auto format = NumberFormat::parse(bytes);
  if (!format) return;
  const Date on = *Date::parse("2026-10-05");
  for (const std::int64_t n : {std::int64_t{1}, std::int64_t{42}, std::int64_t{123456789}}) {
    const std::string made = format->number(n, on, {1, 1});
    must(format->could_produce(made), "a series could produce its own numbers");
    must(made != format->number(n + 1, on, {1, 1}), "two counts are two numbers");
  }
  must(format->clashes_with(*format), "a series clashes with itself");
}

}  // namespace billctl::fuzz
