#include "pipeline/status.hpp"

#include <algorithm>

#include "calendar/duration.hpp"
#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "rebill_job/page.hpp"
#include "text/nearest.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

constexpr std::size_t kNamesShown = 5;

/// "job=35d"
MaxAge max_age_of(const std::string& word) {
  const std::size_t equals = word.find('=');
  const std::string what = word.substr(0, equals);
  const auto words = max_age_words();
  if (std::find(words.begin(), words.end(), what) == words.end())
    throw Error(Reason::usage, "--max-age \"" + word + "\": nothing is called \"" + what + "\"",
                did_you_mean(what, words));
  const auto seconds =
      equals == std::string::npos ? std::nullopt : parse_duration(word.substr(equals + 1));
  if (!seconds)
    throw Error(Reason::usage, "--max-age \"" + word + "\" names no time", "write job=35d");
  return {what, *seconds};
}

std::string shown_names(const Json& names, const Json& detail) {
  std::string text = cell_text(detail);
  std::size_t shown = 0;
  for (const Json& name : names.as_array()) {
    if (shown++ == kNamesShown) return text + " …";
    text += (text.empty() ? "" : shown == 1 ? ": " : ", ") + name.as_string();
  }
  return text;
}

std::string counted(const Json& count, const std::string& what) {
  return cell_text(count) + " " + what + (count.as_integer() == 1 ? "" : "s");
}

std::string whom_text(const Json& whom) {
  std::string text;
  for (const Json& code : whom.as_array()) text += (text.empty() ? "" : ", ") + code.as_string();
  return text.empty() ? "nobody" : text;
}

std::string last_job_text(const Json& last) {
  if (!last.is_object()) return "last job: none\n";
  const std::int64_t age = last["age_seconds"].as_integer();
  return "last job: run " + cell_text(last["run"]) + ", " + visible(last["job"].as_string()) +
         ", " + period_text(last["period"]) + ", " + duration_text(age < 0 ? 0 : age) +
         " ago, exit " + cell_text(last["exit"]) + "\n";
}

std::string status_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["waiting"].as_array()) {
    rows.push_back({each["person"].as_bool() ? "!" : "", each["what"].as_string(),
                    cell_text(each["count"]), whom_text(each["for"]),
                    shown_names(each["names"], each["detail"])});
  }
  std::string text =
      rows.empty() ? "nothing waits\n" : table({"", "to do", ">count", "for", "which"}, rows);
  for (const Json& sum : body["pending"].as_array())
    text += "pending: " + counted(sum["items"], "item") + " of " +
            counted(sum["clients"], "client") + ", " + cell_text(sum["amount"]) + " " +
            cell_text(sum["currency"]) + "\n";
  text += last_job_text(body["last_job"]);
  for (const Json& each : body["problems"].as_array())
    text += "! " + visible(each["what"].as_string() + ": " + each["detail"].as_string()) + "\n";
  return text;
}

Outcome run(Invocation& invocation) {
  StatusRequest request;
  request.check = invocation.has("--check");
  for (const std::string& word : invocation.values("--max-age"))
    request.max_ages.push_back(max_age_of(word));
  if (!request.max_ages.empty() && !request.check)
    throw Error(Reason::usage, "--max-age goes with --check");
  Outcome outcome = outcome_of(status(invocation.session(), request));
  outcome.rows = "waiting";
  outcome.text = status_text;
  return outcome;
}

}  // namespace

const Command& status_command() {
  static const Command kCommand = {
      .name = "status",
      .summary = "tell what waits for whom, and whether the last run happened",
      .example = "billctl status --check --max-age job=35d,backup=2d",
      .arguments = {},
      .options = {{"--check", "", "for monitoring: exit 3 when a person is needed", {}, false},
                  {"--max-age", "WHAT=AGE", "nor may the last run be older: job=35d", {}, true}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
