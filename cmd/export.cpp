// export journal, ledger, csv: the books for other programs.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>

#include "commands.hpp"
#include "invocation.hpp"
#include "ledger/whole_ledger.hpp"
#include "output.hpp"
#include "pipeline/export_journal.hpp"
#include "pipeline/export_tables.hpp"
#include "render/whole_file.hpp"
#include "text/shared_files.hpp"

namespace billctl::cmd {
namespace {

std::string counted(std::int64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Outcome journal(Invocation& invocation) {
  Outcome outcome;
  const Filter filter = invocation.filter();
  outcome.body = journal_postings(invocation.session(), filter);
  outcome.rows = "postings";
  const auto path = invocation.value("-o");
  if (!path) {
    outcome.text = [](const Json& body) { return journal_text(body); };
    return outcome;
  }
  const bool dry = invocation.dry_run() == DryRun::yes;
  if (!dry) write_whole_file(*path, journal_text(outcome.body));
  outcome.text = [path = *path](const Json& body) {
    return path + ": " + counted(std::ssize(body["postings"].as_array()), "posting") + "\n";
  };
  return outcome;
}

Outcome ledger(Invocation& invocation) {
  require_reading(invocation.session(), "export ledger");
  const auto path = invocation.value("-o");
  const bool to_stdout = !path && invocation.format() == Format::table;
  std::unique_ptr<GrowingFile> file;
  if (path && invocation.dry_run() == DryRun::no) file = std::make_unique<GrowingFile>(*path);
  const auto counts = each_line(invocation.ledger(), [&](std::string_view line) {
    if (file) file->add(line);
    if (to_stdout) std::fwrite(line.data(), 1, line.size(), stdout);
  });
  if (file) file->keep();
  Outcome outcome;
  Json tables = Json::array();
  std::int64_t rows = 0;
  for (const auto& [table, count] : counts) {
    tables.push(Json::object({{"table", table}, {"rows", count}}));
    rows += count;
  }
  outcome.body = Json::object({{"schema", invocation.ledger().version()},
                               {"file", Json::text_or_null(path.value_or(""))},
                               {"tables", std::move(tables)}});
  outcome.rows = "tables";
  const std::string said = path ? *path + ": " + counted(rows, "row") + "\n" : "";
  outcome.text = [said](const Json&) { return said; };
  return outcome;
}

/// The tables as they grow: each takes its name when all of them are whole.
class TableFiles {
 public:
  TableFiles(std::string folder, DryRun dry_run) : folder_(std::move(folder)), dry_(dry_run) {
    if (dry_ == DryRun::yes || make_folders(folder_)) return;
    throw Error(Reason::io, folder_ + ": can't be made: " + std::strerror(errno),
                "name a folder that you may write");
  }

  std::string path_of(TableKind kind) const {
    return folder_ + "/" + std::string(word(kind)) + ".csv";
  }

  void add(TableKind kind, std::string_view piece) {
    if (dry_ == DryRun::yes) return;
    std::unique_ptr<GrowingFile>& file = files_[kind];
    if (!file) file = std::make_unique<GrowingFile>(path_of(kind));
    file->add(piece);
  }

  void keep() {
    for (const auto& [kind, file] : files_) file->keep();
  }

 private:
  std::string folder_;
  DryRun dry_;
  std::map<TableKind, std::unique_ptr<GrowingFile>> files_;
};

Outcome csv(Invocation& invocation) {
  Session& session = invocation.session();
  require_reading(session, "export csv");
  std::string folder = invocation.arguments().front();
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  TableFiles files(folder, session.dry_run);
  const auto counts = export_tables(
      session, [&](TableKind kind, std::string_view piece) { files.add(kind, piece); });
  files.keep();
  Json tables = Json::array();
  for (const auto& [kind, rows] : counts)
    tables.push(
        Json::object({{"kind", word(kind)}, {"file", files.path_of(kind)}, {"rows", rows}}));
  Outcome outcome;
  outcome.body = Json::object({{"folder", folder}, {"tables", std::move(tables)}});
  outcome.rows = "tables";
  outcome.text = [](const Json& body) {
    std::string text;
    for (const Json& each : body["tables"].as_array())
      text += cell_text(each["file"]) + ": " + counted(each["rows"].as_integer(), "row") + "\n";
    return text;
  };
  return outcome;
}

}  // namespace

const Command& export_journal_command() {
  static const Command kCommand = {
      .name = "export journal",
      .summary = "write the issued documents as entries of double-entry bookkeeping",
      .example = "billctl export journal --period 2026-10 | hledger -f- balance",
      .arguments = {},
      .options = {{"-o", "FILE", "into this file, instead of stdout", {}, false},
                  from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = journal,
  };
  return kCommand;
}

const Command& export_ledger_command() {
  static const Command kCommand = {
      .name = "export ledger",
      .summary = "write every row of the ledger as JSON Lines",
      .example = "billctl export ledger | gzip >ledger.jsonl.gz",
      .arguments = {},
      .options = {{"-o", "FILE", "into this file, instead of stdout", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = ledger,
  };
  return kCommand;
}

const Command& export_csv_command() {
  static const Command kCommand = {
      .name = "export csv",
      .summary = "write the books as the tables that import all takes",
      .example = "billctl export csv tables\nbillctl -C other import all ../tables",
      .arguments = {{"DIR", "the folder for the tables, made when it is not there", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = csv,
  };
  return kCommand;
}

}  // namespace billctl::cmd
