#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/rebill.hpp"

namespace billctl::cmd {
namespace {

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

/// The job page: failures are what a person must see, so they stand last, under the table.
std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["outcomes"].as_array()) {
    rows.push_back({each["client"].as_string(), each["outcome"].as_string(),
                    names_of(each["invoices"]), reasons_of(each["reasons"])});
  }
  std::string text = "job " + body["job"].as_string() + ", " + body["period"]["first"].as_string() +
                     ".." + body["period"]["last"].as_string() + "\n";
  text += table({"client", "outcome", "invoices", "reasons"}, rows);
  for (const Json& total : body["totals"].as_array()) {
    const bool one = total["invoices"].as_integer() == 1;
    text += cell_text(total["invoices"]) + (one ? " invoice, " : " invoices, ") +
            total["amounts"]["payable"].as_string() + " " + total["currency"].as_string() +
            " payable\n";
  }
  for (const Json& entry : body["unbilled"].as_array()) {
    text += "unbilled: " + entry["entry"].as_string() + " (" + entry["code"].as_string() + ")\n";
  }
  return text;
}

Outcome outcome_of(Report report) {
  Outcome outcome;
  outcome.body = std::move(report.body);
  outcome.exit = report.exit;
  outcome.rows = "outcomes";
  outcome.found_nothing = std::ranges::all_of(
      outcome.body["outcomes"].as_array(),
      [](const Json& each) { return each["outcome"].as_string() == "skipped"; });
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

/// The report on disk, whole or not at all.
void write_report(const std::string& path, const std::string& text) {
  const std::string building = path + ".part";
  unlink(building.c_str());
  const int file =
      open(building.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  const bool whole = file >= 0 &&
                     write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                     fsync(file) == 0;
  if (file >= 0) close(file);
  if (!whole || rename(building.c_str(), path.c_str()) != 0) {
    unlink(building.c_str());
    throw Error(Reason::io, "the job ran, but its report can't be written to " + path,
                "see it with `billctl rebill-job show ID`");
  }
}

Outcome run(Invocation& invocation) {
  RebillRequest request;
  request.job = load_job(invocation.arguments().front());
  if (const auto text = invocation.value("--period")) {
    request.period = Period::parse(*text, invocation.today());
    if (!request.period)
      throw Error(Reason::usage, "--period \"" + *text + "\" is no period",
                  "write 2026-10 or last-month");
  }
  request.clients = invocation.values("--client");
  Outcome outcome = outcome_of(rebill(invocation.session(), request));
  if (const auto path = invocation.value("--report"); path && invocation.dry_run() == DryRun::no) {
    write_report(*path, outcome.body.pretty() + "\n");
  }
  return outcome;
}

Outcome list(Invocation& invocation) {
  Outcome outcome;
  outcome.body = rebill_runs(invocation.session(), invocation.integer("--limit")).body;
  outcome.rows = "runs";
  outcome.text = [](const Json& body) {
    std::vector<std::vector<std::string>> rows;
    for (const Json& run : body["runs"].as_array()) {
      rows.push_back({cell_text(run["run"]), cell_text(run["job"]),
                      run["period"]["first"].as_string() + ".." + run["period"]["last"].as_string(),
                      cell_text(run["started"]), cell_text(run["actor"]), cell_text(run["clients"]),
                      cell_text(run["exit"])});
    }
    return table({">run", "job", "period", "started", "by", ">clients", ">exit"}, rows);
  };
  return outcome;
}

Outcome show(Invocation& invocation) {
  const std::string text = invocation.arguments().front();
  const auto id = Decimal::parse(text);
  constexpr std::int64_t kOne = 1'000'000;
  if (!id || id->micro() % kOne != 0)
    throw Error(Reason::usage, "\"" + text + "\" is no run's number",
                "see `billctl rebill-job list`");
  return outcome_of(rebill_run_report(invocation.session(), id->micro() / kOne));
}

}  // namespace

const Command& rebill_job_run_command() {
  static const Command kCommand = {
      .name = "rebill-job run",
      .summary = "invoice a selection of clients in one go, as a job file says",
      .example = "billctl rebill-job run support.toml --period last-month --report support.json",
      .arguments = {{"JOB", "the job file", true, false}},
      .options = {{"--period", "PERIOD", "in place of the file's period", {}, false},
                  {"--client", "CODE", "only these of the job's clients", {}, true},
                  {"--report", "FILE", "write the report, as JSON, to FILE", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

const Command& rebill_job_list_command() {
  static const Command kCommand = {
      .name = "rebill-job list",
      .summary = "list the runs of jobs, newest first",
      .example = "billctl rebill-job list --limit 12",
      .arguments = {},
      .options = {{"--limit", "N", "at most N runs", {}, false}},
      .filters = false,
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
      .example = "billctl rebill-job show 12",
      .arguments = {{"RUN", "its number", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

}  // namespace billctl::cmd
