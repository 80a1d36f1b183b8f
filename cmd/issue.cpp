#include "pipeline/issue_invoices.hpp"

#include <unistd.h>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "provider/sign_command.hpp"
#include "refusals.hpp"

namespace billctl::cmd {
namespace {

std::string month_of(Invocation& invocation, const std::string& text) {
  const auto period = Period::parse(text, invocation.today());
  const bool month =
      period && *period == Period::month(period->first().year(), period->first().month());
  if (!month)
    throw Error(Reason::usage, "--ar-period \"" + text + "\" is no month",
                "write it as 2026-10, this-month or last-month");
  return period->first().to_text().substr(0, 7);
}

void put_dates(Invocation& invocation, IssueManner& manner) {
  manner.date_period_end = invocation.value_or("--date", "") == "period-end";
  if (!manner.date_period_end) manner.date = invocation.date("--date");
  if (const auto period = invocation.value("--ar-period"))
    manner.ar_period = month_of(invocation, *period);
}

IssueRequest request_of(Invocation& invocation) {
  IssueRequest request;
  request.invoices = invocation.arguments();
  request.all_ready = invocation.has("--all-ready");
  if (request.invoices.empty() == !request.all_ready) {
    throw Error(Reason::usage, "issue needs invoices by name, or --all-ready",
                "see `billctl invoice list --state ready`");
  }
  if (request.all_ready) {
    request.filter = invocation.filter();
    if (!request.filter.states.empty())
      throw Error(Reason::usage, "--state has no meaning for issue", "it takes what is ready");
  }
  put_dates(invocation, request.manner);
  request.manner.number = invocation.value_or("--number", "");
  request.manner.comment = invocation.value_or("--comment", "");
  request.manner.revision = invocation.integer("--revision");
  request.manner.allow = invocation.values("--allow");
  request.signer = sign_command(invocation.config().invoice.sign_cmd);
  return request;
}

Json arguments_of(Invocation& invocation) {
  Json arguments = Json::object();
  Json invoices = Json::array();
  for (const std::string& name : invocation.arguments()) invoices.push(name);
  arguments.set("invoices", std::move(invoices));
  for (const char* option : {"--date", "--number", "--ar-period", "--comment", "--revision"}) {
    if (const auto value = invocation.value(option)) arguments.set(option + 2, *value);
  }
  if (invocation.has("--all-ready")) arguments.set("all-ready", true);
  for (const std::string& code : invocation.values("--allow")) {
    if (!arguments.find("allow")) arguments.set("allow", Json::array());
    arguments.find("allow")->push(code);
  }
  return arguments;
}

std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["issued"].as_array()) {
    rows.push_back({cell_text(each["invoice"]), cell_text(each["number"]), cell_text(each["date"]),
                    cell_text(each["amounts"]["excl_tax"]), cell_text(each["amounts"]["tax"]),
                    cell_text(each["amounts"]["payable"])});
  }
  std::string text;
  if (!rows.empty())
    text = table({"draft", "number", "date", ">excl. tax", ">tax", ">payable"}, rows);
  text += std::to_string(rows.size()) + " issued";
  const std::size_t refused = body["refused"].as_array().size();
  return text + (refused > 0 ? ", " + std::to_string(refused) + " refused" : "") + "\n";
}

void ask(Invocation& invocation, const IssueRequest& request) {
  if (isatty(STDIN_FILENO) == 0 || invocation.has("--yes")) return;
  const std::size_t count = count_to_issue(invocation.session(), request);
  if (count > 1) invocation.confirm_on_terminal("issue " + std::to_string(count) + " invoices");
}

Outcome run(Invocation& invocation) {
  const IssueRequest request = request_of(invocation);
  ask(invocation, request);
  Outcome outcome =
      outcome_of(issue_invoices(invocation.session(), request, arguments_of(invocation)));
  outcome.rows = "issued";
  tell_refusals(outcome, "issue");
  for (const Json& warning : outcome.body["warnings"].as_array()) {
    outcome.talk.push_back("warning: invoice " + cell_text(warning["invoice"]) + ": " +
                           cell_text(warning["detail"]));
  }
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

}  // namespace

const Command& issue_command() {
  static const Command kCommand = {
      .name = "issue",
      .summary = "make drafts into final invoices: dated, numbered, sealed",
      .example = "billctl issue DRAFT00007\nbillctl issue --all-ready --date period-end",
      .arguments = {{"INVOICE", "by any name", false, true}},
      .options = {{"--all-ready",
                   "",
                   "every ready one that the filters leave, by draft number",
                   {},
                   false},
                  {"--date", "DATE", "the invoice date, or period-end (default: today)", {}, false},
                  {"--number", "NUMBER", "this number, outside the series", {}, false},
                  {"--ar-period", "MONTH", "another AR period than the date's month", {}, false},
                  {"--comment", "TEXT", "put on top of the notes", {}, false},
                  {"--revision", "N", "refuse when the draft has changed since", {}, false},
                  {"--allow", "CODE", "issue in spite of this", allowable_codes(), true},
                  from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
