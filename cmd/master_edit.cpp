// `client edit` and its like: an option for each column of the kind's import table.
#include <algorithm>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/edit_record.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

std::string option_of(std::string_view field) {
  std::string name = "--" + std::string(field);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string value_name(CellType type) {
  switch (type) {
    case CellType::text:
      return "TEXT";
    case CellType::word:
      return "WORD";
    case CellType::flag:
      return "YES";
    case CellType::date:
      return "DATE";
    case CellType::currency:
      return "CURRENCY";
    case CellType::count:
    case CellType::decimal:
    case CellType::price:
    case CellType::positive:
      return "N";
    case CellType::codes:
    case CellType::emails:
    case CellType::kinds:
      return "LIST";
    default:
      return "CODE";
  }
}

/// One line for each field, whichever kind has it.
constexpr std::pair<std::string_view, std::string_view> kFieldHelp[] = {
    {"name", "its name"},
    {"legal_name", "the name on documents, where it is another"},
    {"parent", "the business link, printed above the name"},
    {"kind", "company, person or what you tell apart"},
    {"street", "of the billing address"},
    {"street2", "its second line"},
    {"city", "of the billing address"},
    {"postal_code", "of the billing address"},
    {"region", "of the billing address"},
    {"country", "two letters of ISO 3166, as FI"},
    {"vat_id", "with its country's letters"},
    {"registration_id", "of the trade register"},
    {"emails", "addresses with ; between; invoices go to the first"},
    {"email", "an address"},
    {"currency", "a code of ISO 4217, as EUR; empty: the next in line"},
    {"payment_terms", "a [terms] of the config"},
    {"price_list", "a price list by its name"},
    {"tax", "codes of [tax] with ; between"},
    {"language", "of documents: en, fi, sv, de"},
    {"buyer_reference", "what the buyer wants to read on invoices"},
    {"endpoint", "the address of e-invoices"},
    {"endpoint_scheme", "its scheme, as 0216"},
    {"time_rule", "a [time_rules] of the config"},
    {"rounding_mode", "line or entry"},
    {"bill_by", "hour or day"},
    {"invoice_scope", "client, po, engagement or project"},
    {"group_projects", "none, project or project-task"},
    {"group_hours", "as --group-hours of generate"},
    {"group_travel", "all, specified or allowance-mileage"},
    {"annex", "none, entries or entries-anonymous"},
    {"delivery", "mail, einvoice, post or none"},
    {"active_until", "the last day"},
    {"comment", "for those who bill; never printed"},
    {"client", "who is billed"},
    {"engagement", "the agreement that it is part of"},
    {"bill_to", "the client who gets the invoice instead"},
    {"po_number", "the buyer's order"},
    {"status", "see billctl-import(5)"},
    {"billable_kinds",
     "kinds with ; between, each with or without its first day, as time:2026-01-01;expense"},
    {"pm", "members with ; between"},
    {"internal", "yes or no: never billed"},
    {"project", "it moves there with its entries"},
    {"team", "a team"},
    {"billable", "yes or no"},
    {"product", "what its work is billed as"},
    {"unit", "of the price: hour, day, km, pcs"},
    {"unit_price", "for each unit, before tax"},
    {"quantity", "that is billed once the task is done"},
    {"source_type", "ticket, work_order, delivery_note, business_order or contract"},
    {"source_ref", "its number there"},
    {"description", "printed with its name"},
    {"role", "what rates go by"},
    {"hours_per_day", "of a working day"},
    {"os_user", "who runs billctl as this member"},
};

std::string help_of(const Column& column) {
  const auto* found = std::ranges::find(kFieldHelp, column.name,
                                        &std::pair<std::string_view, std::string_view>::first);
  expect(found != std::end(kFieldHelp), "a field that can be edited has its line of help");
  return std::string(found->second);
}

std::vector<Option> options_of(const std::string& noun) {
  std::vector<Option> options;
  for (const Column& column : table_of(editable_kind(noun)).columns) {
    if (column.identity) continue;
    options.push_back(
        {option_of(column.name), value_name(column.type), help_of(column), {}, false});
  }
  return options;
}

std::string text_of(const Json& body, const std::string& noun) {
  const std::string head = noun + " " + cell_text(body[noun]) + ": ";
  if (body["changed"].as_array().empty()) return head + "nothing changed\n";
  std::string text;
  const auto shown = [](const Json& value) {
    return value.is_null() ? "empty" : visible(cell_text(value));
  };
  for (const Json& change : body["changed"].as_array()) {
    text += head + cell_text(change["field"]) + " " + shown(change["from"]) + " -> " +
            shown(change["to"]) + "\n";
  }
  return text;
}

Outcome run(Invocation& invocation, const std::string& noun) {
  std::vector<FieldEdit> edits;
  for (const Column& column : table_of(editable_kind(noun)).columns) {
    if (column.identity) continue;
    if (auto value = invocation.value(option_of(column.name))) {
      edits.push_back({std::string(column.name), std::move(*value)});
    }
  }
  Outcome outcome =
      outcome_of(edit_record(invocation.session(), noun, invocation.arguments().front(), edits));
  outcome.rows = "changed";
  outcome.text = [noun](const Json& body) { return text_of(body, noun); };
  return outcome;
}

Command edit_command(const std::string& noun, std::string example) {
  Command command;
  command.name = noun + " edit";
  command.summary = "change fields of a " + noun + "; a later import leaves them alone";
  command.example = std::move(example);
  command.arguments = {{"CODE", "its code", true, false}};
  command.options = options_of(noun);
  command.opens = Opens::ledger;
  command.writes = Writes::yes;
  command.run = [noun](Invocation& invocation) { return run(invocation, noun); };
  return command;
}

}  // namespace

const Command& client_edit_command() {
  static const Command kCommand =
      edit_command("client", "billctl client edit acme --street \"Uusi katu 2\" --delivery post");
  return kCommand;
}

const Command& project_edit_command() {
  static const Command kCommand =
      edit_command("project", "billctl project edit web --po-number PO-77 --status closed");
  return kCommand;
}

const Command& task_edit_command() {
  static const Command kCommand =
      edit_command("task", "billctl task edit dev --unit-price 95 --unit hour");
  return kCommand;
}

const Command& product_edit_command() {
  static const Command kCommand =
      edit_command("product", "billctl product edit development --unit-price 98.50");
  return kCommand;
}

const Command& member_edit_command() {
  static const Command kCommand =
      edit_command("member", "billctl member edit maija --role senior --active-until 2026-12-31");
  return kCommand;
}

}  // namespace billctl::cmd
