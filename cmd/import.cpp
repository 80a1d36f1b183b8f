#include "commands.hpp"
#include "intake/source.hpp"
#include "intake/tables.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/import_work.hpp"
#include "text/nearest.hpp"

namespace billctl::cmd {
namespace {

TableKind kind_named(const std::string& text) {
  if (const auto kind = table_kind_of(text)) return *kind;
  throw Error(Reason::usage, "there is no table \"" + text + "\"",
              did_you_mean(text, table_kind_words()));
}

ImportOptions options_of(Invocation& invocation) {
  ImportOptions options;
  options.overwrite_local = invocation.value_or("--overwrite", "") == "local";
  options.clear_empty = invocation.value_or("--empty", "") == "clear";
  options.skip_locked = invocation.has("--skip-locked");
  options.replace = invocation.has("--replace");
  if (const auto name = invocation.value("--zone")) {
    options.zone = Zone::load(*name);
    if (!options.zone)
      throw Error(Reason::usage, "--zone \"" + *name + "\" is no time zone",
                  "write Europe/Helsinki");
  }
  return options;
}

std::string text_of(const Json& kinds) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& kind : kinds.as_array()) {
    const bool entries = kind["kind"].as_string() == "entries";
    rows.push_back({cell_text(kind["kind"]), cell_text(kind["rows"]), cell_text(kind["added"]),
                    cell_text(kind["changed"]), cell_text(kind["unchanged"]),
                    cell_text(kind["skipped"]), entries ? cell_text(kind["seconds"]) : "",
                    entries ? cell_text(kind["billable_seconds"]) : ""});
  }
  return table(
      {"table", ">rows", ">added", ">changed", ">unchanged", ">skipped", ">seconds", ">billable"},
      rows);
}

void tell(const Json& kind, Outcome& outcome) {
  for (const Json& warning : kind["warnings"].as_array()) {
    outcome.talk.push_back(to_text(Mistake{
        {cell_text(warning["file"]),
         warning["line"].is_integer() ? static_cast<int>(warning["line"].as_integer()) : 0,
         warning["column"].is_integer() ? static_cast<int>(warning["column"].as_integer()) : 0},
        "warning: " + cell_text(warning["message"]),
        ""}));
  }
  for (const Json& entry : kind["locked"].as_array()) {
    outcome.talk.push_back("left as it is, locked: " + cell_text(entry));
  }
}

Outcome run_kind(Invocation& invocation) {
  const std::vector<std::string>& words = invocation.arguments();
  const TableKind kind = kind_named(words.front());
  Outcome outcome;
  if (invocation.has("--template")) {
    outcome.is_raw = true;
    outcome.raw = template_text(table_of(kind));
    return outcome;
  }
  if (words.size() < 2)
    throw Error(Reason::usage, "import " + words.front() + " needs a file", "- is standard input");
  std::vector<ImportFile> files;
  for (std::size_t i = 1; i < words.size(); ++i) files.push_back({kind, open_source(words[i])});
  outcome.body = import_tables(invocation.session(), std::move(files), options_of(invocation)).body;
  tell(outcome.body, outcome);
  const Json kinds = Json::array({outcome.body});
  outcome.text = [kinds] { return text_of(kinds); };
  return outcome;
}

Outcome run_all(Invocation& invocation) {
  Outcome outcome;
  std::vector<std::string> passed_over;
  std::vector<ImportFile> files = tables_of_folder(invocation.arguments().front(), passed_over);
  outcome.body = import_all(invocation.session(), std::move(files), options_of(invocation)).body;
  for (const std::string& name : passed_over)
    outcome.talk.push_back("passed over, no table: " + name);
  for (const Json& kind : outcome.body["kinds"].as_array()) tell(kind, outcome);
  outcome.rows = "kinds";
  const Json kinds = outcome.body["kinds"];
  outcome.text = [kinds] { return text_of(kinds); };
  return outcome;
}

const std::vector<Option>& import_options() {
  static const std::vector<Option> kAll = {
      {"--overwrite", "WHAT", "the file wins over fields edited here", {"local"}, false},
      {"--empty", "WHAT", "an empty cell blanks the field", {"clear"}, false},
      {"--skip-locked", "", "leave out changes of entries that are drafted or further", {}, false},
      {"--replace", "", "make the file the whole of each selection it names", {}, false},
      {"--zone", "ZONE", "of local times without one, instead of the tenant's", {}, false},
  };
  return kAll;
}

}  // namespace

const Command& import_command() {
  static const Command kCommand = {
      .name = "import",
      .summary = "take in work and master data from tables",
      .example =
          "billctl import entries october.csv\nbillctl import clients --template >clients.csv",
      .arguments = {{"KIND", "clients, tasks, entries …", true, false},
                    {"FILE", "CSV or JSON Lines; - is standard input", false, true}},
      .options =
          [] {
            std::vector<Option> options = import_options();
            options.push_back(
                {"--template", "", "print the table's header row and do nothing", {}, false});
            return options;
          }(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run_kind,
  };
  return kCommand;
}

const Command& import_all_command() {
  static const Command kCommand = {
      .name = "import all",
      .summary = "take in every table of a folder, in one step",
      .example = "billctl import all tables",
      .arguments = {{"DIR", "a folder with clients.csv, entries.csv …", true, false}},
      .options = import_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run_all,
  };
  return kCommand;
}

}  // namespace billctl::cmd
