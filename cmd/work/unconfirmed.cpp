#include "commands.hpp"
#include "entry/list.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/work_report.hpp"
#include "sorting.hpp"
#include "work/picture.hpp"

namespace billctl::cmd {
namespace {

std::optional<Period> week_of(Invocation& invocation) {
  const auto text = invocation.value("--week");
  if (!text) return std::nullopt;
  std::string why;
  const auto week = Period::parse(*text, invocation.today(), &why);
  const bool seven = week && week->first().weekday() == Weekday::monday &&
                     week->last().days() - week->first().days() == 6;
  if (!seven) {
    throw Error(
        Reason::usage,
        "--week \"" + *text + "\" is no week" + (why.ends_with("is no period") ? "" : ": " + why),
        "write 2026-W44, this-week or last-week");
  }
  return week;
}

UnconfirmedRequest request_of(Invocation& invocation) {
  UnconfirmedRequest request;
  request.filter = invocation.filter();
  request.week = week_of(invocation);
  for (const std::string& state : request.filter.states) {
    if (state != "unconfirmed")
      throw Error(Reason::usage, "--state \"" + state + "\": this shows what is not confirmed");
  }
  request.filter.states.clear();
  if (invocation.has("--html") && !invocation.has("--matrix"))
    throw Error(Reason::usage, "--html shows the matrix", "give --matrix too");
  return request;
}

Outcome matrix(Invocation& invocation, const UnconfirmedRequest& request) {
  for (const char* option : {"--limit", "--after", "--sort"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for --matrix");
  }
  Outcome outcome;
  outcome.body = work_matrix(invocation.session(), request);
  outcome.rows = "rows";
  const HeatMap map = HeatMap::of(outcome.body["rows"]);
  if (invocation.has("--html")) {
    const std::string drawn =
        map.members.empty() ? "<p>nothing is unconfirmed</p>\n" : heat_map_svg(map);
    write_picture(invocation, page_html("Unconfirmed hours by member and week",
                                        invocation.session().tenant.test, drawn));
  }
  const bool colour = in_colour(invocation);
  outcome.coloured = colour;
  outcome.text = [map, colour](const Json&) { return heat_map_text(map, colour); };
  if (!map.members.empty())
    outcome.talk.push_back(
        "hint: `billctl work unconfirmed --member M --week W` lists the sessions of a cell");
  return outcome;
}

Outcome run(Invocation& invocation) {
  const UnconfirmedRequest request = request_of(invocation);
  Outcome outcome;
  if (invocation.has("--matrix")) {
    outcome = matrix(invocation, request);
  } else {
    outcome.body = work_unconfirmed(invocation.session(), request);
    Json& entries = *outcome.body.find("entries");
    page_rows(entries, "entry", request.filter);
    outcome.rows = "entries";
    outcome.text = [](const Json& body) { return entries_text(body["entries"]); };
  }
  if (request.week) outcome.talk.push_back("week " + request.week->to_text_with_days());
  return outcome;
}

}  // namespace

const Command& work_unconfirmed_command() {
  static const Command kCommand = {
      .name = "work unconfirmed",
      .summary = "what nobody has confirmed yet, as a list or by member and week",
      .example =
          "billctl work unconfirmed --matrix --period last-month\n"
          "billctl work unconfirmed --member maija --week 2026-W44",
      .arguments = {},
      .options = {{"--matrix", "", "hours by member and ISO week instead", {}, false},
                  {"--week", "WEEK", "only the sessions of this week, e.g. 2026-W44", {}, false},
                  {"--html", "FILE", "also write the matrix to FILE, as a heat map", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
