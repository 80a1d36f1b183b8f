#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <set>

#include "commands.hpp"
#include "config/import_map_file.hpp"
#include "import_report.hpp"
#include "invocation.hpp"
#include "pipeline/import_foreign.hpp"
#include "pipeline/import_work.hpp"
#include "text/nearest.hpp"
#include "text/shared_files.hpp"

namespace billctl::cmd {
namespace {

constexpr const char* kEverything = "clients,projects,tasks,members";
constexpr const char* kAllDays = "whole";

bool is_kinds_to_create(const std::string& word) {
  const std::string all = std::string(",") + kEverything + ",";
  std::size_t from = 0;
  for (std::size_t to = 0; to != std::string::npos; from = to + 1) {
    to = word.find(',', from);
    if (all.find("," + word.substr(from, to - from) + ",") == std::string::npos) return false;
  }
  return !word.empty();
}

bool is_period(const std::string& word) {
  return Period::parse(word, Date::from_days(0)).has_value();
}

TableKind kind_of(const std::string& word) {
  const auto kind = table_kind_of(word);
  if (!kind) {
    const std::vector<std::string> known = table_kind_words();
    std::string near = did_you_mean(word, known);
    if (near.empty()) near = fmt::format("one of {}", fmt::join(known, ", "));
    throw Error(Reason::usage, "\"" + word + "\" is no kind of table", near);
  }
  return *kind;
}

std::optional<Zone> zone_option(const Invocation& invocation) {
  const auto name = invocation.value("--zone");
  if (!name) return std::nullopt;
  auto zone = Zone::load(*name);
  if (!zone) {
    throw Error(Reason::usage, "--zone \"" + *name + "\" is no zone of the IANA database",
                "write one as Europe/Helsinki");
  }
  return zone;
}

ImportOptions options_of(const Invocation& invocation) {
  ImportOptions options;
  options.overwrite_local = invocation.has("--overwrite");
  options.clear_empty = invocation.has("--empty");
  options.skip_locked = invocation.has("--skip-locked");
  options.replace = invocation.has("--replace");
  options.zone = zone_option(invocation);
  return options;
}

/// Options that speak of another program's export, and of nothing else.
void refuse_foreign_options(const Invocation& invocation) {
  for (const char* option :
       {"--map", "--make-map", "--create", "--member", "--unconfirmed", "--dates", "--prices"}) {
    if (!invocation.has(option)) continue;
    throw Error(Reason::usage, std::string(option) + " goes with --from",
                "say whose export it is, as --from toggl");
  }
}

Outcome told(Invocation& invocation, Report report) {
  Outcome outcome = outcome_of(std::move(report));
  const bool dry = invocation.dry_run() == DryRun::yes;
  outcome.text = [dry](const Json& body) { return import_text(body, dry); };
  outcome.talk = import_warnings(outcome.body);
  const Json* rows = outcome.body.find("rows");
  const bool read_none = rows != nullptr && rows->as_integer() == 0;
  if (read_none && invocation.has("--fail-if-empty")) outcome.exit = ExitStatus::empty;
  return outcome;
}

std::set<NameKind> to_create(const Invocation& invocation) {
  std::set<NameKind> kinds;
  for (const std::string& word : invocation.values("--create")) {
    if (word == "clients") kinds.insert(NameKind::client);
    if (word == "projects") kinds.insert(NameKind::project);
    if (word == "tasks") kinds.insert(NameKind::task);
    if (word == "members") kinds.insert(NameKind::member);
  }
  return kinds;
}

std::optional<Period> days_replaced(Invocation& invocation) {
  const auto text = invocation.value("--replace");
  if (!text) return std::nullopt;
  if (*text == kAllDays) {
    throw Error(Reason::usage, "--replace with --from needs the period which the file is whole for",
                "as --replace 2026-10");
  }
  return Period::parse(*text, invocation.today());
}

/// Beside what is there, never over it.
void write_map(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    throw Error(Reason::io, "can't make " + path,
                "it must not be there yet, and its folder must be writable");
  }
  follow_folder(path);
  const bool whole = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (close(file) != 0 || !whole) throw Error(Reason::io, "can't write " + path);
}

Outcome make_map(Invocation& invocation, ForeignImport& request) {
  const MapToFill map = make_import_map(invocation.session(), request);
  const std::string path = *invocation.value("--make-map");
  if (invocation.dry_run() == DryRun::no) write_map(path, map.text);
  Json unknown = Json::array();
  for (const UnknownName& name : map.unknown) unknown.push(name.path);
  const std::size_t count = map.unknown.size();
  Outcome outcome;
  outcome.body = no_import(TableKind::entries);
  outcome.body.set("map", path);
  outcome.body.set("unknown", std::move(unknown));
  outcome.text = [path, count](const Json&) {
    return fmt::format("{}: {} unknown {}; nothing was imported\n", path, count,
                       count == 1 ? "name" : "names");
  };
  return outcome;
}

Outcome import_export(Invocation& invocation, const std::string& format) {
  ForeignImport request;
  request.format = *foreign_format_of(format);
  for (std::size_t i = 1; i < invocation.arguments().size(); ++i) {
    request.files.push_back(open_source(invocation.arguments()[i]));
  }
  if (const auto map = invocation.value("--map")) request.map = load_import_map(*map);
  request.create = to_create(invocation);
  request.replace = days_replaced(invocation);
  request.unconfirmed = invocation.has("--unconfirmed");
  request.take_prices = invocation.value_or("--prices", "ignore") == "take";
  if (const auto dates = invocation.value("--dates")) request.dates = date_order_of(*dates);
  request.member = invocation.value_or("--member", "");
  request.options = options_of(invocation);
  if (invocation.has("--make-map")) return make_map(invocation, request);
  return told(invocation, import_foreign(invocation.session(), request));
}

Outcome run(Invocation& invocation) {
  const TableKind kind = kind_of(invocation.arguments().front());
  if (invocation.has("--template")) {
    Outcome outcome;
    outcome.raw = template_text(table_of(kind));
    outcome.is_raw = true;
    return outcome;
  }
  if (invocation.arguments().size() < 2) {
    throw Error(Reason::usage, "billctl import needs a FILE",
                "- is standard input; --template prints the columns");
  }
  if (const auto format = invocation.value("--from")) {
    if (kind != TableKind::entries) {
      throw Error(Reason::usage, "--from goes with entries, not with " + std::string(word(kind)));
    }
    return import_export(invocation, *format);
  }
  refuse_foreign_options(invocation);
  const bool days = invocation.value("--replace").value_or(kAllDays) != kAllDays;
  if (invocation.has("--replace") && (kind != TableKind::selections || days)) {
    throw Error(Reason::usage, "--replace goes with selections, or with --from and a period");
  }
  std::vector<ImportFile> files;
  for (std::size_t i = 1; i < invocation.arguments().size(); ++i) {
    files.push_back({kind, open_source(invocation.arguments()[i])});
  }
  return told(invocation,
              import_tables(invocation.session(), std::move(files), options_of(invocation)));
}

Outcome run_all(Invocation& invocation) {
  std::vector<std::string> passed_over;
  const std::string folder = invocation.arguments().front();
  std::vector<ImportFile> files = tables_of_folder(folder, passed_over);
  Outcome outcome =
      told(invocation, import_all(invocation.session(), std::move(files), options_of(invocation)));
  outcome.rows = "kinds";
  for (const std::string& name : passed_over) {
    const std::string stem = name.substr(0, name.rfind('.'));
    const std::string near = did_you_mean(stem, table_kind_words());
    outcome.talk.push_back("warning: " + folder + "/" + name + ": no kind of table, left out" +
                           (near.empty() ? "" : "; " + near));
  }
  return outcome;
}

std::vector<Option> table_options() {
  return {
      {"--overwrite", "WHAT", "let the file win over edits made here", {"local"}, false},
      {"--empty", "HOW", "let an empty cell blank what is there", {"clear"}, false},
      {"--skip-locked", "", "leave out changes of entries that are drafted or further", {}, false},
      {"--zone", "ZONE", "of local times without a zone of their own", {}, false}};
}

std::vector<Option> import_options() {
  std::vector<Option> options = {
      {"--from", "FORMAT", "read another program's export of entries", foreign_format_words(),
       false},
      {"--map", "FILE", "which of our codes that program's names mean, TOML", {}, false},
      {"--make-map",
       "FILE",
       "write a map of unknown names to fill in, and import nothing",
       {},
       false},
      {"--create",
       "KINDS",
       "make what is missing: clients, projects, tasks, members",
       {},
       true,
       is_kinds_to_create,
       kEverything},
      {"--replace",
       "PERIOD",
       "the file is the whole of its selections, or with --from of the period",
       {},
       false,
       is_period,
       kAllDays},
      {"--member", "CODE", "who worked, where the format names nobody", {}, false},
      {"--unconfirmed", "", "leave the confirmation to a person", {}, false},
      {"--dates", "ORDER", "how a date such as 03/04/2026 is read", {"dmy", "mdy"}, false},
      {"--prices", "WHAT", "what to do with the prices in an export", {"ignore", "take"}, false},
      {"--template", "", "print the header row of the kind", {}, false}};
  for (Option& option : table_options()) options.push_back(std::move(option));
  return options;
}

}  // namespace

const Command& import_command() {
  static const Command kCommand = {
      .name = "import",
      .summary = "take work and master data from tables or another program's export",
      .example =
          "billctl import entries october.csv\n"
          "billctl import entries toggl.csv --from toggl --map map.toml",
      .arguments = {{"KIND", "clients, tasks, entries …", true, false},
                    {"FILE", "CSV or JSON Lines; - is standard input", false, true}},
      .options = import_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

const Command& import_all_command() {
  static const Command kCommand = {
      .name = "import all",
      .summary = "take every table of a folder, in the right order and in one transaction",
      .example = "billctl import all tables",
      .arguments = {{"DIR", "with KIND.csv or KIND.jsonl for each kind", true, false}},
      .options = table_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run_all,
  };
  return kCommand;
}

}  // namespace billctl::cmd
