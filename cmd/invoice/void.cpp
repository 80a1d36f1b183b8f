#include "pipeline/void_invoice.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "provider/sign_command.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  std::string text = cell_text(body["invoice"]) + ": voided";
  if (!body["credit_note"].is_null())
    text += " by credit note " + cell_text(body["credit_note"]["number"]);
  if (!body["draft"].is_null()) text += ", open again as " + cell_text(body["draft"]);
  return text + "\n";
}

Outcome run(Invocation& invocation) {
  VoidRequest request;
  request.invoice = invocation.arguments().front();
  request.comment = invocation.value_or("--comment", "");
  request.date = invocation.date("--date");
  request.signer = sign_command(invocation.config().invoice.sign_cmd);
  invocation.confirm("void invoice " + request.invoice);
  const Json arguments =
      Json::object({{"invoice", request.invoice},
                    {"comment", Json::text_or_null(request.comment)},
                    {"date", request.date ? Json(request.date->to_text()) : Json()}});
  Outcome outcome = outcome_of(void_invoice(invocation.session(), request, arguments));
  outcome.rows = "items";
  outcome.text = text_of;
  return outcome;
}

}  // namespace

const Command& invoice_void_command() {
  static const Command kCommand = {
      .name = "invoice void",
      .summary = "take an issued invoice back; its items are pending again",
      .example = "billctl invoice void INV00042 --comment \"sent to the wrong client\" --yes",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {{"--comment", "TEXT", "put on top of the notes", {}, false},
                  {"--date", "DATE", "of the credit note (today)", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
