#include <map>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/work_report.hpp"
#include "sorting.hpp"
#include "text/visible.hpp"
#include "work/picture.hpp"

namespace billctl::cmd {
namespace {

std::string names(const Json& list) {
  std::string text;
  for (const Json& one : list.as_array()) text += (text.empty() ? "" : ", ") + one.as_string();
  return text;
}

std::string note(const Json& row) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
  if (!row["fixed_unconfirmed"].is_null())
    add(cell_text(row["fixed_unconfirmed"]) + " fixed and unconfirmed");
  if (const std::int64_t unpriced = row["unpriced"].as_integer(); unpriced > 0)
    add(std::to_string(unpriced) + " without a price");
  return text;
}

const std::vector<std::string> kHeads = {"client",
                                         "project",
                                         ">billable",
                                         ">contractual",
                                         ">unconfirmed",
                                         ">value",
                                         ">products",
                                         ">unconfirmed value",
                                         "",
                                         "open invoices",
                                         ""};

std::vector<std::vector<std::string>> cells(const Json& list) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& row : list.as_array()) {
    rows.push_back({cell_text(row["client"]), cell_text(row["project"]),
                    hours(row["billable_seconds"]), hours(row["contractual_seconds"]),
                    hours(row["unconfirmed_seconds"]), cell_text(row["value"]),
                    cell_text(row["products_value"]), cell_text(row["unconfirmed_value"]),
                    cell_text(row["currency"]), names(row["open_invoices"]), note(row)});
  }
  return rows;
}

/// What of a session is its amount of work.
std::string worked(const Json& session) {
  if (session["seconds"].is_integer()) return hours(session["seconds"]);
  if (session["distance_km"].is_string()) return cell_text(session["distance_km"]) + " km";
  if (session["quantity"].is_string())
    return cell_text(session["quantity"]) + " " + cell_text(session["unit"]);
  return "";
}

std::vector<std::vector<std::string>> session_cells(const Json& sessions) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& one : sessions.as_array()) {
    const std::string said = one["reason"].is_null() ? (one["unpriced"].as_bool() ? "no price" : "")
                                                     : cell_text(one["reason"]);
    rows.push_back({cell_text(one["entry"]), cell_text(one["work_date"]), cell_text(one["kind"]),
                    cell_text(one["task"]), cell_text(one["member"]), worked(one),
                    cell_text(one["part"]), cell_text(one["value"]), said,
                    cell_text(one["description"])});
  }
  return rows;
}

const std::vector<std::string> kSessionHeads = {"entry", "date", "kind",   "task", "member",
                                                ">work", "",     ">value", "",     "description"};

std::vector<std::vector<std::string>> invoice_cells(const Json& invoices) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& one : invoices.as_array()) {
    rows.push_back({cell_text(one["invoice"]), cell_text(one["state"]), cell_text(one["date"]),
                    cell_text(one["amounts"]["payable"]), cell_text(one["currency"])});
  }
  return rows;
}

const std::vector<std::string> kInvoiceHeads = {"invoice", "state", "date", ">payable", ""};

/// `acme/web  Acme Oy, Website`
std::string title_of(const Json& row) {
  const std::string project = cell_text(row["project"]);
  std::string title = cell_text(row["client"]) + (project.empty() ? "" : "/" + project);
  if (row["client_name"].is_string()) {
    title += "  " + cell_text(row["client_name"]);
    if (row["project_name"].is_string()) title += ", " + cell_text(row["project_name"]);
  }
  return title;
}

std::string comment_line(const Json& row, const char* noun, const char* field) {
  const std::string comment = cell_text(row[field]);
  return comment.empty() ? "" : visible(std::string(noun) + ": " + comment) + "\n";
}

std::string detail_text(const Json& row) {
  std::string text = "\n" + visible(title_of(row)) + "\n";
  text += comment_line(row, "client comment", "client_comment") +
          comment_line(row, "project comment", "project_comment");
  text += table(kSessionHeads, session_cells(row["sessions"]));
  if (const Json* invoices = row.find("invoices"); invoices != nullptr) {
    if (!invoices->as_array().empty())
      text += "previous invoices\n" + table(kInvoiceHeads, invoice_cells(*invoices));
  }
  return text;
}

