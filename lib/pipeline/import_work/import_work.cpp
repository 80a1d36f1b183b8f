#include "pipeline/import_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "ledger/books_table.hpp"
#include "pipeline/import_work/import_entries.hpp"
#include "pipeline/import_work/import_past_invoices.hpp"
#include "pipeline/import_work/import_records.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

void take_file(ImportRun& run, ImportFile& file, ImportReport& report) {
  switch (file.kind) {
    case TableKind::entries:
      return import_entries(run, *file.source, report);
    case TableKind::past_invoices: {
      const Books books = read_books(run.session.ledger, run.session.tenant.id);
      return PastInvoiceImport(run, books, report).take(*file.source);
    }
    default:
      RecordImport(run, file.kind, report).take(*file.source);
  }
}

Json arguments_of(const std::vector<ImportFile>& files, const ImportOptions& options) {
  Json names = Json::array();
  for (const ImportFile& file : files) names.push(file.source->name());
  Json arguments = Json::object({{"files", std::move(names)}});
  if (options.overwrite_local) arguments.set("overwrite", "local");
  if (options.clear_empty) arguments.set("empty", "clear");
  if (options.skip_locked) arguments.set("skip_locked", true);
  if (options.replace) arguments.set("replace", true);
  if (options.zone) arguments.set("zone", options.zone->name());
  return arguments;
}

EventSubject subject_of(TableKind kind) {
  return {"import:" + std::string(word(kind)), "imported"};
}

/// Two tables can't both be read from standard input.
void check_sources(const std::vector<ImportFile>& files) {
  const auto inputs = std::ranges::count_if(
      files, [](const ImportFile& file) { return file.source->name() == "-"; });
  if (inputs > 1) throw Error(Reason::usage, "- is standard input and can be named only once");
}

}  // namespace

void end_import(ImportRun& run) {
  if (!run.mistakes.any()) check_at_end(run);
  run.refuse_if_any();
  if (!run.moved_tasks.empty()) {
    Entries(run.session.ledger, run.session.tenant.id).follow_projects(run.moved_tasks);
  }
}

Report import_tables(Session& session, std::vector<ImportFile> files,
                     const ImportOptions& options) {
  expect(!files.empty(), "an import has a file");
  check_sources(files);
  const TableKind kind = files.front().kind;
  const Verb verb{"import " + std::string(word(kind)), arguments_of(files, options), true};
  return perform(session, verb, [&] {
    ImportRun run(session, options);
    ImportReport report(kind);
    for (ImportFile& file : files) take_file(run, file, report);
    end_import(run);
    Report told;
    told.body = report.to_json(session.dry_run == DryRun::yes);
    told.changes = report.counts();
    told.subjects.push_back(subject_of(kind));
    return told;
  });
}

Report import_all(Session& session, std::vector<ImportFile> files, const ImportOptions& options) {
  check_sources(files);
  std::ranges::stable_sort(files, {}, &ImportFile::kind);
  const Verb verb{"import all", arguments_of(files, options), true};
  return perform(session, verb, [&] {
    ImportRun run(session, options);
    std::vector<ImportReport> reports;
    for (ImportFile& file : files) take_file(run, file, reports.emplace_back(file.kind));
    end_import(run);
    Report told;
    Json kinds = Json::array();
    Json counts = Json::array();
    for (const ImportReport& report : reports) {
      kinds.push(report.to_json(session.dry_run == DryRun::yes));
      counts.push(report.counts());
      told.subjects.push_back(subject_of(report.kind));
    }
    told.body.set("kinds", std::move(kinds));
    told.changes = Json::object({{"kinds", std::move(counts)}});
    return told;
  });
}

std::vector<ImportFile> tables_of_folder(const std::string& folder,
                                         std::vector<std::string>& passed_over) {
  std::error_code failure;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const std::string ending = at->path().extension().string();
    if (ending == ".csv" || ending == ".jsonl") paths.push_back(at->path());
  }
  if (failure) {
    throw Error(Reason::bad_input, folder + ": can't be read: " + failure.message(),
                "name a folder with tables, as clients.csv and entries.csv");
  }
  std::ranges::sort(paths);
  std::vector<ImportFile> files;
  for (const std::filesystem::path& path : paths) {
    const auto kind = table_kind_of(path.stem().string());
    if (!kind) {
      passed_over.push_back(path.filename().string());
      continue;
    }
    if (std::ranges::find(files, *kind, &ImportFile::kind) != files.end()) {
      throw Error(Reason::bad_input,
                  fmt::format("{}: {} are there twice, as .csv and .jsonl", folder, word(*kind)),
                  "keep one of them");
    }
    files.push_back({*kind, open_source(path.string())});
  }
  return files;
}

}  // namespace billctl
