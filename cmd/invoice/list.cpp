#include "pipeline/list_invoices.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& invoices) {
  if (invoices.as_array().empty()) return "no invoices\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : invoices.as_array()) {
    rows.push_back({cell_text(each["invoice"]),
                    cell_text(each["type"]) == "invoice" ? "" : "credit", cell_text(each["state"]),
                    cell_text(each["client"]), cell_text(each["date"]), cell_text(each["due_date"]),
                    cell_text(each["amounts"]["excl_tax"]), cell_text(each["amounts"]["payable"]),
                    cell_text(each["currency"]), cell_text(each["sync"]), cell_text(each["sent"])});
  }
  return table({"invoice", "", "state", "client", "date", "due", ">excl. tax", ">payable", "",
                "sync", "sent"},
               rows);
}

Outcome run(Invocation& invocation) {
  ListInvoicesRequest request;
  request.filter = invocation.filter();
  request.waiting_for = invocation.value_or("--waiting-for", "");
  Outcome outcome;
  outcome.body = list_invoices(invocation.session(), request);
  outcome.rows = "invoices";
  const Json invoices = outcome.body["invoices"];
  outcome.text = [invoices](const Json&) { return text_of(invoices); };
  return outcome;
}

}  // namespace

const Command& invoice_list_command() {
  static const Command kCommand = {
      .name = "invoice list",
      .summary = "list drafts and issued invoices",
      .example = "billctl invoice list --state unconfirmed\nbillctl invoice list --waiting-for fia",
      .arguments = {},
      .options =
          {{"--waiting-for", "MEMBER", "only what waits for this member's approval", {}, false},
           from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
