#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/selections.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string joined(const Json& codes) {
  std::string text;
  for (const Json& code : codes.as_array()) text += (text.empty() ? "" : " ") + code.as_string();
  return text;
}

Outcome list(Invocation& invocation) {
  const Filter filter = invocation.filter();
  Outcome outcome;
  outcome.body = selection_list(invocation.session(), invocation.books(), filter);
  outcome.rows = "selections";
  page_rows(*outcome.body.find("selections"), "selection", filter);
  const Json selections = outcome.body["selections"];
  outcome.text = [selections](const Json&) {
    if (selections.as_array().empty()) return std::string("no selections\n");
    std::vector<std::vector<std::string>> rows;
    for (const Json& selection : selections.as_array()) {
      rows.push_back({cell_text(selection["selection"]), joined(selection["clients"])});
    }
    return table({"selection", "clients"}, rows);
  };
  return outcome;
}

Outcome show(Invocation& invocation) {
  Outcome outcome;
  outcome.body =
      selection_show(invocation.session(), invocation.books(), invocation.arguments().front());
  outcome.rows = "clients";
  const Json clients = outcome.body["clients"];
  outcome.text = [clients](const Json&) {
    std::vector<std::vector<std::string>> rows;
    for (const Json& client : clients.as_array()) {
      rows.push_back({cell_text(client["client"]), cell_text(client["name"])});
    }
    return table({"client", "name"}, rows);
  };
  return outcome;
}

Outcome told(const Report& report, const char* verb) {
  Outcome outcome = outcome_of(report);
  outcome.text = [verb](const Json& body) {
    const std::size_t left = body["clients"].as_array().size();
    return cell_text(body["selection"]) + ": " + std::to_string(body[verb].as_array().size()) +
           " " + verb + ", " + std::to_string(left) + (left == 1 ? " client\n" : " clients\n");
  };
  return outcome;
}

std::vector<std::string> clients_of(const Invocation& invocation) {
  return {invocation.arguments().begin() + 1, invocation.arguments().end()};
}

Outcome add(Invocation& invocation) {
  return told(
      selection_add(invocation.session(), invocation.arguments().front(), clients_of(invocation)),
      "added");
}

Outcome remove(Invocation& invocation) {
  return told(selection_remove(invocation.session(), invocation.arguments().front(),
                               clients_of(invocation)),
              "removed");
}

Outcome edit(Invocation& invocation) {
  Outcome outcome = outcome_of(selection_edit(invocation.session(), invocation.arguments().front(),
                                              invocation.value_or("--rename", ""),
                                              invocation.values("--client")));
  outcome.text = [](const Json& body) {
    return cell_text(body["selection"]) + ": " + joined(body["clients"]) + "\n";
  };
  return outcome;
}

Command changing(const char* name, const char* summary, const char* example,
                 Outcome (*run)(Invocation&)) {
  Command command;
  command.name = name;
  command.summary = summary;
  command.example = example;
  command.arguments = {{"NAME", "the selection", true, false},
                       {"CLIENT", "their codes", true, true}};
  command.opens = Opens::ledger;
  command.writes = Writes::yes;
  command.run = run;
  return command;
}

}  // namespace

const Command& selection_list_command() {
  static const Command kCommand = {
      .name = "selection list",
      .summary = "list the named sets of clients",
      .example = "billctl selection list --client acme",
      .arguments = {},
      .options = {},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& selection_show_command() {
  static const Command kCommand = {
      .name = "selection show",
      .summary = "show the clients of a selection",
      .example = "billctl selection show support-clients",
      .arguments = {{"NAME", "the selection", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

const Command& selection_add_command() {
  static const Command kCommand =
      changing("selection add", "add clients to a selection; it exists by having one",
               "billctl selection add support-clients acme beta", add);
  return kCommand;
}

const Command& selection_remove_command() {
  static const Command kCommand = changing("selection remove", "take clients out of a selection",
                                           "billctl selection remove support-clients beta", remove);
  return kCommand;
}

const Command& selection_edit_command() {
  static const Command kCommand = {
      .name = "selection edit",
      .summary = "give a selection another name, or say what it consists of",
      .example = "billctl selection edit support-clients --rename support --client acme,beta",
      .arguments = {{"NAME", "the selection", true, false}},
      .options = {{"--rename", "NAME", "its new name", {}, false},
                  {"--client", "CODE", "the clients that it then consists of", {}, true}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = edit,
  };
  return kCommand;
}

}  // namespace billctl::cmd
