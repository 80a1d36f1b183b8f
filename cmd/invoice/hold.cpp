#include "pipeline/hold.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "refusals.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation, Hold hold) {
  HoldRequest request{invocation.arguments(), hold, invocation.value_or("--reason", "")};
  Json invoices = Json::array();
  for (const std::string& name : request.invoices) invoices.push(name);
  const Json arguments = Json::object(
      {{"invoices", std::move(invoices)}, {"reason", Json::text_or_null(request.reason)}});
  Outcome outcome = outcome_of(hold_invoices(invocation.session(), request, arguments));
  outcome.rows = "invoices";
  tell_refusals(outcome, hold == Hold::on ? "invoice hold" : "invoice unhold");
  const Json done = outcome.body["invoices"];
  outcome.text = [done](const Json&) {
    std::string text;
    for (const Json& each : done.as_array())
      text += cell_text(each["invoice"]) + ": " + cell_text(each["state"]) + "\n";
    return text;
  };
  return outcome;
}

const Option kReason = {"--reason", "TEXT", "put on top of the notes", {}, false};

}  // namespace

const Command& invoice_hold_command() {
  static const Command kCommand = {
      .name = "invoice hold",
      .summary = "keep drafts from being issued",
      .example = "billctl invoice hold DRAFT00007 --reason \"wait for the PO\"",
      .arguments = {{"INVOICE", "by any name", true, true}},
      .options = {kReason},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = [](Invocation& invocation) { return run(invocation, Hold::on); },
  };
  return kCommand;
}

const Command& invoice_unhold_command() {
  static const Command kCommand = {
      .name = "invoice unhold",
      .summary = "let drafts be issued again",
      .example = "billctl invoice unhold DRAFT00007",
      .arguments = {{"INVOICE", "by any name", true, true}},
      .options = {kReason},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = [](Invocation& invocation) { return run(invocation, Hold::off); },
  };
  return kCommand;
}

}  // namespace billctl::cmd
