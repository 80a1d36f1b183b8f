#include "commands.hpp"
#include "invoice/edited.hpp"
#include "pipeline/change_lines.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation) {
  return edited_outcome(agree(invocation.session(), edit_target(invocation),
                              invocation.arguments().at(1), invocation.value_or("--message", ""),
                              edit_arguments(invocation)));
}

}  // namespace

const Command& invoice_agree_command() {
  static const Command kCommand = {
      .name = "invoice agree",
      .summary = "put one line of an agreed total in place of a draft's lines",
      .example = "billctl invoice agree DRAFT00007 5000 -m \"Website, as agreed\"",
      .arguments = {{"INVOICE", "a draft, by any name", true, false},
                    {"AMOUNT", "before tax", true, false}},
      .options = {{"-m,--message", "TEXT", "the description of the line", {}, false},
                  revision_option()},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
