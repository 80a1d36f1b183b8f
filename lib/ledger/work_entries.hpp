// WorkEntries: which entries stand on a client's, project's or task's work, which wait for an
// invoice, and which for somebody to confirm them: found by indexes, so that a page costs what is
// on it and not what is in the ledger.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/period.hpp"
#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"
#include "work/entry.hpp"
#include "work/filter.hpp"

namespace billctl {

/// A place of work: a project, or a task that has none.
using WorkPlace = std::int64_t;

/// A pending item.
struct PendingWork {
  EntryId entry;
  EntryKind kind = EntryKind::time;
  ClientId client;
  ProjectId project;
  TaskId task;
  MemberId member;
  Date work_on = Date::from_days(0);
  Currency currency = Currency::none();
  std::int64_t seconds = 0;  ///< of kind time, as recorded
  std::int64_t amount_minor = 0;
  bool uncharged = false, unpriced = false;
  /// Whether it is all that its entry comes to. Mileage may have its travel time, goods may follow
  /// a session: then only the entry is told.
  bool alone = false;
};

class WorkEntries {
 public:
  WorkEntries(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// The places where entries of a client, project or task stand, each once, in their order.
  std::vector<WorkPlace> places(ClientId client);
  std::vector<WorkPlace> places(ProjectId project);
  std::vector<WorkPlace> places(TaskId task);
  /// Those of the narrowest of task, project and client that a filter names; nothing when it names
  /// none.
  std::optional<std::vector<WorkPlace>> places(const Filter& filter);

  /// Calls `each` with the entries there after that row, by row, until it returns false. What the
  /// places hold for others is among them.
  void each(const std::vector<WorkPlace>& places, EntryId after,
            const std::function<bool(EntryId)>& each);
  std::vector<EntryId> all(const std::vector<WorkPlace>& places);

  /// Every entry that has not come to an invoice: it is queued or parked, or its items are pending.
  std::vector<EntryId> open();
  /// Those of them that are queued or parked.
  std::vector<EntryId> waiting();
  /// Calls `each` with the pending items whose entry is not queued, by item.
  void each_pending(const std::function<void(const PendingWork&)>& each);
  /// The same for those that stand in these places. @returns the others there that are not on an
  /// invoice: queued, parked, or with items that are not alone.
  std::vector<EntryId> each_pending(const std::vector<WorkPlace>& places,
                                    const std::function<void(const PendingWork&)>& each);

  /// Entries after that row that nobody confirmed and that are neither archived nor withdrawn, by
  /// row, at most `limit`; and among them the goods that wait for their session's confirmation.
  std::vector<EntryId> unconfirmed(EntryId after, std::int64_t limit);
  /// All of a member, with a work date in those days, by row.
  std::vector<EntryId> unconfirmed(MemberId member, const std::optional<Period>& days);

  /// Calls `each` with clients by code, from `from` on, until it returns false.
  void each_client(std::string_view from,
                   const std::function<bool(ClientId, const std::string& code)>& each);

 private:
  std::int64_t last_block();
  void add_elsewhere(std::vector<WorkPlace>& places, TaskId task, ClientId client);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
