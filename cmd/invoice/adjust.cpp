#include "commands.hpp"
#include "invoice/edited.hpp"
#include "pipeline/adjust_invoice.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation) {
  AdjustRequest request;
  request.target = edit_target(invocation);
  request.item = invocation.value_or("--item", "");
  request.line = invocation.integer("--line").value_or(0);
  request.manner.unit_price = invocation.decimal("--price");
  request.manner.by = invocation.value_or("--by", "");
  request.manner.percent = invocation.decimal("--percent");
  request.manner.rate_type = invocation.value_or("--rate-type", "");
  request.reason = invocation.value_or("--reason", "");
  return edited_outcome(adjust_invoice(invocation.session(), request, edit_arguments(invocation)));
}

}  // namespace

const Command& invoice_adjust_command() {
  static const Command kCommand = {
      .name = "invoice adjust",
      .summary = "revalue items of a draft, or write them up or down",
      .example =
          "billctl invoice adjust DRAFT00007 --item 17 --price 60 --reason \"as agreed\"\n"
          "billctl invoice adjust DRAFT00007 --line 2 --percent=-10 --reason goodwill",
      .arguments = {{"INVOICE", "a draft, by any name", true, false}},
      .options = {{"--item", "ITEM", "one item, by number", {}, false},
                  {"--line", "LINE", "instead: all items of a line", {}, false},
                  {"--price", "PRICE", "for each unit, in place of its own", {}, false},
                  {"--by", "AMOUNT", "up, or with a minus sign down, before tax", {}, false},
                  {"--percent", "PERCENT", "of what it comes to now, signed", {}, false},
                  {"--rate-type", "TYPE", "role:NAME or job_type:CODE of the rate card", {}, false},
                  {"--reason", "TEXT", "why; always needed", {}, false},
                  revision_option()},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
