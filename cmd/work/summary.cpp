#include <algorithm>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/work_report.hpp"
#include "work/picture.hpp"

namespace billctl::cmd {
namespace {

/// A line of the summary: what it is, its hours, its money.
struct Line {
  std::string label;
  std::int64_t seconds = 0;
  Json amount;
  const char* colour = "#2a7fa8";
};

std::vector<Line> lines_of(const Json& sum) {
  const auto seconds = [&](const char* field) { return sum[field].as_integer(); };
  std::vector<Line> lines = {
      {"billable", seconds("billable_seconds"), sum["value"], "#2a7fa8"},
      {"unbillable", seconds("unbillable_seconds"), Json(), "#9aa7b0"},
      {"products", 0, sum["products_value"], "#5fafd0"},
      {"unconfirmed", seconds("unconfirmed_seconds"), sum["unconfirmed_value"], "#d99a2b"},
  };
  if (weight(sum["unconfirmed_products_value"]) > 0)
    lines.push_back({"unconfirmed products", 0, sum["unconfirmed_products_value"], "#e6bd6f"});
  if (!sum["fixed_unconfirmed"].is_null())
    lines.push_back({"fixed, unconfirmed", 0, sum["fixed_unconfirmed"], "#b5651d"});
  return lines;
}

std::string note(const Json& sum) {
  const std::int64_t unpriced = sum["unpriced"].as_integer();
  if (unpriced == 0) return "";
  return unpriced_text(unpriced);
}

std::string text_of(const Json& sums) {
  if (sums.as_array().empty()) return "nothing waits to be invoiced\n";
  constexpr std::int64_t kCells = 20;
  std::string text;
  for (const Json& sum : sums.as_array()) {
    const std::vector<Line> lines = lines_of(sum);
    std::int64_t most_seconds = 0, most = 0;
    for (const Line& line : lines) {
      most_seconds = std::max(most_seconds, line.seconds);
      most = std::max(most, weight(line.amount));
    }
    std::vector<std::vector<std::string>> rows;
    for (const Line& line : lines) {
      const bool timed =
          line.label == "billable" || line.label == "unbillable" || line.label == "unconfirmed";
      rows.push_back({line.label, timed && line.seconds == 0 ? "0:00" : hours(line.seconds),
                      bar(line.seconds, most_seconds, kCells), cell_text(line.amount),
                      bar(weight(line.amount), most, kCells)});
    }
    text += (text.empty() ? "" : "\n") +
            table({cell_text(sum["currency"]), ">hours", "", ">value", ""}, rows);
    if (const std::string said = note(sum); !said.empty()) text += said + "\n";
  }
  return text;
}

std::string html_of(const Json& sums, bool test) {
  std::string body;
  for (const Json& sum : sums.as_array()) {
    const std::string currency = cell_text(sum["currency"]);
    std::vector<Bar> time, money;
    std::vector<std::vector<std::string>> rows;
    for (const Line& line : lines_of(sum)) {
      rows.push_back({line.label, hours(line.seconds), cell_text(line.amount)});
      if (line.seconds > 0)
        time.push_back({line.label, line.seconds, hours(line.seconds), line.colour});
      if (weight(line.amount) > 0)
        money.push_back({line.label, weight(line.amount), cell_text(line.amount) + " " + currency,
                         line.colour});
    }
    body += "<h2>" + page_text(currency) + "</h2>\n";
    body += table_html({"", ">hours", ">value"}, rows);
    if (!time.empty()) body += "<h3>Hours</h3>\n" + bars_svg(time);
    if (!money.empty()) body += "<h3>Value</h3>\n" + bars_svg(money);
    if (const std::string said = note(sum); !said.empty())
      body += "<p>" + page_text(said) + "</p>\n";
  }
  if (body.empty()) body = "<p>nothing waits to be invoiced</p>\n";
  return page_html("Summary of work", test, body);
}

Outcome run(Invocation& invocation) {
  const Filter filter = invocation.filter();
  for (const char* option : {"--limit", "--after", "--sort", "--state"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for work summary");
  }
  Outcome outcome;
  outcome.body = work_summary(invocation.session(), filter);
  outcome.rows = "by_currency";
  write_picture(invocation, html_of(outcome.body["by_currency"], invocation.session().tenant.test));
  outcome.text = [](const Json& body) { return text_of(body["by_currency"]); };
  return outcome;
}

}  // namespace

const Command& work_summary_command() {
  static const Command kCommand = {
      .name = "work summary",
      .summary = "hours and value of what waits to be invoiced, by currency",
      .example =
          "billctl work summary --period last-month\n"
          "billctl work summary --client acme --html summary.html",
      .arguments = {},
      .options = {{"--html", "FILE", "also write it to FILE, with charts", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
