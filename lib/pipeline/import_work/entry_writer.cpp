#include "pipeline/import_work/entry_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/entry_shares.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

constexpr std::string_view name_of(std::span<const Column> columns, EntryColumn column) {
  return columns[static_cast<std::size_t>(column)].name;
}

std::string_view name_of(EntryColumn column) {
  return name_of(table_of(TableKind::entries).columns, column);
}

}  // namespace

EntryWriter::EntryWriter(ImportRun& run, ImportReport& report, EntryMaker& maker, TextArena& texts,
                         std::string file)
    : run_(run),
      report_(report),
      maker_(maker),
      texts_(texts),
      file_(std::move(file)),
      entries_(run.session.ledger, run.session.tenant.id),
      edits_(run.session.ledger, run.session.tenant.id, word(TableKind::entries)) {
  last_before_ = entries_.last_id();
  drafts_.reserve(kChunkRows);
  rows_.reserve(kChunkRows);
}

void EntryWriter::add(const EntryDraft& draft, const MadeEntry& made) {
  if (!edits_.none() && edits_.gone(draft.row.ref)) {
    ++report_.skipped;
    return;
  }
  drafts_.push_back(draft);
  rows_.push_back(made.row);
  differ_.push_back(made.seconds_differ);
  if (rows_.size() == kChunkRows) flush();
}

bool EntryWriter::change(const EntryDraft& draft, const Refuse& refuse) {
  const auto id = entries_.find(draft.row.ref);
  if (!id) return false;
  entries_.get(*id, [&](const EntryRow& stored) { meet(draft, stored, refuse); });
  write_changes();
  return true;
}

void EntryWriter::correct(const EntryDraft& draft, EntryId id) {
  entries_.get(id, [&](const EntryRow& stored) { meet(draft, stored, nullptr); });
  write_changes();
}

void EntryWriter::write_changes() {
  for (const EntryRow& row : to_change_) entries_.change(row);
  to_change_.clear();
  if (rows_.empty()) texts_.clear();
}

void EntryWriter::flush() {
  find_parents();
  const std::size_t added = entries_.add(rows_);
  report_.added += static_cast<std::int64_t>(added);
  if (added == rows_.size()) {
    for (std::size_t i = 0; i < rows_.size(); ++i) count(rows_[i], drafts_[i], differ_[i]);
  } else {
    entries_.find_all(rows_, [&](std::size_t i, const EntryRow& stored) {
      if (rows_[i].id) return count(rows_[i], drafts_[i], differ_[i]);
      meet(drafts_[i], stored, nullptr);
    });
    write_changes();
  }
  defer_parents();
  drafts_.clear();
  rows_.clear();
  differ_.clear();
  texts_.clear();
}

/// The parents that are in the ledger already.
void EntryWriter::find_parents() {
  std::vector<std::string_view> refs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (drafts_[i].parent.empty()) continue;
    refs.push_back(drafts_[i].parent);
    places.push_back(i);
  }
  if (refs.empty()) return;
  const std::vector<EntryId> ids = entries_.ids_of(refs);
  for (std::size_t i = 0; i < ids.size(); ++i) rows_[places[i]].parent = holder_of(ids[i]);
}

/// Those that came in with this chunk are found now; the others may follow in the file.
void EntryWriter::defer_parents() {
  std::vector<std::string_view> refs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (drafts_[i].parent.empty() || rows_[i].parent || !rows_[i].id) continue;
    refs.push_back(drafts_[i].parent);
    places.push_back(i);
  }
  if (refs.empty()) return;
  const std::vector<EntryId> ids = entries_.ids_of(refs);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const EntryDraft& draft = drafts_[places[i]];
    if (ids[i]) {
      entries_.set_parent(rows_[places[i]].id, holder_of(ids[i]));
    } else {
      deferred_.push_back({rows_[places[i]].id, std::string(draft.parent), draft.line,
                           draft.parent_column, false, false});
    }
  }
}

