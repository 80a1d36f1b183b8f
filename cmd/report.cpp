#include <algorithm>
#include <array>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/reports.hpp"
#include "pipeline/work_reports.hpp"
#include "render/whole_file.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

using Make = Json (*)(Session&, const ReportRequest&);

/// What is set to the right.
bool is_amount(const std::string& field) {
  static constexpr auto kAmounts = std::to_array<std::string_view>({"revenue",
                                                                    "products",
                                                                    "amount",
                                                                    "base",
                                                                    "billed",
                                                                    "recognised",
                                                                    "applied",
                                                                    "balance",
                                                                    "accounting_amount",
                                                                    "rate",
                                                                    "pending",
                                                                    "drafted",
                                                                    "unbilled",
                                                                    "days_0_30",
                                                                    "days_31_60",
                                                                    "days_61_90",
                                                                    "over_90",
                                                                    "entries",
                                                                    "seconds",
                                                                    "recorded_seconds",
                                                                    "compiled_seconds",
                                                                    "drafted_seconds",
                                                                    "issued_seconds"});
  return std::ranges::find(kAmounts, field) != kAmounts.end();
}

/// `incl tax`; of an age, `31-60 days`.
std::string head_of(const std::string& field) {
  std::string head = field.starts_with("days_") ? field.substr(5) + " days" : field;
  std::ranges::replace(head, '_', field == head ? ' ' : '-');
  return head;
}

std::string rows_table(const Json& rows) {
  if (rows.as_array().empty()) return "nothing to report\n";
  std::vector<std::string> heads;
  for (const auto& [field, value] : rows.as_array().front().as_object()) {
    heads.push_back((is_amount(field) ? ">" : "") + head_of(field));
  }
  std::vector<std::vector<std::string>> cells;
  for (const Json& row : rows.as_array()) {
    cells.emplace_back();
    for (const auto& [field, value] : row.as_object()) cells.back().push_back(cell_text(value));
  }
  return table(heads, cells);
}

/// `total EUR: revenue 160.00, products 9.90`, a line for each currency.
std::string totals_text(const Json& totals, const std::string& what) {
  std::string text;
  for (const Json& total : totals.as_array()) {
    std::string sums;
    for (const auto& [field, value] : total.as_object())
      if (field != "currency") sums += (sums.empty() ? "" : ", ") + field + " " + cell_text(value);
    const bool money = total.find("currency") != nullptr;
    text += what + (money ? " " + cell_text(total["currency"]) : "") + ": " + sums + "\n";
  }
  return text;
}

std::string text_of(const Json& body) {
  std::string text = rows_table(body["rows"]) + totals_text(body["totals"], "total");
  if (body["accounting"].is_array()) text += totals_text(body["accounting"], "accounting");
  if (body["differences"].is_array() && !body["differences"].as_array().empty())
    text += "\n" + rows_table(body["differences"]);
  return text;
}

std::string html_table(const Json& rows) {
  if (rows.as_array().empty()) return "<p>nothing to report</p>\n";
  std::string html = "<table>\n<tr>";
  for (const auto& [field, value] : rows.as_array().front().as_object())
    html += "<th>" + page_text(field) + "</th>";
  html += "</tr>\n";
  for (const Json& row : rows.as_array()) {
    html += "<tr>";
    for (const auto& [field, value] : row.as_object())
      html += std::string(is_amount(field) ? "<td class=\"n\">" : "<td>") +
              page_text(cell_text(value)) + "</td>";
    html += "</tr>\n";
  }
  return html + "</table>\n";
}

std::string html_of(const std::string& title, bool test, const Json& body) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
      page_text(title) +
      "</title>\n<style>body{font-family:sans-serif}table{border-collapse:collapse;margin:1em 0}"
      "th,td{border:1px solid #999;padding:.2em .6em;text-align:left}.n{text-align:right}</style>"
      "\n</head>\n<body>\n<h1>" +
      page_text(title) + "</h1>\n";
  if (test) html += "<p>TEST</p>\n";
  if (!body["as_of"].is_null())
    html += "<p>as of " + page_text(cell_text(body["as_of"])) + "</p>\n";
  html += html_table(body["rows"]) + html_table(body["totals"]);
  for (const char* more : {"accounting", "differences"})
    if (body[more].is_array()) html += html_table(body[more]);
  return html + "</body>\n</html>\n";
}

Outcome run(Invocation& invocation, Make make) {
  ReportRequest request;
  request.filter = invocation.filter();
  request.as_of = invocation.date("--as-of");
  if (!request.filter.after.empty())
    throw Error(Reason::usage, "--after has no meaning for a report", "it has no pages");
  Outcome outcome;
  outcome.body = make(invocation.session(), request);
  Json& rows = *outcome.body.find("rows");
  sort_rows(rows, request.filter.sort);
  limit_rows(rows, request.filter.limit);
  outcome.rows = "rows";
  const auto file = invocation.value("--html");
  if (file && invocation.dry_run() == DryRun::no)
    write_whole_file(
        *file, html_of(invocation.command().name, invocation.session().tenant.test, outcome.body));
  outcome.text = text_of;
  return outcome;
}

template <Make make>
Command command(const char* name, const char* summary, const char* example) {
  return {.name = name,
          .summary = summary,
          .example = example,
          .arguments = {},
          .options = {{"--as-of", "DATE", "only what is dated up to then", {}, false},
                      {"--html", "FILE", "write it as a page too", {}, false}},
          .filters = true,
          .opens = Opens::ledger,
          .writes = Writes::no,
          .run = [](Invocation& invocation) { return run(invocation, make); }};
}

}  // namespace

const Command& report_revenue_command() {
  static const Command kCommand = command<report_revenue>(
      "report revenue", "tell what was invoiced by client, project and month, products apart",
      "billctl report revenue --period 2026-Q4");
  return kCommand;
}

const Command& report_wip_command() {
  static const Command kCommand =
      command<report_wip>("report wip", "tell the money of work that is on no issued invoice",
                          "billctl report wip --as-of 2026-10-31");
  return kCommand;
}

const Command& report_aged_unbilled_command() {
  static const Command kCommand =
      command<report_aged_unbilled>("report aged-unbilled", "tell how old the unbilled work is",
                                    "billctl report aged-unbilled --html aged.html");
  return kCommand;
}

const Command& report_funnel_command() {
  static const Command kCommand = command<report_funnel>(
      "report funnel", "tell how far recorded hours have come, and what held up the rest",
      "billctl report funnel --period last-month");
  return kCommand;
}

const Command& report_adjustments_command() {
  static const Command kCommand = command<report_adjustments>(
      "report adjustments", "list what was adjusted on invoices, by whom and why",
      "billctl report adjustments --client acme");
  return kCommand;
}

const Command& report_prepayments_command() {
  static const Command kCommand = command<report_prepayments>(
      "report prepayments", "tell what was invoiced ahead on contract lines and is left of it",
      "billctl report prepayments --as-of 2026-10-31");
  return kCommand;
}

const Command& report_tax_command() {
  static const Command kCommand =
      command<report_tax>("report tax", "sum up the tax of issued invoices by tax, rate and month",
                          "billctl report tax --period 2026-10 --html tax.html");
  return kCommand;
}

}  // namespace billctl::cmd
