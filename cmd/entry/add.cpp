#include "commands.hpp"
#include "entry/fields.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/add_entry.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation) {
  NewEntry entry{entry_fields(invocation, false), invocation.value_or("--id", ""), {}};
  if (const auto kind = invocation.value("--kind")) entry.kind = entry_kind_of(*kind);
  Outcome outcome = outcome_of(add_entry(invocation.session(), entry));
  const Json& body = outcome.body;
  for (const Json& warning : body["warnings"].as_array())
    outcome.talk.push_back("warning: " + warning["message"].as_string());
  outcome.text = [](const Json& made) { return "entry " + cell_text(made["entry"]) + " added\n"; };
  outcome.talk.push_back("hint: not confirmed yet: `billctl entry confirm " +
                         cell_text(body["entry"]) + "` confirms it");
  return outcome;
}

std::vector<std::string> kind_words() {
  return {kEntryKindWords.begin(), kEntryKindWords.end()};
}

}  // namespace

const Command& entry_add_command() {
  static const Command kCommand = {
      .name = "entry add",
      .summary = "record work by hand",
      .example =
          "billctl entry add --task dev --hours 1.5 -m \"login fixed\"\n"
          "billctl entry add --project web --km 42.5 --date 2026-10-06",
      .arguments = {},
      .options =
          {{"--task", "CODE", "what it is recorded on", {}, false},
           {"--project", "CODE", "the same, where there is no task", {}, false},
           {"--member", "CODE", "who worked, instead of you", {}, false},
           {"--kind", "KIND", "time unless --km, --quantity or --amount say otherwise",
            kind_words(), false},
           {"--date", "DATE", "of the work; today unless there is a start", {}, false},
           {"--start", "INSTANT", "when it began", {}, false},
           {"--stop", "INSTANT", "when it ended; without it and --hours it runs", {}, false},
           {"--hours", "HOURS", "1.5 or 1h30m", {}, false},
           {"--km", "KM", "kilometres of a journey", {}, false},
           {"--minutes", "MINUTES", "that the journey took, where they are billed", {}, false},
           {"--quantity", "N", "of goods", {}, false},
           {"--unit", "UNIT", "of the quantity", {}, false},
           {"--amount", "AMOUNT", "before tax, in the currency of the work", {}, false},
           {"--price", "PRICE", "for each unit, instead of the one found", {}, false},
           {"--product", "CODE", "instead of the one found", {}, false},
           {"--job-type", "CODE", "the type of work", {}, false},
           {"--charge", "CHARGE", "whether it is charged", charge_words(), false},
           {"--parent", "ENTRY", "the session that goods belong to", {}, false},
           {"--id", "ID", "its id, instead of the next free one", {}, false},
           {"-m,--message", "TEXT", "what was done", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
