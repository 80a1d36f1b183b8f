#include <exception>

#include "commands.hpp"
#include "config/config_file.hpp"
#include "invocation.hpp"
#include "page.hpp"
#include "pipeline/rebill.hpp"
#include "render/whole_file.hpp"
#include "text/error_json.hpp"

namespace billctl::cmd {
namespace {

constexpr const char* kName = "rebill-job run";

/// --report FILE: written whatever becomes of the run. A place that can't be written is found
/// before any work; a run that is killed leaves the word `running`.
class ReportFile {
 public:
  explicit ReportFile(Invocation& invocation)
      : path_(invocation.value("--report")), dry_(invocation.dry_run() == DryRun::yes) {
    write(Json::object({{"running", true}}));
  }
  void write(const Json& body) {
    Json whole = Json::object({{"format", 1}, {"command", kName}, {"dry_run", dry_}});
    for (const auto& [key, value] : body.as_object()) whole.set(key, value);
    put(whole);
  }
  void write(const Error& error) { put(refusal_json(kName, error)); }

 private:
  void put(const Json& whole) {
    if (path_) write_whole_file(*path_, whole.pretty() + "\n");
  }
  std::optional<std::string> path_;
  bool dry_;
};

/// The job of a plan stands in it; a job file beside it must still say the same.
void read_plan(Invocation& invocation, const std::string& path, RebillRequest& request) {
  if (invocation.has("--period") || invocation.has("--client"))
    throw Error(Reason::usage, "--plan and --period or --client are one too many",
                "a plan has its period and its clients; make another with `rebill-job plan`");
  request.plan = parse_plan(read_other_text(path, "the plan", Reason::bad_input), path);
  if (invocation.arguments().empty()) return;
  if (request.job.content == request.plan->content) return;
  throw Error(Reason::bad_job, {Mistake{{request.job.file, 0, 0},
                                        "the job file has changed since the plan " + path,
                                        "make the plan anew with -o " + path}});
}

RebillRequest request_of(Invocation& invocation) {
  const auto plan = invocation.value("--plan");
  if (invocation.arguments().empty() && !plan)
    throw Error(Reason::usage, "rebill-job run needs JOB, a job file, or --plan FILE");
  RebillRequest request;
  if (!invocation.arguments().empty()) request.job = load_job(invocation.arguments().front());
  if (plan) read_plan(invocation, *plan, request);
  request.period = job_period_option(invocation);
  request.clients = invocation.values("--client");
  request.lock_wait_seconds = invocation.ledger_request().lock_wait_seconds;
  return request;
}

Outcome carry_out(Invocation& invocation, ReportFile& file) {
  try {
    const RebillRequest request = request_of(invocation);
    return job_outcome(rebill(invocation.session(), request));
  } catch (const Error& error) {
    file.write(error);
    throw;
  } catch (const std::exception& failure) {
    file.write(Error(Reason::failed, failure.what()));
    throw;
  }
}

Outcome run(Invocation& invocation) {
  ReportFile file(invocation);
  Outcome outcome = carry_out(invocation, file);
  try {
    file.write(outcome.body);
    write_job_page(invocation, outcome);
  } catch (const Error& error) {
    throw Error(error.code(), "the job ran, but " + error.message(),
                "see it with `billctl rebill-job list` and `rebill-job show`");
  }
  return outcome;
}

}  // namespace

const Command& rebill_job_run_command() {
  static const Command kCommand = {
      .name = kName,
      .summary = "invoice a selection of clients in one go, as a job file says",
      .example =
          "billctl rebill-job run support.toml --period last-month --report support.json\n"
          "billctl rebill-job run --plan october.json",
      .arguments = {{"JOB", "the job file", false, false}},
      .options = {{"--period", "PERIOD", "in place of the file's period", {}, false},
                  {"--client", "CODE", "only these of the job's clients", {}, true},
                  {"--plan", "FILE", "bill exactly what this plan says, or nothing", {}, false},
                  {"--report", "FILE", "write the report, as JSON, whatever happens", {}, false},
                  {"--html", "FILE", "write the job page", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
