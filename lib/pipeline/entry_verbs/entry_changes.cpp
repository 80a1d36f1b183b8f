#include "pipeline/entry_verbs/entry_changes.hpp"

#include <algorithm>

#include "ledger/invoices.hpp"
#include "ledger/item_queue.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/entry_verbs/entry_fields.hpp"
#include "pipeline/import_work/task_quantity.hpp"

namespace billctl {
namespace {

std::string entry_name(const EntryRow& row) {
  return "entry " + std::string(row.ref);
}

}  // namespace

std::string_view name_of(EntryColumn column) {
  return table_of(TableKind::entries).columns[static_cast<std::size_t>(column)].name;
}

bool is_own_entry(const Session& session, const std::string& name) {
  const MemberId actor = acting_member(session);
  Entries entries(session.ledger, session.tenant.id);
  const auto id = entries.find(entry_ref_of(name));
  if (!id || !actor) return false;
  bool own = false;
  entries.get(*id, [&](const EntryRow& row) { own = row.member == actor; });
  return own;
}

EntryChanges::EntryChanges(Session& session)
    : session_(session),
      entries_(session.ledger, session.tenant.id),
      maker_(session, std::nullopt),
      edits_(session.ledger, session.tenant.id, word(TableKind::entries)),
      merges_(session.ledger, session.tenant.id),
      codes_(session.ledger) {}

EntryRow EntryChanges::row(EntryId id) {
  EntryRow row;
  entries_.get(id, [&](const EntryRow& stored) {
    row = stored;
    keep_texts(row);
  });
  return row;
}

/// Texts of a row hold only as long as it is read.
void EntryChanges::keep_texts(EntryRow& row) {
  for (std::string_view* text : {&row.ref, &row.source, &row.zone, &row.unit, &row.description,
                                 &row.confirmed_by, &row.invoiced_as}) {
    *text = texts_.keep(*text);
  }
}

EntryRow EntryChanges::named(const std::string& name) {
  const auto id = entries_.find(entry_ref_of(name));
  if (!id) no_entry(name);
  EntryRow found = row(*id);
  if (found.withdrawn_at) refuse_gone(found);
  return found;
}

std::vector<EntryRow> EntryChanges::named(const std::vector<std::string>& names) {
  std::vector<EntryRow> rows;
  for (const std::string& name : names) {
    const EntryRow found = named(name);
    if (std::ranges::find(rows, found.id, &EntryRow::id) == rows.end()) rows.push_back(found);
  }
  return rows;
}

void EntryChanges::refuse_gone(const EntryRow& row) {
  if (const auto merge = merges_.into(row.id)) {
    const std::string into(this->row(merge->entry).ref);
    throw Error(Reason::wrong_state, entry_name(row) + " is merged into " + into,
                "give it back first with `billctl entry unmerge " + into + "`");
  }
  if (edits_.is_gone(row.ref)) {
    throw Error(Reason::not_found, entry_name(row) + " was deleted",
                "`billctl explain entry:" + std::string(row.ref) + "` says when and by whom");
  }
  throw Error(Reason::wrong_state, entry_name(row) + " is withdrawn from its source",
              "import it again to have it back");
}

std::optional<EntryLock> EntryChanges::lock_of(const EntryRow& row) {
  if (row.archived_at) {
    const std::string as(row.invoiced_as);
    return EntryLock{as.empty() ? "archived" : "archived, invoiced as " + as, "", {}};
  }
  for (const TakenItem& taken :
       ItemQueue(session_.ledger, session_.tenant.id).taken_of_entry(row.id)) {
    return EntryLock{taken.invoice.empty() ? taken.mark : "on " + taken.invoice, taken.invoice,
                     taken.id};
  }
  return std::nullopt;
}

std::string EntryChanges::way_out(const EntryRow& row, const EntryLock& lock) {
  const std::string ref(row.ref);
  if (lock.invoice.empty()) return "bring it back first with `billctl entry unarchive " + ref + "`";
  Invoices invoices(session_.ledger, session_.tenant.id);
  if (is_open(invoices.header(invoices.named(lock.invoice)).state)) {
    return "take it off first with `billctl invoice material release " + lock.invoice + " " +
           std::to_string(lock.item.value) + "`, or delete the draft";
  }
  return "what was invoiced stays; `billctl invoice credit " + lock.invoice + " --entry " + ref +
         " --reason TEXT` takes it back";
}

void EntryChanges::require_unlocked(const EntryRow& row) {
  const auto lock = lock_of(row);
  if (!lock) return;
  throw Error(Reason::entry_locked,
              entry_name(row) + " is " + lock->where + " and can't be changed",
              way_out(row, *lock));
}

void EntryChanges::require_own_work(const EntryRow& row) {
  if (!row.ref.starts_with(kTaskEntryPrefix)) return;
  throw Error(Reason::wrong_state,
              entry_name(row) + " is the quantity of its task, only the task changes it",
              "import the task with another quantity");
}

bool EntryChanges::is_running(const EntryRow& row) const {
  return row.kind == EntryKind::time && !row.stopped_at && !row.raw_seconds;
}

std::string EntryChanges::text_of(EntryColumn column, const EntryRow& row) {
  if (column != EntryColumn::parent) return maker_.text_of(column, row);
  return row.parent ? std::string(this->row(row.parent).ref) : std::string();
}

std::vector<EntryColumn> EntryChanges::differing(const EntryRow& before, const EntryRow& after) {
  std::vector<EntryColumn> columns;
  for (std::size_t i = 0; i < kEntryColumns; ++i) {
    const auto column = static_cast<EntryColumn>(i);
    if (maker_.text_of(column, before) != maker_.text_of(column, after)) columns.push_back(column);
  }
  return columns;
}

Json EntryChanges::differences(const EntryRow& before, const EntryRow& after) {
  Json changes = Json::array();
  for (const EntryColumn column : differing(before, after)) {
    changes.push(Json::object({{"field", name_of(column)},
                               {"from", Json::text_or_null(text_of(column, before))},
                               {"to", Json::text_or_null(text_of(column, after))}}));
  }
  return changes;
}

void EntryChanges::note_items(EntryId entry) {
  if (!ItemQueue(session_.ledger, session_.tenant.id).of_entry(entry).empty())
    followed_.push_back(entry);
}

void EntryChanges::write(const EntryRow& before, const EntryRow& after, const std::string& what) {
  note_items(before.id);
  std::string columns;
  for (const EntryColumn column : differing(before, after)) {
    edits_.mark(before.ref, name_of(column));
    columns += (columns.empty() ? "edited: " : ", ") + std::string(name_of(column));
  }
  entries_.change(after);
  tell(before.ref, what.empty() ? columns : what);
}

void EntryChanges::add(EntryRow& row, const std::string& what) {
  entries_.add({&row, 1});
  tell(row.ref, what);
}

void EntryChanges::take_away(const EntryRow& row, const std::string& what) {
  note_items(row.id);
  entries_.withdraw(row.id, session_.now.seconds());
  edits_.mark(row.ref, LocalEdits::kGone);
  tell(row.ref, what);
}

void EntryChanges::tell(std::string_view ref, const std::string& what) {
  subjects_.push_back({"entry:" + std::string(ref), what});
}

void EntryChanges::follow() {
  if (followed_.empty()) return;
  CompileRequest request;
  request.entries = followed_;
  const CompileResult result = follow_changes(session_, request);
  remade_ += result.remade;
  released_ += result.released;
}

Report EntryChanges::report(Json body) {
  Report report;
  report.body = std::move(body);
  report.body.set("remade", remade_);
  report.body.set("released", released_);
  report.subjects = std::move(subjects_);
  return report;
}

Json EntryChanges::shown(std::string_view ref) {
  Json body;
  EntryList(session_.ledger, session_.tenant.id).find(ref, [&](const ListedEntry& listed) {
    body = entry_json(session_, listed, codes_);
  });
  return body;
}

}  // namespace billctl
