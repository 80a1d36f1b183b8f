#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/filters_kept.hpp"

namespace billctl::cmd {
namespace {

std::string list_text(const Json& filters) {
  if (filters.as_array().empty()) return "no saved filters\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : filters.as_array()) {
    rows.push_back(
        {cell_text(each["filter"]), cell_text(each["command_line"]), cell_text(each["saved_by"])});
  }
  return table({"filter", "options", "by"}, rows);
}

Outcome list(Invocation& invocation) {
  Outcome outcome;
  outcome.body = filter_list(invocation.session());
  outcome.rows = "filters";
  outcome.text = [](const Json& body) { return list_text(body["filters"]); };
  return outcome;
}

Outcome show(Invocation& invocation) {
  Outcome outcome;
  outcome.body = filter_show(invocation.session(), invocation.arguments().front());
  outcome.text = [](const Json& body) { return list_text(Json::array({body})); };
  return outcome;
}

Outcome remove(Invocation& invocation) {
  const std::string& name = invocation.arguments().front();
  filter_show(invocation.session(), name);  // a name that nobody gave is no question
  invocation.confirm("delete the saved filter " + name);
  Outcome outcome;
  outcome.body = filter_delete(invocation.session(), name).body;
  outcome.text = [](const Json& body) {
    return "filter " + cell_text(body["filter"]) + " deleted\n";
  };
  return outcome;
}

}  // namespace

const Command& filter_list_command() {
  static const Command kCommand = {
      .name = "filter list",
      .summary = "list the filters that are saved under a name",
      .example = "billctl filter list",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& filter_show_command() {
  static const Command kCommand = {
      .name = "filter show",
      .summary = "show what a saved filter stands for",
      .example = "billctl filter show month-end",
      .arguments = {{"NAME", "as --save-as named it", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

const Command& filter_delete_command() {
  static const Command kCommand = {
      .name = "filter delete",
      .summary = "forget a saved filter",
      .example = "billctl filter delete month-end --yes",
      .arguments = {{"NAME", "as --save-as named it", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = remove,
  };
  return kCommand;
}

}  // namespace billctl::cmd