/// A draft and the entry that has its ref.
void EntryWriter::meet(const EntryDraft& draft, const EntryRow& stored, const Refuse& refuse) {
  if (is_second(draft, stored.id)) return;
  if (edits_.gone(draft.row.ref)) {
    ++report_.skipped;
    return;
  }
  given_in_.clear();
  const bool made =
      edits_.none() ? lay_over(draft, stored, refuse) : keep_local(draft, stored, refuse);
  if (!made) return;
  made_.row.ref = draft.row.ref;
  edits_.rename(stored.ref, draft.row.ref);
  bool waits = false;
  take_parent(draft, stored, waits);
  count(made_.row, draft, made_.seconds_differ);
  const bool same = made_.row == stored;
  if (!same && entries_.locked(stored.id)) return refuse_locked(draft, stored);
  for (const EntryColumn column : given_in_) edits_.forget(stored.ref, name_of(column));
  if (waits) {
    deferred_.push_back(
        {stored.id, std::string(draft.parent), draft.line, draft.parent_column, true, !same});
  }
  if (same) {
    ++report_.unchanged;
    return;
  }
  ++report_.changed;
  note_changes(stored);
  to_change_.push_back(made_.row);
  keep_texts(to_change_.back());
}

/// @return whether the draft makes an entry of it.
bool EntryWriter::lay_over(const EntryDraft& draft, const EntryRow& stored, const Refuse& refuse) {
  maker_.lay_over(stored, draft, made_);
  for (const EntryFault& fault : made_.faults) {
    if (refuse) {
      refuse(fault);
    } else {
      run_.mistakes.add(
          at(draft.line, draft.id_column),
          fmt::format("entry {}: {} is {}", shown(stored.ref), name_of(fault.column), fault.why),
          fault.hint);
    }
  }
  return made_.faults.empty();
}

/// Lays the draft over all but what was edited here, unless the import is told to give in.
bool EntryWriter::keep_local(const EntryDraft& draft, const EntryRow& stored,
                             const Refuse& refuse) {
  EntryDraft kept = draft;
  std::vector<EntryColumn> edited;
  for (std::size_t i = 0; i < kEntryColumns; ++i) {
    const auto column = static_cast<EntryColumn>(i);
    if (!draft.touches(column) || !edits_.has(stored.ref, name_of(column))) continue;
    edited.push_back(column);
    kept.given &= ~(1U << i);
    kept.cleared &= ~(1U << i);
  }
  if (edited.empty()) return lay_over(draft, stored, refuse);
  if (run_.options.overwrite_local && !is_regrouped(stored.id)) {
    given_in_ = std::move(edited);
    return lay_over(draft, stored, refuse);
  }
  maker_.lay_over(stored, draft, made_);
  for (const EntryColumn column : edited) {
    if (column == Field::parent) continue;  // told when it is looked up
    const std::string here = maker_.text_of(column, stored);
    const std::string there = maker_.text_of(column, made_.row);
    if (here == there) continue;
    ++report_.kept_local;
    report_.warn(Reason::kept_local, at(draft.line, draft.id_column),
                 fmt::format("{}: {} stays {}, as it was edited here; the file has {}", stored.ref,
                             name_of(column), shown(here), shown(there)));
  }
  return lay_over(kept, stored, refuse);
}

/// Whether part of its work stands elsewhere, or of another's here: then what was edited stays in
/// any case, since the file would count that part twice or not at all.
bool EntryWriter::is_regrouped(EntryId id) {
  Ledger& ledger = run_.session.ledger;
  return !EntryShares(ledger).of(id).empty() ||
         EntryMerges(ledger, run_.session.tenant.id).last_of(id).has_value();
}

/// The entry that holds the work of this one: itself, unless it was merged by hand.
EntryId EntryWriter::holder_of(EntryId id) {
  if (!id || edits_.none()) return id;  // a merge leaves an edit
  EntryMerges merges(run_.session.ledger, run_.session.tenant.id);
  for (auto merge = merges.into(id); merge; merge = merges.into(id)) id = merge->entry;
  return id;
}

