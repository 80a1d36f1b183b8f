// ReplacedDays: `--replace PERIOD`: the files are the whole truth for a source and those days. What
// they no longer have is withdrawn; a row of the same member and start as one that is gone is that
// one, corrected.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "calendar/period.hpp"
#include "pipeline/import_work/entry_writer.hpp"

namespace billctl {

class ReplacedDays {
 public:
  /// Reads what the ledger has of the source in those days.
  ReplacedDays(ImportRun& run, ImportReport& report, std::string_view source, const Period& days);

  /// Keeps a row whose ref the ledger does not have, until all are read: it may be a correction.
  /// @return false for a row of other days or with a known ref: it goes the usual way.
  bool hold(const EntryDraft& draft, Date work_on);
  /// Gives each kept row to the entry that it corrects, or adds it, and withdraws what is gone.
  void settle(EntryWriter& writer, EntryMaker& maker);

 private:
  /// Member and start; where there are dates only, the work date and the task.
  using Slot = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
  struct Held {
    EntryDraft draft;
    Slot slot;
  };

  static Slot slot_of(MemberId member, std::optional<std::int64_t> started_at, Date work_on,
                      TaskId task);
  std::multimap<Slot, EntryId> gone(const EntryWriter& writer);
  void withdraw_shares(EntryId id);

  ImportRun& run_;
  ImportReport& report_;
  Period days_;
  Entries entries_;
  std::vector<EntryId> there_;
  std::vector<Held> held_;
  TextArena texts_;
};

}  // namespace billctl
