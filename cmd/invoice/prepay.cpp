#include "pipeline/prepay.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["prepayments"].as_array())
    rows.push_back({cell_text(each["contract_line"]), cell_text(each["type"]),
                    cell_text(each["balance"]), cell_text(each["applied"]),
                    cell_text(each["tax"])});
  return table({"contract line", "type", ">balance", ">applied", ">tax"}, rows) + "payable " +
         cell_text(body["amounts"]["payable"]) + " " + cell_text(body["currency"]) + "\n";
}

Outcome run(Invocation& invocation) {
  const auto& words = invocation.arguments();
  const PrepayRequest request{words[0], words[1], words[2]};
  const Json arguments = Json::object({{"invoice", request.invoice},
                                       {"contract_line", request.contract_line},
                                       {"amount", request.amount}});
  Outcome outcome = outcome_of(prepay_invoice(invocation.session(), request, arguments));
  outcome.rows = "prepayments";
  for (const Json& warning : outcome.body["warnings"].as_array())
    outcome.talk.push_back("warning: " + cell_text(warning["detail"]));
  outcome.text = text_of;
  return outcome;
}

}  // namespace

const Command& invoice_prepay_command() {
  static const Command kCommand = {
      .name = "invoice prepay",
      .summary = "use up on a draft what was invoiced ahead on a contract line",
      .example = "billctl invoice prepay DRAFT00007 web-tm 1000.00",
      .arguments = {{"INVOICE", "by any name", true, false},
                    {"CONTRACT_LINE", "of an engagement of the invoice", true, false},
                    {"AMOUNT", "before tax, in all; 0 takes it off", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
