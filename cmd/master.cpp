#include "master.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string list_text(const Json& records, const std::string& noun,
                      const std::vector<std::string>& columns) {
  if (records.as_array().empty()) return "no " + noun + "s\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& record : records.as_array()) {
    std::vector<std::string> row;
    for (const std::string& column : columns) {
      row.push_back(cell_text(record[column.front() == '>' ? column.substr(1) : column]));
    }
    rows.push_back(std::move(row));
  }
  std::vector<std::string> heads;
  for (const std::string& column : columns) {
    std::string head = column;
    for (char& c : head) c = c == '_' ? ' ' : c;
    heads.push_back(head);
  }
  return table(heads, rows);
}

Outcome list(Invocation& invocation, MasterKind kind, const std::vector<std::string>& columns) {
  const Filter filter = invocation.filter();
  const std::string noun(word(kind));
  Outcome outcome;
  outcome.body = master_list(invocation.session(), invocation.books(), kind, filter);
  outcome.rows = noun + "s";
  Json& records = *outcome.body.find(outcome.rows);
  page_rows(records, noun, filter);
  const Json shown = records;
  outcome.text = [shown, noun, columns](const Json&) { return list_text(shown, noun, columns); };
  return outcome;
}

}  // namespace

Command list_command(MasterKind kind, std::string summary, std::string example,
                     std::vector<std::string> columns) {
  Command command;
  command.name = std::string(word(kind)) + " list";
  command.summary = std::move(summary);
  command.example = std::move(example);
  command.filters = true;
  command.opens = Opens::ledger;
  command.run = [kind, columns = std::move(columns)](Invocation& invocation) {
    return list(invocation, kind, columns);
  };
  return command;
}

Command show_command(MasterKind kind, std::string example) {
  const std::string noun(word(kind));
  Command command;
  command.name = noun + " show";
  command.summary = "show one " + noun + " with all its fields";
  command.example = std::move(example);
  command.arguments = {{"CODE", "its code", true, false}};
  command.opens = Opens::ledger;
  command.run = [kind](Invocation& invocation) {
    Outcome outcome;
    outcome.body =
        master_show(invocation.session(), invocation.books(), kind, invocation.arguments().front());
    outcome.text = [](const Json& body) { return fields_text(body); };
    return outcome;
  };
  return command;
}

const Command& client_list_command() {
  static const Command kCommand = list_command(
      MasterKind::client, "list who is billed", "billctl client list --selection support",
      {"client", "name", "city", "country", "currency", "payment_terms", "delivery"});
  return kCommand;
}

const Command& client_show_command() {
  static const Command kCommand = show_command(MasterKind::client, "billctl client show acme");
  return kCommand;
}

const Command& project_list_command() {
  static const Command kCommand = list_command(
      MasterKind::project, "list projects", "billctl project list --client acme",
      {"project", "name", "client", "engagement", "currency", "status", "internal", "po_number"});
  return kCommand;
}

const Command& project_show_command() {
  static const Command kCommand = show_command(MasterKind::project, "billctl project show web");
  return kCommand;
}

const Command& member_list_command() {
  static const Command kCommand =
      list_command(MasterKind::member, "list who works", "billctl member list",
                   {"member", "name", "email", "team", "role", "active_until"});
  return kCommand;
}

const Command& member_show_command() {
  static const Command kCommand = show_command(MasterKind::member, "billctl member show maija");
  return kCommand;
}

const Command& product_list_command() {
  static const Command kCommand =
      list_command(MasterKind::product, "list what is sold, with what billctl made itself",
                   "billctl product list",
                   {"product", "name", "unit", ">unit_price", "currency", "auto_created"});
  return kCommand;
}

const Command& product_show_command() {
  static const Command kCommand = show_command(MasterKind::product, "billctl product show dev");
  return kCommand;
}

}  // namespace billctl::cmd
