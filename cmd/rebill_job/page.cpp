#include "page.hpp"

#include <algorithm>

#include "output.hpp"
#include "render/whole_file.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string names_of(const Json& list) {
  std::string text;
  for (const Json& name : list.as_array()) text += (text.empty() ? "" : ", ") + name.as_string();
  return text;
}

std::string reasons_of(const Json& list) {
  std::string text;
  for (const Json& reason : list.as_array()) {
    text += (text.empty() ? "" : "; ") + reason["code"].as_string();
    if (reason["detail"].is_string()) text += ": " + reason["detail"].as_string();
  }
  return text;
}

Rows outcome_rows(const Json& body) {
  Rows rows;
  for (const Json& each : body["outcomes"].as_array()) {
    rows.push_back({each["client"].as_string(), each["outcome"].as_string(),
                    names_of(each["invoices"]), reasons_of(each["reasons"])});
  }
  return rows;
}

std::string total_text(const Json& total) {
  const bool one = total["invoices"].as_integer() == 1;
  return cell_text(total["invoices"]) + (one ? " invoice, " : " invoices, ") +
         total["amounts"]["payable"].as_string() + " " + total["currency"].as_string() + " payable";
}

std::string informed_text(const Json& informed) {
  std::string text = informed["to"].as_string() + " (" + informed["state"].as_string();
  if (informed["message"].is_string()) text += ": " + informed["message"].as_string();
  return text + ")";
}

/// The facts beside the outcomes, a line each: what failed is what a person must see, so it stands
/// last, under the table.
std::vector<std::string> fact_lines(const Json& body) {
  std::vector<std::string> lines;
  for (const Json& total : body["totals"].as_array()) lines.push_back(total_text(total));
  for (const Json& late : body["late"].as_array())
    lines.push_back("late: " + late["entry"].as_string() + " of " + late["work_date"].as_string());
  for (const Json& entry : body["unbilled"].as_array())
    lines.push_back("unbilled: " + entry["entry"].as_string() + " (" + entry["code"].as_string() +
                    ")");
  for (const Json& each : body["unsent"].as_array())
    lines.push_back("unsent: " + each["invoice"].as_string() + " (" + each["code"].as_string() +
                    ")");
  if (body["delivery"].is_object())
    lines.push_back("not delivered: " + body["delivery"]["message"].as_string());
  if (body["informed"].is_object()) lines.push_back("informed: " + informed_text(body["informed"]));
  if (body["note"].is_string()) lines.push_back("note: " + body["note"].as_string());
  return lines;
}

std::string heading(const Json& body) {
  return "job " + body["job"].as_string() + ", " + period_text(body["period"]);
}

std::string html_row(const std::vector<std::string>& cells, const std::string& tag,
                     const std::string& state) {
  std::string html = state.empty() ? "<tr>" : "<tr class=\"" + state + "\">";
  for (const std::string& cell : cells)
    html += "<" + tag + ">" + page_text(cell) + "</" + tag + ">";
  return html + "</tr>\n";
}

std::string counts_html(const Json& body) {
  std::string html = "<p class=\"counts\">";
  for (const char* outcome : {"created", "not_validated", "failed", "skipped"}) {
    const auto count = std::ranges::count_if(body["outcomes"].as_array(), [&](const Json& each) {
      return each["outcome"].as_string() == outcome;
    });
    html += "<span class=\"" + std::string(outcome) + "\">" + std::to_string(count) + " " +
            outcome + "</span> ";
  }
  return html + "</p>\n";
}

constexpr const char* kStyle =
    "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}"
    "th,td{border:1px solid #bbb;padding:.25em .7em;text-align:left;vertical-align:top}"
    "th{background:#f2f2f2}.counts span{padding:.2em .7em;margin-right:.3em}"
    ".created{background:#e3f4e1}.not_validated{background:#fff0cc}.failed{background:#fadcdc}"
    ".skipped{background:#f2f2f2}";

}  // namespace

std::string period_text(const Json& period) {
  return period["first"].as_string() + ".." + period["last"].as_string();
}

std::optional<Period> job_period_option(Invocation& invocation) {
  const auto text = invocation.value("--period");
  if (!text) return std::nullopt;
  if (const auto period = Period::parse(*text, invocation.today())) {
    invocation.echo_period(*period);
    return period;
  }
  throw Error(Reason::usage, "--period \"" + *text + "\" is no period",
              "write 2026-10 or last-month");
}

std::int64_t job_number(const std::string& text, const std::string& what) {
  const auto number = Decimal::parse(text);
  constexpr std::int64_t kOne = 1'000'000;
  if (number && number->micro() % kOne == 0 && number->micro() >= 0) return number->micro() / kOne;
  throw Error(Reason::usage, "\"" + text + "\" is no number of a " + what,
              "see `billctl rebill-job list`");
}

std::string job_page_text(const Json& body) {
  std::string text = heading(body) + "\n";
  text += table({"client", "outcome", "invoices", "reasons"}, outcome_rows(body));
  for (const std::string& line : fact_lines(body)) text += visible(line) + "\n";
  return text;
}

std::string job_page_html(const Json& body, bool test) {
  const std::string title = page_text(heading(body));
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title +
      "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
  if (test) html += "<p>TEST</p>\n";
  html += counts_html(body);
  html += "<table>\n" + html_row({"client", "outcome", "invoices", "reasons"}, "th", "");
  for (const auto& row : outcome_rows(body)) html += html_row(row, "td", row[1]);
  html += "</table>\n<ul>\n";
  for (const std::string& line : fact_lines(body)) html += "<li>" + page_text(line) + "</li>\n";
  return html + "</ul>\n</body>\n</html>\n";
}

Outcome job_outcome(Report report) {
  Outcome outcome = outcome_of(std::move(report));
  outcome.rows = "outcomes";
  outcome.found_nothing = std::ranges::all_of(
      outcome.body["outcomes"].as_array(),
      [](const Json& each) { return each["outcome"].as_string() == "skipped"; });
  const Json& informed = outcome.body["informed"];
  if (informed.is_object() && informed["state"].as_string() != "sent" &&
      informed["state"].as_string() != "queued")
    outcome.failures.push_back("billctl: not informed: " + informed_text(informed));
  if (outcome.body["note"].is_string())
    outcome.talk.push_back("note: " + outcome.body["note"].as_string());
  outcome.text = job_page_text;
  return outcome;
}

void write_job_page(Invocation& invocation, const Outcome& outcome) {
  if (invocation.dry_run() == DryRun::yes) return;
  if (const auto file = invocation.value("--html"))
    write_whole_file(*file, job_page_html(outcome.body, invocation.session().tenant.test));
}

}  // namespace billctl::cmd
