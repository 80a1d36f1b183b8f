#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "page.hpp"
#include "pipeline/rebill.hpp"
#include "render/whole_file.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

constexpr const char* kName = "rebill-job plan";

std::string amounts_of(const Json& totals) {
  std::string text;
  for (const Json& total : totals.as_array())
    text += (text.empty() ? "" : ", ") + total["amounts"]["excl_tax"].as_string() + " " +
            total["currency"].as_string();
  return text;
}

std::string amounts_before(const Json& previous) {
  std::string text;
  for (const Json& total : previous.as_array())
    text += (text.empty() ? "" : ", ") + total["excl_tax"].as_string() + " " +
            total["currency"].as_string();
  return text;
}

std::string reason_codes(const Json& reasons) {
  std::string text;
  for (const Json& reason : reasons.as_array()) {
    text += (text.empty() ? "" : "; ") + reason["code"].as_string();
    if (reason["detail"].is_string()) text += ": " + reason["detail"].as_string();
  }
  return text;
}

std::string plan_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["outcomes"].as_array()) {
    rows.push_back({each["client"].as_string(), each["outcome"].as_string(),
                    cell_text(each["lines"]), amounts_of(each["totals"]),
                    amounts_before(each["previous"]), reason_codes(each["reasons"])});
  }
  std::string text =
      "plan of job " + body["job"].as_string() + ", " + period_text(body["period"]) + "\n";
  text += table({"client", "outcome", ">lines", ">excl. tax", ">period before", "reasons"}, rows);
  for (const Json& total : body["totals"].as_array()) {
    const bool one = total["invoices"].as_integer() == 1;
    text += cell_text(total["invoices"]) + (one ? " invoice, " : " invoices, ") +
            total["amounts"]["payable"].as_string() + " " + total["currency"].as_string() +
            " payable\n";
  }
  for (const Json& late : body["late"].as_array())
    text += "late: " + visible(late["entry"].as_string()) + " of " + late["work_date"].as_string() +
            "\n";
  for (const Json& entry : body["unbilled"].as_array())
    text += "unbilled: " + visible(entry["entry"].as_string()) + " (" + entry["code"].as_string() +
            ")\n";
  for (const Json& each : body["unsent"].as_array())
    text += "unsent: " + each["client"].as_string() + " (" + each["code"].as_string() + ")\n";
  return text;
}

Outcome plan(Invocation& invocation) {
  RebillRequest request;
  request.job = load_job(invocation.arguments().front());
  request.period = job_period_option(invocation);
  request.clients = invocation.values("--client");
  Outcome outcome;
  outcome.body = plan_rebill(invocation.session(), request).body;
  const auto path = invocation.value("-o");
  if (path && invocation.dry_run() == DryRun::no) {
    Json whole = Json::object({{"format", 1}, {"command", kName}, {"dry_run", false}});
    for (const auto& [key, value] : outcome.body.as_object()) whole.set(key, value);
    write_whole_file(*path, whole.pretty() + "\n");
    outcome.talk.push_back("hint: carry it out with `billctl rebill-job run --plan " + *path + "`");
  }
  outcome.rows = "outcomes";
  outcome.text = plan_text;
  return outcome;
}

}  // namespace

const Command& rebill_job_plan_command() {
  static const Command kCommand = {
      .name = kName,
      .summary = "tell what a job would bill, against the period before; writes nothing",
      .example = "billctl rebill-job plan support.toml -o october.json",
      .arguments = {{"JOB", "the job file", true, false}},
      .options = {{"--period", "PERIOD", "in place of the file's period", {}, false},
                  {"--client", "CODE", "only these of the job's clients", {}, true},
                  {"-o", "FILE", "write it as a plan, for `rebill-job run --plan`", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::rolled_back,
      .run = plan,
  };
  return kCommand;
}

}  // namespace billctl::cmd
