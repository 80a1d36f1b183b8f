#include "commands.hpp"
#include "entry/fields.hpp"
#include "output.hpp"
#include "pipeline/entry_verbs/confirm_entries.hpp"

namespace billctl::cmd {
namespace {

std::string counted(const Json& list, const char* what) {
  const std::size_t count = list.as_array().size();
  return std::to_string(count) + (count == 1 ? " entry " : " entries ") + what;
}

std::string text_of(const Json& body) {
  std::string text = counted(body["confirmed"], "confirmed\n");
  if (!body["unchanged"].as_array().empty())
    text += counted(body["unchanged"], "confirmed already\n");
  for (const Json& each : body["left"].as_array())
    text += "left: " + cell_text(each["entry"]) + ": " + cell_text(each["code"]) + "\n";
  return text;
}

Outcome run(Invocation& invocation) {
  ConfirmRequest request;
  request.entries = chosen_entries(invocation, "--all-unconfirmed");
  request.verb = invocation.command().name;
  request.note = invocation.value_or("--note", "");
  Outcome outcome =
      entry_outcome(confirm_entries(invocation.session(), request), "confirmed", text_of);
  for (const Json& each : outcome.body["notes"].as_array())
    outcome.talk.push_back("note: " + cell_text(each["note"]));
  return outcome;
}

Command confirm_command(const std::string& name, const std::string& summary) {
  return {
      .name = name,
      .summary = summary,
      .example = "billctl " + name + " e17 e18\nbillctl " + name +
                 " --all-unconfirmed --member maija --period 2026-W44",
      .arguments = {{"ENTRY", "its id", false, true}},
      .options = {{"--all-unconfirmed", "", "all that the filters take", {}, false},
                  {"--note", "TEXT", "why, for the history", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
}

}  // namespace

const Command& entry_confirm_command() {
  static const Command kCommand =
      confirm_command("entry confirm", "confirm that work was done, so that it is billed");
  return kCommand;
}

const Command& work_confirm_command() {
  static const Command kCommand =
      confirm_command("work confirm", "the same as entry confirm, for who reviews the work");
  return kCommand;
}

}  // namespace billctl::cmd
