#include <filesystem>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "page.hpp"
#include "pipeline/submissions.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

Instant launch_of(Invocation& invocation) {
  const auto text = invocation.value("--at");
  if (!text)
    throw Error(Reason::usage, "rebill-job submit needs --at TIME",
                "write 23:30, +2h or 2026-11-30T22:30:00Z; at once: `billctl rebill-job run`");
  if (const auto at = launch_time(*text, invocation.zone(), invocation.now())) return *at;
  throw Error(
      Reason::usage, "--at \"" + *text + "\" is no one time",
      "write 23:30, +2h or \"2026-11-30 23:30\"; where the clock skips or repeats that hour, an "
      "instant: 2026-11-30T22:30:00Z");
}

std::string submission_text(const Json& submission) {
  return "number " + cell_text(submission["submission"]) + ": job " +
         visible(submission["job"].as_string()) + ", " + period_text(submission["period"]) +
         ", due " + submission["due"].as_string() + ", " + submission["state"].as_string() + "\n";
}

Outcome submit(Invocation& invocation) {
  SubmitRequest request;
  request.at = launch_of(invocation);
  request.job = load_job(invocation.arguments().front());
  request.period = job_period_option(invocation);
  request.clients = invocation.values("--client");
  if (const auto path = invocation.value("--report"))
    request.report_path = std::filesystem::absolute(*path).string();
  request.lock_wait_seconds = invocation.ledger_request().lock_wait_seconds;
  Outcome outcome = outcome_of(submit_job(invocation.session(), request));
  if (outcome.body["note"].is_string())
    outcome.talk.push_back("note: " + outcome.body["note"].as_string());
  if (!outcome.body["submitted"].as_bool())
    outcome.talk.push_back("note: submitted already; nothing has changed");
  if (const Json& error = outcome.body["error"]; error.is_object())
    outcome.failures.push_back("billctl: " + cell_text(error["message"]));
  outcome.text = [](const Json& body) {
    std::string text = submission_text(body["submission"]);
    if (body["result"].is_object()) text += job_page_text(body["result"]);
    return text;
  };
  return outcome;
}

std::string due_text(const Json& body) {
  std::string text;
  std::vector<std::vector<std::string>> rows;
  for (const Json& run : body["runs"].as_array()) {
    rows.push_back({cell_text(run["submission"]), run["job"].as_string(),
                    period_text(run["period"]), run["due"].as_string(), cell_text(run["run"]),
                    cell_text(run["exit"])});
  }
  text = rows.empty() ? "nothing is due\n"
                      : table({">number", "job", "period", "due", ">run", ">exit"}, rows);
  if (body["next"].is_object())
    text += "next: number " + cell_text(body["next"]["submission"]) + ", job " +
            visible(body["next"]["job"].as_string()) + ", " + body["next"]["due"].as_string() +
            "\n";
  return text;
}

Outcome due(Invocation& invocation) {
  Outcome outcome =
      outcome_of(run_due(invocation.session(), invocation.ledger_request().lock_wait_seconds));
  outcome.rows = "runs";
  for (const Json& run : outcome.body["runs"].as_array()) {
    const std::string job = "job " + run["job"].as_string();
    if (run["note"].is_string())
      outcome.talk.push_back("note: " + job + ": " + run["note"].as_string());
    if (run["error"].is_object())
      outcome.failures.push_back("billctl: " + job + ": " + cell_text(run["error"]["message"]));
  }
  outcome.text = due_text;
  return outcome;
}

Outcome cancel(Invocation& invocation) {
  Outcome outcome;
  outcome.body =
      cancel_job(invocation.session(), job_number(invocation.arguments().front(), "submitted job"))
          .body;
  outcome.text = [](const Json& body) { return submission_text(body["submission"]); };
  return outcome;
}

}  // namespace

const Command& rebill_job_submit_command() {
  static const Command kCommand = {
      .name = "rebill-job submit",
      .summary = "launch a job later, at most 24 hours ahead",
      .example = "billctl rebill-job submit --at 23:30 support.toml --report /srv/support.json",
      .arguments = {{"JOB", "the job file, whose words are kept", true, false}},
      .options = {{"--at", "TIME", "23:30, +2h, \"2026-11-30 23:30\" or an instant", {}, false},
                  {"--period", "PERIOD", "in place of the file's period", {}, false},
                  {"--client", "CODE", "only these of the job's clients", {}, true},
                  {"--report", "FILE", "where the run writes its report", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = submit,
  };
  return kCommand;
}

const Command& rebill_job_run_due_command() {
  static const Command kCommand = {
      .name = "rebill-job run-due",
      .summary = "run the submitted jobs whose time has come, each once",
      .example = "billctl rebill-job run-due --lock-wait 10m",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = due,
  };
  return kCommand;
}

const Command& rebill_job_cancel_command() {
  static const Command kCommand = {
      .name = "rebill-job cancel",
      .summary = "take back a submitted job that waits",
      .example = "billctl rebill-job cancel 4",
      .arguments = {{"NUMBER", "of the submitted job", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = cancel,
  };
  return kCommand;
}

}  // namespace billctl::cmd
