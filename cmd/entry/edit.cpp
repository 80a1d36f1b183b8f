#include "commands.hpp"
#include "entry/fields.hpp"
#include "output.hpp"
#include "pipeline/entry_verbs/edit_entry.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

/// "entry e1: charge billable -> contractual, unit_price none -> 0".
std::string changes_text(const Json& body) {
  const auto shown = [](const Json& value) {
    const std::string text = visible(cell_text(value));  // line ends too
    return text.empty() ? "none" : text;
  };
  std::string text = "entry " + cell_text(body["entry"]) + ": ";
  const auto& changes = body["changed"].as_array();
  if (changes.empty()) return text + "nothing changed\n";
  for (std::size_t i = 0; i < changes.size(); ++i) {
    text += (i > 0 ? ", " : "") + cell_text(changes[i]["field"]) + " " + shown(changes[i]["from"]) +
            " -> " + shown(changes[i]["to"]);
  }
  return text + "\n";
}

Outcome edit(Invocation& invocation) {
  const EntryFields fields = entry_fields(invocation, true);
  const Report report = edit_entry(invocation.session(), invocation.arguments().front(), fields);
  return entry_outcome(report, "changed", changes_text);
}

Outcome stop(Invocation& invocation) {
  const auto& names = invocation.arguments();
  const Report report = stop_entry(invocation.session(), names.empty() ? "" : names.front(),
                                   moment_option(invocation, "--at"));
  return entry_outcome(report, "changed", [](const Json& body) {
    return "entry " + cell_text(body["entry"]) + " stopped at " + cell_text(body["stopped_at"]) +
           ", " + cell_text(body["seconds"]) + " s\n";
  });
}

std::vector<Option> edit_options() {
  return {
      {"--charge", "CHARGE", "whether it is charged: contractual is at price 0", charge_words(),
       false},
      {"--hours", "HOURS", "1.5 or 1h30m", {}, false},
      {"--price", "PRICE", "for each unit; none: the one found", {}, false},
      {"--product", "CODE", "instead of the one found; none: the one found", {}, false},
      {"--description", "TEXT", "what was done", {}, false},
      {"-m,--message", "TEXT", "the same", {}, false},
      {"--date", "DATE", "of the work; start and stop move along", {}, false},
      {"--start", "INSTANT", "when it began", {}, false},
      {"--stop", "INSTANT", "when it ended", {}, false},
      {"--task", "CODE", "what it is recorded on", {}, false},
      {"--project", "CODE", "the same, where there is no task", {}, false},
      {"--member", "CODE", "who worked", {}, false},
      {"--job-type", "CODE", "the type of work", {}, false},
      {"--quantity", "N", "of goods and expenses", {}, false},
      {"--unit", "UNIT", "of the quantity", {}, false},
      {"--amount", "AMOUNT", "before tax, in the currency of the work", {}, false},
      {"--km", "KM", "kilometres of a journey", {}, false},
      {"--minutes", "MINUTES", "that the journey took", {}, false},
      {"--travel-price", "PRICE", "for an hour of the journey", {}, false},
      {"--parent", "ENTRY", "the session that goods belong to; none: no one's", {}, false},
      {"--to-rebill", "on|off", "whether the mass re-invoicing job takes it", {"on", "off"}, false},
  };
}

}  // namespace

const Command& entry_edit_command() {
  static const Command kCommand = {
      .name = "entry edit",
      .summary = "put recorded work right before it is invoiced",
      .example =
          "billctl entry edit e17 --hours 1.5 --description \"login fixed\"\n"
          "billctl entry edit e17 --charge contractual",
      .arguments = {{"ENTRY", "its id", true, false}},
      .options = edit_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = edit,
  };
  return kCommand;
}

const Command& entry_stop_command() {
  static const Command kCommand = {
      .name = "entry stop",
      .summary = "end work that is running",
      .example = "billctl entry stop\nbillctl entry stop e17 --at \"2026-10-08 16:30\"",
      .arguments = {{"ENTRY", "its id; without one, the one that you have running", false, false}},
      .options = {{"--at", "INSTANT", "when it ended, instead of now", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = stop,
  };
  return kCommand;
}

}  // namespace billctl::cmd
