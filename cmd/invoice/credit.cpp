#include "pipeline/credit.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::vector<std::int64_t> lines_of(Invocation& invocation) {
  std::vector<std::int64_t> lines;
  for (const std::string& text : invocation.values("--line")) {
    const auto number = Decimal::parse(text, 0);
    if (!number || number->is_negative())
      throw Error(Reason::usage, "--line \"" + text + "\" is no line number",
                  "see `billctl invoice show` for the lines");
    lines.push_back(number->micro() / Decimal::kOne);
  }
  return lines;
}

CreditRequest request_of(Invocation& invocation) {
  CreditRequest request;
  request.invoice = invocation.arguments().front();
  request.all = invocation.has("--all");
  request.lines = lines_of(invocation);
  request.entry = invocation.value_or("--entry", "");
  request.hours = invocation.decimal("--hours");
  request.percent = invocation.decimal("--percent");
  request.amount = invocation.value_or("--amount", "");
  request.reason = invocation.value_or("--reason", "");
  request.items = items_after_of(invocation.value_or("--items", "keep")).value_or(ItemsAfter::keep);
  const int ways = int{request.all} + int{!request.lines.empty()} + int{!request.entry.empty()} +
                   int{request.percent.has_value()} + int{!request.amount.empty()};
  if (ways != 1)
    throw Error(
        Reason::usage, "invoice credit takes one of --all, --line, --entry, --percent, --amount",
        "`billctl invoice credit INV00042 --all --reason \"wrong client\"` takes it back whole");
  if (request.hours && request.entry.empty())
    throw Error(Reason::usage, "--hours are those of an entry", "name it with --entry");
  if (request.reason.empty())
    throw Error(Reason::usage, "invoice credit needs --reason",
                "say why, for the notes and the history");
  const bool parts = request.percent || !request.amount.empty() || request.hours;
  if (request.items != ItemsAfter::keep && parts)
    throw Error(Reason::usage,
                "--items " + std::string(word(request.items)) +
                    " goes with --all, --line or --entry without --hours",
                "a part of an item can't leave it; leave --items out");
  return request;
}

Json arguments_of(Invocation& invocation) {
  Json arguments = Json::object({{"invoice", invocation.arguments().front()}});
  arguments.set("all", invocation.has("--all"));
  for (const char* option :
       {"--line", "--entry", "--hours", "--percent", "--amount", "--reason", "--items"}) {
    if (const auto value = invocation.value(option)) arguments.set(option + 2, *value);
  }
  return arguments;
}

Outcome run(Invocation& invocation) {
  const CreditRequest request = request_of(invocation);
  invocation.confirm("make a credit note of invoice " + request.invoice);
  const Report report = credit_invoice(invocation.session(), request, arguments_of(invocation));
  Outcome outcome = outcome_of(report);
  outcome.rows = "items";
  outcome.text = [](const Json& body) {
    return cell_text(body["invoice"]) + ": a credit note of " + cell_text(body["corrects"]) +
           " over " + cell_text(body["amounts"]["payable"]) + "\n";
  };
  outcome.talk.push_back("hint: approve it, then `billctl issue " +
                         cell_text(report.body["invoice"]) + "`");
  return outcome;
}

}  // namespace

const Command& invoice_credit_command() {
  static const Command kCommand = {
      .name = "invoice credit",
      .summary = "make a draft credit note of an issued invoice",
      .example =
          "billctl invoice credit INV00042 --all --reason \"wrong client\" --items reopen --yes\n"
          "billctl invoice credit INV00042 --entry e17 --hours 1.5 --reason \"agreed\" --yes",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {{"--all", "", "all that is left of it", {}, false},
                  {"--line", "LINE", "what is left of a line", {}, true},
                  {"--entry", "ENTRY", "what is left of an entry", {}, false},
                  {"--hours", "HOURS", "of that entry only so much", {}, false},
                  {"--percent", "PERCENT", "of the invoice before tax", {}, false},
                  {"--amount", "AMOUNT", "so much before tax", {}, false},
                  {"--reason", "TEXT", "why; put on its notes", {}, false},
                  {"--items",
                   "WHAT",
                   "what its items become once it is issued (keep)",
                   {"keep", "reopen", "archive"},
                   false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
