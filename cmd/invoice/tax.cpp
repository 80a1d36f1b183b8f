#include "pipeline/invoice_tax.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

TaxRequest request_of(Invocation& invocation) {
  const auto& words = invocation.arguments();
  const bool amount = words.size() > 2;
  const bool by_default = invocation.has("--default");
  const bool remove = invocation.has("--remove");
  if (words.size() > 3 || int{amount} + int{by_default} + int{remove} > 1)
    throw Error(Reason::usage, "invoice tax takes one of AMOUNT, --default and --remove");
  TaxRequest request{words[0], words[1], TaxRequest::Act::pick, ""};
  if (amount) {
    request.act = TaxRequest::Act::type;
    request.amount = words[2];
  }
  if (by_default) request.act = TaxRequest::Act::take_default;
  if (remove) request.act = TaxRequest::Act::remove;
  return request;
}

Json arguments_of(Invocation& invocation, const TaxRequest& request) {
  Json arguments = Json::object({{"invoice", request.invoice}, {"tax", request.tax}});
  if (!request.amount.empty()) arguments.set("amount", request.amount);
  for (const char* option : {"--default", "--remove"})
    if (invocation.has(option)) arguments.set(option + 2, true);
  return arguments;
}

std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["taxes"].as_array()) {
    const bool typed = each["overridden"].as_bool();
    rows.push_back({cell_text(each["tax"]), cell_text(each["category"]), cell_text(each["rate"]),
                    cell_text(each["base"]), cell_text(each["amount"]),
                    each["stale"].as_bool() ? "stale"
                    : typed                 ? "typed in"
                                            : ""});
  }
  const std::string payable =
      "payable " + cell_text(body["amounts"]["payable"]) + " " + cell_text(body["currency"]) + "\n";
  if (rows.empty()) return "no taxes, " + payable;
  return table({"tax", "", ">%", ">of", ">amount", ""}, rows) + payable;
}

Outcome run(Invocation& invocation) {
  const TaxRequest request = request_of(invocation);
  Outcome outcome =
      outcome_of(set_invoice_tax(invocation.session(), request, arguments_of(invocation, request)));
  outcome.rows = "taxes";
  outcome.text = text_of;
  return outcome;
}

}  // namespace

const Command& invoice_tax_command() {
  static const Command kCommand = {
      .name = "invoice tax",
      .summary = "pick a tax for a draft, type its amount, or take it off",
      .example =
          "billctl invoice tax DRAFT00007 vat 328.30\n"
          "billctl invoice tax DRAFT00007 vat --default",
      .arguments = {{"INVOICE", "by any name", true, false},
                    {"CODE", "of [tax.*]", true, false},
                    {"AMOUNT", "instead of the computed one", false, true}},
      .options = {{"--default", "", "the computed amount again", {}, false},
                  {"--remove", "", "off all lines", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