void EntryWriter::take_parent(const EntryDraft& draft, const EntryRow& stored, bool& waits) {
  if (!draft.has(Field::parent)) return;
  const auto parent = entries_.find(draft.parent);
  made_.row.parent = parent ? holder_of(*parent) : stored.parent;
  waits = !parent;
  const bool given_in = std::ranges::find(given_in_, Field::parent) != given_in_.end();
  if (made_.row.parent == stored.parent || given_in || edits_.none() ||
      !edits_.has(stored.ref, name_of(Field::parent))) {
    return;
  }
  ++report_.kept_local;
  report_.warn(Reason::kept_local, at(draft.line, draft.parent_column),
               fmt::format("{}: parent stays as it was edited here; the file has {}", stored.ref,
                           shown(draft.parent)));
  made_.row.parent = stored.parent;
}

/// The same entry twice in one file is a mistake at its second row.
bool EntryWriter::is_second(const EntryDraft& draft, EntryId id) {
  bool second = id.value > last_before_;
  if (!second) {
    if (touched_.empty()) touched_.resize(static_cast<std::size_t>(last_before_) + 1);
    second = touched_[static_cast<std::size_t>(id.value)];
    touched_[static_cast<std::size_t>(id.value)] = true;
  }
  if (second) {
    run_.mistakes.add(at(draft.line, draft.id_column),
                      fmt::format("entry {} is there twice in this file", shown(draft.row.ref)));
  }
  return second;
}

bool EntryWriter::was_touched(EntryId id) const {
  return id.value > last_before_ ||
         (!touched_.empty() && touched_[static_cast<std::size_t>(id.value)]);
}

void EntryWriter::refuse_locked(const EntryDraft& draft, const EntryRow& stored) {
  if (run_.options.skip_locked) {
    ++report_.skipped;
    report_.locked.emplace_back(stored.ref);
    return;
  }
  run_.locked.add(at(draft.line, draft.id_column),
                  fmt::format("entry {} is drafted or further and can't be changed", stored.ref),
                  "leave such rows out with --skip-locked, or release its item first");
}

void EntryWriter::note_changes(const EntryRow& stored) {
  if (run_.session.dry_run == DryRun::no) return;
  for (std::size_t i = 0; i < kEntryColumns; ++i) {
    const auto column = static_cast<EntryColumn>(i);
    std::string from = maker_.text_of(column, stored);
    std::string to = maker_.text_of(column, made_.row);
    if (from != to) report_.note(stored.ref, name_of(column), std::move(from), std::move(to));
  }
}

void EntryWriter::count(const EntryRow& row, const EntryDraft& draft, bool seconds_differ) {
  if (row.kind == EntryKind::time) {
    const std::int64_t seconds = row.raw_seconds.value_or(0);
    report_.seconds = checked_add(report_.seconds, seconds, "the time of the file");
    if (row.charge != Charge::non_billable) report_.billable_seconds += seconds;
  }
  if (!seconds_differ) return;
  report_.warn(
      Reason::seconds_differ, at(draft.line, std::max(1, draft.seconds_column)),
      fmt::format("{}: {} s are recorded, from start to stop it is {} s; the recorded ones "
                  "count",
                  row.ref, row.raw_seconds.value_or(0),
                  row.stopped_at.value_or(0) - row.started_at.value_or(0)));
}

/// Texts of the entry as it was hold only as long as it is read.
void EntryWriter::keep_texts(EntryRow& row) {
  for (std::string_view* text : {&row.ref, &row.source, &row.zone, &row.unit, &row.description,
                                 &row.confirmed_by, &row.invoiced_as}) {
    *text = texts_.keep(*text);
  }
}

void EntryWriter::finish() {
  flush();
  std::vector<std::string_view> refs;
  for (const Deferred& one : deferred_) refs.push_back(one.parent);
  const std::vector<EntryId> ids = entries_.ids_of(refs);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Deferred& one = deferred_[i];
    if (!ids[i]) {
      if (run_.references.find(TableKind::entries, one.parent)) continue;  // its row is wrong
      run_.mistakes.add(at(one.line, one.column),
                        fmt::format("parent is {}, none of the entries", shown(one.parent)),
                        run_.references.hint(TableKind::entries, one.parent));
      continue;
    }
    entries_.set_parent(one.entry, holder_of(ids[i]));
    if (!one.existed || one.counted) continue;
    entries_.queue(one.entry);
    --report_.unchanged;
    ++report_.changed;
  }
  deferred_.clear();
}

}  // namespace billctl
