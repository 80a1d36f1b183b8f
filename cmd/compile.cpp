#include "pipeline/compile.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "ledger/entries.hpp"
#include "output.hpp"
#include "pipeline/filter_words.hpp"

namespace billctl::cmd {
namespace {

std::string counts_text(const Json& counts) {
  std::string text;
  for (const auto& [reason, count] : counts.as_object())
    text += (text.empty() ? "" : ", ") + cell_text(count) + " " + reason;
  return text;
}

/// The reason that most were skipped for, and what helps against it.
std::string hint_of(const Json& counts) {
  std::string most;
  std::int64_t entries = 0;
  for (const auto& [reason, count] : counts.as_object()) {
    if (count.as_integer() <= entries) continue;
    entries = count.as_integer();
    most = reason;
  }
  if (most.empty()) return "";
  if (most == "unconfirmed")
    return "confirm them with `billctl entry confirm`, or set compile.require_confirmed = false";
  if (most == "not_stopped") return "stop them with `billctl entry stop`, or where they run";
  if (most == "outside_period" || most == "filtered") return "they wait for a run that names them";
  if (most == "before_go_live") return "they are older than compile.go_live in billctl.toml";
  if (most == "already_compiled") return "see their items with `billctl item list`";
  return "`billctl explain entry:ID` shows every test of one of them";
}

std::string text_of(const Json& body) {
  std::string text;
  const auto line = [&](const char* key, const char* what) {
    if (body[key].as_integer() > 0) text += cell_text(body[key]) + " " + what + "\n";
  };
  line("items", "items made");
  line("remade", "pending items made anew");
  line("released", "pending items released, their entries no longer pass");
  line("unpriced", "unpriced: no source has a price for them");
  line("default_price", "at a built-in transport price");
  const std::string parked = counts_text(body["parked"]);
  if (!parked.empty()) text += "parked: " + parked + "\n";
  const Json& entries = body["entries"];
  text += cell_text(entries["compiled"]) + " of " + cell_text(entries["considered"]) + " compiled";
  const std::string skipped = counts_text(body["skipped_by_reason"]);
  return text + (skipped.empty() ? "" : ": " + skipped) + "\n";
}

std::vector<std::string> talk_of(const Json& body) {
  std::vector<std::string> talk;
  for (const Json& warning : body["warnings"].as_array()) {
    const bool unpriced = warning["code"].as_string() == "unpriced";
    talk.push_back(
        "warning: item " + cell_text(warning["item"]) + " of entry " +
        warning["entry"].as_string() + " (" + warning["kind"].as_string() + ") is " +
        (unpriced ? "unpriced: no source has a price for it" : "at the built-in transport price"));
  }
  const std::int64_t told = static_cast<std::int64_t>(body["warnings"].as_array().size());
  const std::int64_t all = body["unpriced"].as_integer() + body["default_price"].as_integer();
  if (all > told) talk.push_back("warning: and " + std::to_string(all - told) + " more");
  const std::string hint = hint_of(body["skipped_by_reason"]);
  if (!hint.empty()) talk.push_back("hint: " + hint);
  return talk;
}

CompileRequest request_of(Invocation& invocation) {
  CompileRequest request;
  request.filter = invocation.filter();
  for (const char* option : {"--state", "--limit", "--after", "--sort"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for compile",
                  "it takes --client, --project, --task, --member, --kind and --period");
  }
  check_words(request.filter.kinds, kItemKindWords, "--kind");
  Entries entries(invocation.ledger(), invocation.session().tenant.id);
  for (const std::string& ref : invocation.arguments()) {
    const auto entry = entries.find(ref.starts_with("entry:") ? ref.substr(6) : ref);
    if (!entry)
      throw Error(Reason::not_found, "no entry \"" + ref + "\"",
                  "see them with `billctl entry list`");
    request.entries.push_back(*entry);
  }
  request.done_tasks_only = invocation.has("--done-tasks-only");
  request.strict = invocation.has("--strict");
  return request;
}

Outcome run(Invocation& invocation) {
  const CompileRequest request = request_of(invocation);
  const Report report = compile(invocation.session(), request);
  Outcome outcome = outcome_of(report);
  outcome.found_nothing = report.body["entries"]["considered"].as_integer() == 0;
  outcome.talk = talk_of(report.body);
  const bool looked_at_none = report.body["entries"]["considered"].as_integer() == 0 &&
                              report.body["remade"].as_integer() == 0;
  if (looked_at_none && invocation.has("--fail-if-empty")) outcome.exit = ExitStatus::empty;
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

}  // namespace

const Command& compile_command() {
  static const Command kCommand = {
      .name = "compile",
      .summary = "make the billable items of recorded work",
      .example = "billctl compile\nbillctl compile --period last-month --strict",
      .arguments = {{"ENTRY", "only these entries; without one, all that wait", false, true}},
      .options = {{"--strict", "", "exit 3 when this run parks or leaves unpriced", {}, false},
                  {"--done-tasks-only", "", "only work on tasks that are done", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
