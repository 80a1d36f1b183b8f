// Entry changes: what every verb that changes entries by hand has in common. It reads an entry by
// its name, refuses one that is locked, writes what differs as an edit that later imports keep, and
// at the end lets the pending items follow.
//
//   EntryChanges changes(session);
//   const EntryRow before = changes.named("e1");
//   changes.require_unlocked(before);
//   EntryRow after = before;
//   after.charge = Charge::contractual;
//   changes.write(before, after, "charge contractual");
//   changes.follow();
//   return changes.report(body);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/entries.hpp"
#include "ledger/entry_merges.hpp"
#include "ledger/local_edits.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/session.hpp"
#include "text/text_arena.hpp"

namespace billctl {

/// Whether the entry is the actor's own; false for one that is not there.
bool is_own_entry(const Session& session, const std::string& name);

/// Why an entry may not be changed.
struct EntryLock {
  std::string where;    ///< "on DRAFT00001", "archived, invoiced as 2025-117"
  std::string invoice;  ///< by name; empty: on none
  ItemId item;          ///< that is there
};

class EntryChanges {
 public:
  explicit EntryChanges(Session& session);

  /// The entry that `e1` or `entry:e1` names; its texts hold as long as this object.
  /// @throws Error{not_found} when there is none or it was deleted, {wrong_state} when it was
  /// merged into another or withdrawn from its source.
  EntryRow named(const std::string& name);
  EntryRow row(EntryId id);
  /// Those names, each once, in the order given.
  std::vector<EntryRow> named(const std::vector<std::string>& names);

  /// @throws Error{entry_locked} naming where it is, when it is drafted or further, or archived.
  void require_unlocked(const EntryRow& row);
  /// Why it may not be changed; nothing when it may.
  std::optional<EntryLock> lock_of(const EntryRow& row);
  /// @throws Error{wrong_state} for the goods of a task with a quantity of its own, which only the
  /// task changes.
  static void require_own_work(const EntryRow& row);
  bool is_running(const EntryRow& row) const;

  /// Writes it and marks the columns that differ as edited here.
  /// @param what for the journal; empty: the columns.
  void write(const EntryRow& before, const EntryRow& after, const std::string& what = "");
  /// Adds an entry; it gets its row.
  void add(EntryRow& row, const std::string& what);
  /// It is never offered again, and no import brings it back.
  void take_away(const EntryRow& row, const std::string& what);
  /// Notes what was done with an entry.
  void tell(std::string_view ref, const std::string& what);
  /// Its pending items, and those of entries that stand for it, are to follow.
  void note_items(EntryId entry);
  bool had_items() const { return !followed_.empty(); }
  void also_follow(EntryId entry) { followed_.push_back(entry); }

  /// Makes pending items anew where they were to follow.
  void follow();
  /// The body with `remade` and `released` behind it.
  Report report(Json body);

  /// The entry as `entry show` begins.
  Json shown(std::string_view ref);
  /// [{field, from, to}] of the columns that differ.
  Json differences(const EntryRow& before, const EntryRow& after);
  std::string code_of(MemberId member) { return codes_.of(member); }

  Session& session() { return session_; }
  Entries& entries() { return entries_; }
  EntryMaker& maker() { return maker_; }
  LocalEdits& edits() { return edits_; }
  EntryMerges& merges() { return merges_; }
  std::string_view keep(std::string_view text) { return texts_.keep(text); }

 private:
  std::string text_of(EntryColumn column, const EntryRow& row);
  std::vector<EntryColumn> differing(const EntryRow& before, const EntryRow& after);
  std::string way_out(const EntryRow& row, const EntryLock& lock);
  [[noreturn]] void refuse_gone(const EntryRow& row);
  void keep_texts(EntryRow& row);

  Session& session_;
  Entries entries_;
  EntryMaker maker_;
  LocalEdits edits_;
  EntryMerges merges_;
  Codes codes_;
  TextArena texts_;
  std::vector<EntryId> followed_;
  std::vector<EventSubject> subjects_;
  std::int64_t remade_ = 0, released_ = 0;
};

/// The name of a column of entries, as in imports.
std::string_view name_of(EntryColumn column);

}  // namespace billctl
