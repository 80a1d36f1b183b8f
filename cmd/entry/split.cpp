#include "commands.hpp"
#include "entry/fields.hpp"
#include "output.hpp"
#include "pipeline/entry_verbs/merge_entries.hpp"
#include "pipeline/entry_verbs/split_entry.hpp"

namespace billctl::cmd {
namespace {

Outcome split(Invocation& invocation) {
  constexpr std::int64_t kHour = 3600;
  SplitRequest request;
  request.entry = invocation.arguments().front();
  request.at = moment_option(invocation, "--at");
  request.seconds = seconds_option(invocation, "--hours", kHour);
  request.distance_metres = kilometres_option(invocation);
  request.quantity = invocation.decimal("--quantity");
  request.amount = invocation.value_or("--amount", "");
  request.description = invocation.value_or("--message", "");
  return entry_outcome(split_entry(invocation.session(), request), "entries", [](const Json& body) {
    return "entry " + cell_text(body["entry"]) + " split, the rest is " + cell_text(body["share"]) +
           "\n";
  });
}

Outcome merge(Invocation& invocation) {
  const auto& names = invocation.arguments();
  invocation.confirm("merge " + std::to_string(names.size()) + " entries into one");
  return entry_outcome(merge_entries(invocation.session(), names), "entries", [](const Json& body) {
    return refs_text(body["merged"]) + " merged into entry " + cell_text(body["entry"]) + "\n";
  });
}

Outcome unmerge(Invocation& invocation) {
  return entry_outcome(unmerge_entry(invocation.session(), invocation.arguments().front()),
                       "entries", [](const Json& body) {
                         return "entry " + cell_text(body["entry"]) + " gave back " +
                                refs_text(body["unmerged"]) + "\n";
                       });
}

}  // namespace

const Command& entry_split_command() {
  static const Command kCommand = {
      .name = "entry split",
      .summary = "make two entries of one, which add up to it",
      .example =
          "billctl entry split e17 --hours 1.5\n"
          "billctl entry split e18 --at \"2026-10-08 13:00\" -m \"after lunch\"",
      .arguments = {{"ENTRY", "its id", true, false}},
      .options = {{"--at", "INSTANT", "where the first of the two ends", {}, false},
                  {"--hours", "HOURS", "what the first one keeps", {}, false},
                  {"--quantity", "N", "the same, of goods and expenses", {}, false},
                  {"--km", "KM", "the same, of a journey", {}, false},
                  {"--amount", "AMOUNT", "the same, of what states an amount", {}, false},
                  {"-m,--message", "TEXT", "what was done in the second", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = split,
  };
  return kCommand;
}

const Command& entry_merge_command() {
  static const Command kCommand = {
      .name = "entry merge",
      .summary = "make one entry of several of one member on one task",
      .example = "billctl entry merge e17 e18 e21 --yes",
      .arguments = {{"ENTRY", "the one that holds them all first", true, true}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = merge,
  };
  return kCommand;
}

const Command& entry_unmerge_command() {
  static const Command kCommand = {
      .name = "entry unmerge",
      .summary = "give back the entries of the last merge, exactly as they were",
      .example = "billctl entry unmerge e17",
      .arguments = {{"ENTRY", "the one that holds them, or one that it holds", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = unmerge,
  };
  return kCommand;
}

}  // namespace billctl::cmd
