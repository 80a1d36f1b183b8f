#include "pipeline/edit_record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/local_edits.hpp"
#include "pipeline/import_work/import_records.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

Json arguments_of(const std::string& noun, const std::string& code,
                  const std::vector<FieldEdit>& edits) {
  Json arguments = Json::object({{noun, code}});
  for (const FieldEdit& edit : edits) arguments.set(edit.field, edit.value);
  return arguments;
}

/// The row as an import would read it from a file of JSON Lines.
std::string row_of(const std::string& code, const std::vector<FieldEdit>& edits) {
  Json row = Json::object({{"code", code}});
  for (const FieldEdit& edit : edits) row.set(edit.field, edit.value);
  return row.compact() + "\n";
}

std::string option_of(std::string field) {
  std::ranges::replace(field, '_', '-');
  return "--" + field;
}

/// An import's mistakes name the file, line and column; who typed options knows those.
[[noreturn]] void refuse_values(const Mistakes& mistakes, const std::vector<FieldEdit>& edits) {
  std::vector<Mistake> told;
  for (Mistake mistake : mistakes.kept()) {
    for (const FieldEdit& edit : edits) {
      if (!mistake.message.starts_with(edit.field + " ")) continue;
      mistake.message = option_of(edit.field) + mistake.message.substr(edit.field.size());
      break;
    }
    told.push_back({{}, std::move(mistake.message), std::move(mistake.hint)});
  }
  throw Error(Reason::usage, std::move(told), mistakes.total());
}

void require_known(References& references, TableKind kind, const std::string& noun,
                   const std::string& code) {
  if (references.find(kind, code)) return;
  std::string near = references.nearest(kind, code);
  throw Error(Reason::not_found, "no " + noun + " \"" + code + "\"",
              near.empty() ? "see them with `billctl " + noun + " list`" : near);
}

/// Done is more than a word: it needs something that can be billed.
void refuse_done(TableKind kind, const std::string& code, const std::vector<FieldEdit>& edits) {
  const bool done = kind == TableKind::tasks && std::ranges::any_of(edits, [](const auto& edit) {
                      return edit.field == "status" && edit.value == "done";
                    });
  if (!done) return;
  throw Error(Reason::usage, "--status done is no edit of a task",
              "mark it with `billctl task done " + code + "`");
}

Json changed_json(const std::vector<ImportReport::Change>& changes) {
  Json rows = Json::array();
  for (const auto& change : changes) {
    rows.push(Json::object({{"field", change.field},
                            {"from", Json::text_or_null(change.from)},
                            {"to", Json::text_or_null(change.to)}}));
  }
  return rows;
}

}  // namespace

TableKind editable_kind(const std::string& noun) {
  const auto kind = table_kind_of(noun + "s");
  expect(kind.has_value(), "what can be edited has a table");
  return *kind;
}

Report edit_record(Session& session, const std::string& noun, const std::string& code,
                   const std::vector<FieldEdit>& edits) {
  const TableKind kind = editable_kind(noun);
  // As an import: a code of the same kind is promised until the end, which tells who is not there.
  constexpr bool kBulk = true;
  const Verb verb{noun + " edit", arguments_of(noun, code, edits), kBulk};
  return perform(session, verb, [&] {
    ImportOptions options;
    options.overwrite_local = true;
    options.clear_empty = true;
    options.tell_changes = true;
    ImportRun run(session, options);
    require_known(run.references, kind, noun, code);
    if (edits.empty()) {
      throw Error(Reason::usage, "nothing to change was given",
                  "see the fields with `billctl " + noun + " edit --help`");
    }
    refuse_done(kind, code, edits);
    ImportReport taken(kind);
    RecordImport(run, kind, taken).take(*memory_source(verb.name, row_of(code, edits)));
    if (!run.mistakes.any()) check_at_end(run);
    if (run.mistakes.any()) refuse_values(run.mistakes, edits);
    end_import(run);
    LocalEdits local(session.ledger, session.tenant.id, word(kind));
    for (const auto& change : taken.changes) local.mark(code, change.field);
    Report report;
    report.body = Json::object({{noun, code}, {"changed", changed_json(taken.changes)}});
    if (!taken.changes.empty()) report.subjects.push_back({noun + ":" + code, "edited"});
    return report;
  });
}

}  // namespace billctl