std::string list_text(const Json& list) {
  if (list.as_array().empty()) return "nothing waits to be invoiced\n";
  std::string text = table(kHeads, cells(list));
  for (const Json& row : list.as_array())
    if (row.find("sessions") != nullptr) text += detail_text(row);
  return text;
}

std::string list_html(const Json& list, bool test) {
  std::string body = table_html(kHeads, cells(list));
  std::map<std::string, std::vector<Bar>> by_currency;
  for (const Json& row : list.as_array()) {
    const std::string currency = cell_text(row["currency"]);
    const std::string project = cell_text(row["project"]);
    by_currency[currency].push_back(
        {cell_text(row["client"]) + (project.empty() ? "" : " / ") + project,
         weight(row["value"]) + weight(row["products_value"]),
         cell_text(row["value"]) + " + " + cell_text(row["products_value"]) + " " + currency,
         "#2a7fa8"});
  }
  for (const auto& [currency, bars] : by_currency) {
    body += "<h2>Value and products, " + page_text(currency) + "</h2>\n";
    body += bars_svg(bars);
  }
  for (const Json& row : list.as_array()) {
    if (row.find("sessions") == nullptr) continue;
    body += "<h2>" + page_text(title_of(row)) + "</h2>\n";
    for (const char* field : {"client_comment", "project_comment"})
      if (row[field].is_string()) body += "<p>" + page_text(cell_text(row[field])) + "</p>\n";
    body += table_html(kSessionHeads, session_cells(row["sessions"]));
    if (row.find("invoices") != nullptr)
      body += table_html(kInvoiceHeads, invoice_cells(row["invoices"]));
  }
  return page_html("Work to be invoiced", test, body);
}

WorkListRequest request_of(Invocation& invocation) {
  WorkListRequest request;
  request.filter = invocation.filter();
  for (const std::string& state : request.filter.states) {
    if (state != "unconfirmed")
      throw Error(Reason::usage, "--state \"" + state + "\": work list shows what is on no invoice",
                  "--unconfirmed restricts it to what is not confirmed");
  }
  request.unconfirmed = invocation.has("--unconfirmed") || !request.filter.states.empty();
  request.filter.states.clear();
  request.detail = invocation.has("--detail") || !request.filter.tasks.empty() ||
                   !request.filter.projects.empty();
  return request;
}

Outcome run(Invocation& invocation) {
  const WorkListRequest request = request_of(invocation);
  Outcome outcome;
  outcome.body = work_list(invocation.session(), request);
  Json& rows = *outcome.body.find("rows");
  sort_rows(rows, request.filter.sort);
  limit_rows(rows, request.filter.limit);
  outcome.rows = "rows";
  std::int64_t unpriced = 0;
  bool joins = false;
  for (const Json& row : rows.as_array()) {
    unpriced += row["unpriced"].as_integer();
    joins = joins || !row["open_invoices"].as_array().empty();
  }
  if (unpriced > 0) outcome.talk.push_back("warning: " + unpriced_text(unpriced));
  if (joins)
    outcome.talk.push_back("hint: add to an open invoice with `billctl generate --into auto`");
  if (invocation.has("--html"))
    write_picture(invocation, list_html(rows, invocation.session().tenant.test));
  outcome.text = [](const Json& body) { return list_text(body["rows"]); };
  return outcome;
}

}  // namespace

const Command& work_list_command() {
  static const Command kCommand = {
      .name = "work list",
      .summary = "what waits to be invoiced, by client and project",
      .example =
          "billctl work list --period last-month\nbillctl work list --project web\n"
          "billctl work list --unconfirmed --member maija",
      .arguments = {},
      .options =
          {{"--unconfirmed", "", "only what nobody confirmed yet, with its sessions", {}, false},
           {"--detail",
            "",
            "with the sessions, previous invoices and comments; --project and --task imply it",
            {},
            false},
           {"--html", "FILE", "also write it to FILE, with a chart", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
