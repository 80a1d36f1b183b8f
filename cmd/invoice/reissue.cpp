#include "pipeline/reissue.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

Outcome told(const Report& report, const std::string& what, const char* origin) {
  Outcome outcome = outcome_of(report);
  outcome.text = [what, origin](const Json& body) {
    return cell_text(body["invoice"]) + ": " + what + " " + cell_text(body[origin]) + ", " +
           cell_text(body["amounts"]["payable"]) + "\n";
  };
  return outcome;
}

Json arguments_of(Invocation& invocation) {
  return Json::object({{"invoice", invocation.arguments().front()}});
}

Outcome run_reissue(Invocation& invocation) {
  const Report report = reissue_invoice(invocation.session(), invocation.arguments().front(),
                                        arguments_of(invocation));
  Outcome outcome = told(report, "issues again", "reissues");
  outcome.talk.push_back("hint: issued, it is to be " + cell_text(report.body["number"]));
  return outcome;
}

Outcome run_copy(Invocation& invocation) {
  const Report report =
      copy_invoice(invocation.session(), invocation.arguments().front(), arguments_of(invocation));
  return told(report, "a copy of", "copies");
}

}  // namespace

const Command& invoice_reissue_command() {
  static const Command kCommand = {
      .name = "invoice reissue",
      .summary = "make a draft that takes the place of a voided invoice",
      .example = "billctl invoice reissue INV00042",
      .arguments = {{"INVOICE", "voided, by any name", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run_reissue,
  };
  return kCommand;
}

const Command& invoice_copy_command() {
  static const Command kCommand = {
      .name = "invoice copy",
      .summary = "make a draft with the same lines and no items",
      .example = "billctl invoice copy INV00042",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run_copy,
  };
  return kCommand;
}

}  // namespace billctl::cmd
