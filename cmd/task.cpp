#include "commands.hpp"
#include "invocation.hpp"
#include "master.hpp"
#include "output.hpp"
#include "pipeline/add_entry.hpp"

namespace billctl::cmd {
namespace {

Outcome done(Invocation& invocation) {
  Outcome outcome = outcome_of(finish_task(invocation.session(), invocation.arguments().front()));
  outcome.text = [](const Json& body) {
    std::string text = "task " + cell_text(body["task"]) + " done on " + cell_text(body["done_on"]);
    if (body["entry"].is_string()) text += ", entry " + cell_text(body["entry"]);
    return text + "\n";
  };
  return outcome;
}

}  // namespace

const Command& task_list_command() {
  static const Command kCommand =
      list_command(MasterKind::task, "list tasks", "billctl task list --project web --state open",
                   {"task", "name", "client", "project", "billable", "product", ">unit_price",
                    "unit", ">quantity", "status"});
  return kCommand;
}

const Command& task_show_command() {
  static const Command kCommand = show_command(MasterKind::task, "billctl task show dev");
  return kCommand;
}

const Command& task_done_command() {
  static const Command kCommand = {
      .name = "task done",
      .summary = "mark a task done; one with a quantity of its own is billed by it",
      .example = "billctl task done dev",
      .arguments = {{"CODE", "the task", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = done,
  };
  return kCommand;
}

}  // namespace billctl::cmd
