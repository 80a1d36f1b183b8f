#include "entry/list.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/entries_report.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

/// What of an entry is its amount of work: hours, kilometres, pieces, or money.
std::string amount_of_work(const Json& entry) {
  if (entry["seconds"].is_integer()) {
    constexpr std::int64_t kMinute = 60;
    const std::int64_t minutes = entry["seconds"].as_integer() / kMinute;
    const std::string rest = std::to_string(minutes % kMinute);
    return std::to_string(minutes / kMinute) + (rest.size() < 2 ? ":0" : ":") + rest;
  }
  if (entry["distance_km"].is_string()) return cell_text(entry["distance_km"]) + " km";
  if (entry["quantity"].is_string()) {
    return cell_text(entry["quantity"]) + " " + cell_text(entry["unit"]);
  }
  if (!entry["amount"].is_string()) return "";
  return cell_text(entry["amount"]) + " " + cell_text(entry["currency"]);
}

}  // namespace

std::string entries_text(const Json& entries) {
  if (entries.as_array().empty()) return "no entries\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& entry : entries.as_array()) {
    std::vector<std::string> row;
    for (const char* field :
         {"entry", "work_date", "kind", "client", "project", "task", "member"}) {
      row.push_back(cell_text(entry[field]));
    }
    row.push_back(amount_of_work(entry));
    for (const char* field : {"charge", "state", "description"}) {
      row.push_back(cell_text(entry[field]));
    }
    rows.push_back(std::move(row));
  }
  return table({"entry", "date", "kind", "client", "project", "task", "member", ">work", "charge",
                "state", "description"},
               rows);
}

namespace {

Outcome list(Invocation& invocation) {
  const Filter filter = invocation.filter();
  Outcome outcome;
  outcome.body = entry_list(invocation.session(), filter);
  Json& entries = *outcome.body.find("entries");
  page_rows(entries, "entry", filter);
  outcome.rows = "entries";
  outcome.text = [](const Json& body) { return entries_text(body["entries"]); };
  return outcome;
}

Outcome show(Invocation& invocation) {
  Outcome outcome;
  outcome.body = entry_show(invocation.session(), invocation.arguments().front());
  outcome.text = [](const Json& body) { return fields_text(body); };
  return outcome;
}

}  // namespace

const Command& entry_list_command() {
  static const Command kCommand = {
      .name = "entry list",
      .summary = "list recorded work and how far it has come",
      .example =
          "billctl entry list --task dev --period last-month\n"
          "billctl entry list --state unconfirmed --member maija",
      .arguments = {},
      .options = {from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = list,
  };
  return kCommand;
}

const Command& entry_show_command() {
  static const Command kCommand = {
      .name = "entry show",
      .summary = "show one entry with its items, or why it has none",
      .example = "billctl entry show e17",
      .arguments = {{"ENTRY", "its id", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

}  // namespace billctl::cmd
