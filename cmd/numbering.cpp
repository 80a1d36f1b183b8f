#include "pipeline/numbering.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string gaps_text(const Json& gaps) {
  if (gaps.is_null()) return "";
  std::string text;
  for (const Json& gap : gaps.as_array()) text += (text.empty() ? "" : " ") + cell_text(gap);
  return text.empty() ? "none" : text;
}

Outcome show(Invocation& invocation) {
  Outcome outcome;
  outcome.body = numbering_show(invocation.session());
  outcome.rows = "series";
  const Json series = outcome.body["series"];
  outcome.text = [series](const Json&) {
    std::vector<std::vector<std::string>> rows;
    for (const Json& each : series.as_array()) {
      rows.push_back({cell_text(each["series"]), cell_text(each["year"]), cell_text(each["format"]),
                      cell_text(each["next_number"]), cell_text(each["last_date"]),
                      gaps_text(each["gaps"])});
    }
    return table({"series", "year", "format", "next number", "last date", "gaps"}, rows);
  };
  return outcome;
}

Outcome set(Invocation& invocation) {
  const std::string& series = invocation.arguments().front();
  const auto next = invocation.integer("--next");
  if (!next) throw Error(Reason::usage, "numbering set needs --next N, the number to go on with");
  const Json arguments = Json::object({{"series", series}, {"next", *next}});
  const Report report = numbering_set(invocation.session(), series, *next, arguments);
  Outcome outcome;
  outcome.body = report.body;
  outcome.text = [](const Json& body) {
    return cell_text(body["series"]) + ": " + cell_text(body["from"]) + " -> " +
           cell_text(body["next"]) + ", the next number is " + cell_text(body["next_number"]) +
           "\n";
  };
  return outcome;
}

}  // namespace

const Command& numbering_show_command() {
  static const Command kCommand = {
      .name = "numbering show",
      .summary = "tell the next number, last date and gaps of each series",
      .example = "billctl numbering show",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

const Command& numbering_set_command() {
  static const Command kCommand = {
      .name = "numbering set",
      .summary = "move a series upwards",
      .example = "billctl numbering set issued --next 1000",
      .arguments = {{"SERIES", "draft, issued or credit", true, false}},
      .options = {{"--next", "N", "the count with which it goes on", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = set,
  };
  return kCommand;
}

}  // namespace billctl::cmd
