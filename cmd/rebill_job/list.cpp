#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "page.hpp"
#include "pipeline/rebill.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string submitted_text(const Json& submitted) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : submitted.as_array()) {
    const std::string& state = each["state"].as_string();
    if (state != "waiting" && state != "running" && state != "failed") continue;
    rows.push_back({cell_text(each["submission"]), each["job"].as_string(),
                    period_text(each["period"]), each["due"].as_string(), state,
                    cell_text(each["message"])});
  }
  if (rows.empty()) return "";
  return table({">submitted", "job", "period", "due", "state", "message"}, rows) + "\n";
}

std::string list_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& run : body["runs"].as_array()) {
    rows.push_back({cell_text(run["run"]), cell_text(run["job"]), period_text(run["period"]),
                    cell_text(run["started"]), cell_text(run["actor"]), cell_text(run["clients"]),
                    cell_text(run["exit"])});
  }
  return submitted_text(body["submitted"]) +
         table({">run", "job", "period", "started", "by", ">clients", ">exit"}, rows);
}

Outcome list(Invocation& invocation) {
  Outcome outcome;
  const Filter filter = invocation.filter();
  outcome.body = rebill_runs(invocation.session(), filter).body;
  page_rows(*outcome.body.find("runs"), "run", filter);
  outcome.rows = "runs";
  outcome.found_nothing = outcome.body["runs"].as_array().empty();
  outcome.text = list_text;
  return outcome;
}

Outcome show(Invocation& invocation) {
  const std::int64_t run = job_number(invocation.arguments().front(), "run");
  Outcome outcome = job_outcome(rebill_run_report(invocation.session(), run));
  outcome.failures.clear();
  outcome.talk.clear();
  write_job_page(invocation, outcome);
  return outcome;
}

}  // namespace

const Command& rebill_job_list_command() {
  static const Command kCommand = {
      .name = "rebill-job list",
      .summary = "list the runs of jobs, newest first, and what is submitted",
      .example = "billctl rebill-job list --limit 12\nbillctl rebill-job list --client acme",
      .arguments = {},
      .options = {},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& rebill_job_show_command() {
  static const Command kCommand = {
      .name = "rebill-job show",
      .summary = "show a run of a job: each client's outcome and reasons",
      .example = "billctl rebill-job show 12 --html october.html",
      .arguments = {{"RUN", "its number", true, false}},
      .options = {{"--html", "FILE", "write the job page", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

}  // namespace billctl::cmd
