#include "commands.hpp"
#include "invoice/edited.hpp"
#include "pipeline/move_cards.hpp"

namespace billctl::cmd {
namespace {

std::string needed(const Invocation& invocation, const char* option) {
  if (const auto value = invocation.value(option)) return *value;
  throw Error(Reason::usage, invocation.command().name + " needs " + option,
              "see `billctl invoice material list " + invocation.arguments().front() + "`");
}

MoveRequest request_of(Invocation& invocation) {
  return {edit_target(invocation), needed(invocation, "--item"),
          invocation.value_or("--reason", "")};
}

Outcome exclude(Invocation& invocation) {
  const MoveRequest request = request_of(invocation);
  return edited_outcome(exclude_item(invocation.session(), request, edit_arguments(invocation)));
}

Outcome include(Invocation& invocation) {
  const MoveRequest request = request_of(invocation);
  return edited_outcome(include_item(invocation.session(), request, edit_arguments(invocation)));
}

Outcome transfer(Invocation& invocation) {
  const MoveRequest request = request_of(invocation);
  const std::string task = needed(invocation, "--task");
  return edited_outcome(
      transfer_item(invocation.session(), request, task, edit_arguments(invocation)));
}

Command moving(const char* name, const char* summary, const char* example,
               Outcome (*run)(Invocation&)) {
  Command command;
  command.name = name;
  command.summary = summary;
  command.example = example;
  command.arguments = {{"INVOICE", "a draft, by any name", true, false}};
  command.options = {{"--item", "ITEM", "by number", {}, false},
                     {"--reason", "TEXT", "why, for the history", {}, false},
                     revision_option()};
  command.opens = Opens::ledger;
  command.writes = Writes::yes;
  command.run = run;
  return command;
}

}  // namespace

const Command& invoice_exclude_command() {
  static const Command kCommand =
      moving("invoice exclude", "take an item off a draft; it is pending again",
             "billctl invoice exclude DRAFT00007 --item 17 --reason \"not agreed yet\"", exclude);
  return kCommand;
}

const Command& invoice_include_command() {
  static const Command kCommand =
      moving("invoice include", "put a pending item on a draft, with its line",
             "billctl invoice include DRAFT00007 --item 17", include);
  return kCommand;
}

const Command& invoice_transfer_command() {
  static const Command kCommand = [] {
    Command command =
        moving("invoice transfer", "take an item off a draft and move its entry to another task",
               "billctl invoice transfer DRAFT00007 --item 17 --task shop-build", transfer);
    command.options.insert(command.options.begin() + 1,
                           {"--task", "TASK", "where its entry belongs, by code", {}, false});
    return command;
  }();
  return kCommand;
}

}  // namespace billctl::cmd
