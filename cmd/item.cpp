#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/items_report.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string list_text(const Json& items) {
  if (items.as_array().empty()) return "no items\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& item : items.as_array()) {
    std::vector<std::string> row;
    for (const char* field :
         {"item", "entry", "kind", "work_date", "client", "project", "member", "quantity", "unit",
          "unit_price", "amount", "currency", "state", "invoice"}) {
      row.push_back(cell_text(item[field]));
    }
    rows.push_back(std::move(row));
  }
  return table({">item", "entry", "kind", "date", "client", "project", "member", ">quantity",
                "unit", ">price", ">amount", "", "state", "invoice"},
               rows);
}

Outcome list(Invocation& invocation) {
  const Filter filter = invocation.filter();
  Outcome outcome;
  outcome.body = item_list(invocation.session(), filter);
  Json& items = *outcome.body.find("items");
  page_rows(items, "item", filter);
  outcome.rows = "items";
  const Json shown = items;
  outcome.text = [shown](const Json&) { return list_text(shown); };
  return outcome;
}

Outcome show(Invocation& invocation) {
  Outcome outcome;
  outcome.body = item_show(invocation.session(), invocation.arguments().front());
  outcome.text = [](const Json& body) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [field, value] : body.as_object()) rows.push_back({field, cell_text(value)});
    return table({"field", "value"}, rows);
  };
  return outcome;
}

std::string reprice_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& item : body["items"].as_array()) {
    rows.push_back({cell_text(item["item"]), cell_text(item["entry"]),
                    cell_text(item["from"]["unit_price"]), cell_text(item["to"]["unit_price"]),
                    cell_text(item["from"]["amount"]), cell_text(item["to"]["amount"])});
  }
  std::string text;
  if (!rows.empty()) text = table({">item", "entry", ">price", ">now", ">amount", ">now"}, rows);
  return text + cell_text(body["remade"]) + " of " + cell_text(body["considered"]) + " made anew\n";
}

Outcome reprice(Invocation& invocation) {
  for (const char* option : {"--limit", "--after", "--sort"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for item reprice",
                  "it takes --client, --project, --task, --member, --kind and --period");
  }
  const Report report =
      reprice_items(invocation.session(), invocation.arguments(), invocation.filter());
  Outcome outcome;
  outcome.body = report.body;
  outcome.rows = "items";
  outcome.text = [](const Json& body) { return reprice_text(body); };
  return outcome;
}

Outcome release(Invocation& invocation) {
  const auto& names = invocation.arguments();
  invocation.confirm("release " + std::to_string(names.size()) +
                     (names.size() == 1 ? " item" : " items"));
  const Report report = release_items(invocation.session(), names);
  Outcome outcome;
  outcome.body = report.body;
  outcome.rows = "released";
  outcome.talk.push_back("hint: their entries are open again; `billctl compile` makes new items");
  const Json released = report.body["released"];
  outcome.text = [released](const Json&) {
    std::string text;
    for (const Json& item : released.as_array())
      text += "item " + cell_text(item["item"]) + " of entry " + cell_text(item["entry"]) +
              ": released\n";
    return text;
  };
  return outcome;
}

}  // namespace

const Command& item_list_command() {
  static const Command kCommand = {
      .name = "item list",
      .summary = "list billable items and where they are",
      .example =
          "billctl item list --state pending --client acme\nbillctl item list --sort -amount",
      .arguments = {},
      .options = {from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& item_show_command() {
  static const Command kCommand = {
      .name = "item show",
      .summary = "show one item with what decided its price",
      .example = "billctl item show 17",
      .arguments = {{"ITEM", "its number", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

const Command& item_reprice_command() {
  static const Command kCommand = {
      .name = "item reprice",
      .summary = "make pending items anew now, and tell their old and new price",
      .example = "billctl item reprice --client acme --dry-run",
      .arguments = {{"ITEM", "only these; without one, all pending ones", false, true}},
      .options = {},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = reprice,
  };
  return kCommand;
}

const Command& item_release_command() {
  static const Command kCommand = {
      .name = "item release",
      .summary = "end pending items and give them back to their entries",
      .example = "billctl item release 17 --yes",
      .arguments = {{"ITEM", "its number", true, true}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = release,
  };
  return kCommand;
}

}  // namespace billctl::cmd
