#include "commands.hpp"
#include "invoice/edited.hpp"
#include "output.hpp"
#include "pipeline/change_material.hpp"
#include "pipeline/material_list.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string list_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& item : body["items"].as_array())
    rows.push_back({cell_text(item["item"]), cell_text(item["entry"]), cell_text(item["kind"]),
                    cell_text(item["work_date"]), item["linked"].as_bool() ? "yes" : "",
                    cell_text(item["line"]), cell_text(item["total0"]),
                    cell_text(item["update_row"]), cell_text(item["report_price"])});
  std::string text = rows.empty() ? "no items\n"
                                  : table({">item", "entry", "kind", "date", "linked", ">line",
                                           ">total 0%", ">update row", ">report price"},
                                          rows);
  const std::string rest = cell_text(body["unallocated"]);
  if (rest.find_first_of("123456789") != std::string::npos) text += "unallocated: " + rest + "\n";
  return text;
}

Outcome list(Invocation& invocation) {
  const Filter filter = invocation.filter();
  Outcome outcome;
  outcome.body = material_list(invocation.session(), invocation.arguments().front(), filter);
  Json& items = *outcome.body.find("items");
  sort_rows(items, filter.sort);
  rows_after(items, "item", filter.after);
  limit_rows(items, filter.limit);
  outcome.rows = "items";
  const Json& body = outcome.body;
  outcome.talk.push_back("material period " + cell_text(body["period"]["first"]) + ".." +
                         cell_text(body["period"]["last"]));
  outcome.text = list_text;
  return outcome;
}

std::vector<std::string> items_of(const Invocation& invocation) {
  return {invocation.arguments().begin() + 1, invocation.arguments().end()};
}

Outcome link(Invocation& invocation) {
  const LinkRequest request = {edit_target(invocation), items_of(invocation),
                               invocation.filter().period, invocation.value_or("--reason", "")};
  return edited_outcome(link_material(invocation.session(), request, edit_arguments(invocation)));
}

Outcome release(Invocation& invocation) {
  const ReleaseRequest request = {edit_target(invocation), items_of(invocation),
                                  invocation.value_or("--reason", "")};
  const std::size_t count = request.items.size();
  invocation.confirm("release " + std::to_string(count) + (count == 1 ? " item" : " items") +
                     " from invoice " + invocation.arguments().front());
  return edited_outcome(
      release_material(invocation.session(), request, edit_arguments(invocation)));
}

Outcome price(Invocation& invocation) {
  const PriceRequest request = {edit_target(invocation), invocation.arguments().at(1),
                                invocation.arguments().at(2)};
  return edited_outcome(price_material(invocation.session(), request, edit_arguments(invocation)));
}

Outcome revert(Invocation& invocation) {
  const RevertRequest request = {edit_target(invocation), items_of(invocation)};
  return edited_outcome(revert_material(invocation.session(), request, edit_arguments(invocation)));
}

Outcome save(Invocation& invocation) {
  return edited_outcome(
      save_material(invocation.session(), edit_target(invocation), edit_arguments(invocation)));
}

Outcome apply(Invocation& invocation) {
  return edited_outcome(
      apply_material(invocation.session(), edit_target(invocation), edit_arguments(invocation)));
}

const Argument kInvoice = {"INVOICE", "by any name", true, false};
const Argument kDraft = {"INVOICE", "a draft, by any name", true, false};

Command changing(const char* name, const char* summary, const char* example,
                 Outcome (*run)(Invocation&)) {
  Command command;
  command.name = name;
  command.summary = summary;
  command.example = example;
  command.arguments = {kInvoice};
  command.options = {revision_option()};
  command.opens = Opens::ledger;
  command.writes = Writes::yes;
  command.run = run;
  return command;
}

}  // namespace

const Command& invoice_material_list_command() {
  static const Command kCommand = {
      .name = "invoice material list",
      .summary = "list the items behind an invoice, and those that may be linked to it",
      .example = "billctl invoice material list DRAFT00007 --kind time",
      .arguments = {kInvoice},
      .options = {},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& invoice_material_link_command() {
  static const Command kCommand = [] {
    Command command =
        changing("invoice material link", "put pending items behind an invoice",
                 "billctl invoice material link INV00042 17 18 --period 2026-09", link);
    command.arguments.push_back({"ITEM", "their numbers", false, true});
    command.options.push_back({"--period", "PERIOD", "the material period from now on", {}, false});
    command.options.push_back({"--reason", "TEXT", "kept with the link", {}, false});
    return command;
  }();
  return kCommand;
}

const Command& invoice_material_release_command() {
  static const Command kCommand = [] {
    Command command = changing(
        "invoice material release", "make items of an invoice billable again",
        "billctl invoice material release INV00042 17 --reason \"of another project\" --yes",
        release);
    command.arguments.push_back({"ITEM", "their numbers", true, true});
    command.options.push_back(
        {"--reason", "TEXT", "why; needed when the invoice is issued", {}, false});
    return command;
  }();
  return kCommand;
}

const Command& invoice_material_price_command() {
  static const Command kCommand = [] {
    Command command = changing("invoice material price", "price an item that is no hours",
                               "billctl invoice material price DRAFT00007 17 800", price);
    command.arguments.push_back({"ITEM", "its number", true, false});
    command.arguments.push_back({"AMOUNT", "before tax", true, false});
    return command;
  }();
  return kCommand;
}

const Command& invoice_material_revert_command() {
  static const Command kCommand = [] {
    Command command = changing("invoice material revert", "give items their original prices back",
                               "billctl invoice material revert DRAFT00007", revert);
    command.arguments.push_back({"ITEM", "only these; without one, all", false, true});
    return command;
  }();
  return kCommand;
}

const Command& invoice_material_save_command() {
  static const Command kCommand =
      changing("invoice material save", "match report prices to the lines, which stay",
               "billctl invoice material save INV00042", save);
  return kCommand;
}

const Command& invoice_material_apply_command() {
  static const Command kCommand = [] {
    Command command =
        changing("invoice material apply", "make the lines of a draft follow its material",
                 "billctl invoice material apply DRAFT00007", apply);
    command.arguments = {kDraft};
    return command;
  }();
  return kCommand;
}

}  // namespace billctl::cmd
