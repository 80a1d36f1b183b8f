#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/invoice_history.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["history"].as_array())
    rows.push_back({cell_text(each["at"]), cell_text(each["by"]), cell_text(each["what"]),
                    cell_text(each["item"]), cell_text(each["line"]), cell_text(each["amount"]),
                    cell_text(each["reason"]), each["undone"].is_null() ? "" : "undone"});
  return table({"at", "by", "what", ">item", ">line", ">amount", "reason", ""}, rows);
}

Outcome run(Invocation& invocation) {
  Outcome outcome;
  outcome.body = invoice_history(invocation.session(), invocation.arguments().front());
  outcome.rows = "history";
  outcome.text = text_of;
  return outcome;
}

}  // namespace

const Command& invoice_history_command() {
  static const Command kCommand = {
      .name = "invoice history",
      .summary = "show what was adjusted, moved and approved on an invoice",
      .example =
          "billctl invoice history DRAFT00007\n"
          "billctl invoice history INV00042 --format csv",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
