// Entries: recorded work, written by imports and by hand. A million rows go in by chunks, each one
// INSERT, and nothing is looked up for a row that is new.
//
// Every new or changed entry goes to `entry_open`, the queue of compile.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/period.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/entry.hpp"

namespace billctl {

/// An entry as it is stored, its texts elsewhere: what a chunk of an import holds by the thousand.
struct EntryRow {
  EntryId id;
  std::string_view ref;
  std::string_view source;
  EntryKind kind = EntryKind::time;
  TaskId task;
  ProjectId project;
  MemberId member;
  std::optional<std::int64_t> started_at;
  std::optional<std::int64_t> stopped_at;
  std::optional<std::int64_t> raw_seconds;
  Date work_on = Date::from_days(0);
  std::string_view zone;
  std::optional<std::int64_t> quantity_micro;
  std::string_view unit;
  std::optional<std::int64_t> unit_price_micro;
  std::optional<std::int64_t> amount_minor;
  std::optional<std::int64_t> distance_metres;
  std::optional<std::int64_t> transport_seconds;
  std::optional<std::int64_t> transport_unit_price_micro;
  ProductId product;
  JobTypeId job_type;
  std::string_view description;
  Charge charge = Charge::billable;
  std::optional<std::int64_t> confirmed_at;
  std::string_view confirmed_by;
  bool to_rebill = true;
  EntryId parent;
  std::string_view invoiced_as;
  std::optional<std::int64_t> archived_at;
  std::optional<std::int64_t> withdrawn_at;

  bool operator==(const EntryRow&) const = default;
};

class Entries {
 public:
  Entries(Ledger& ledger, TenantId tenant);

  /// The highest row, of all tenants: what is above it was added since.
  std::int64_t last_id();

  /// The entry of that ref; nothing when there is none.
  std::optional<EntryId> find(std::string_view ref);
  /// Calls `each` with the entry of that row, whose texts hold only meanwhile.
  void get(EntryId id, const std::function<void(const EntryRow&)>& each);
  /// Calls `each` with the place of a row and the entry that has its ref, for those that have one.
  void find_all(std::span<const EntryRow> rows,
                const std::function<void(std::size_t, const EntryRow&)>& each);
  /// The rows of those refs, 0 for one that nobody has.
  std::vector<EntryId> ids_of(std::span<const std::string_view> refs);
  /// Those of a source with a work date in those days that are not withdrawn. Reads all entries.
  std::vector<EntryId> of_source(std::string_view source, const Period& days);
  /// The timed entries of a member that neither stopped nor have seconds, by row.
  std::vector<EntryId> running_of(MemberId member);
  /// What is attached to a session and not withdrawn: its goods.
  std::vector<EntryId> attached(EntryId session);
  /// Whether any entry that is not withdrawn is recorded on the task. Reads until it finds one.
  bool any_of_task(TaskId task);
  /// Whether the entry is drafted or further, or archived: no longer to be changed (S0-30).
  bool locked(EntryId id);

  // Inside `Ledger::write`.

  /// Adds the rows, gives each the id that follows the highest there is, and queues them. A row
  /// whose ref is taken is left out and has no id. @returns how many were added.
  std::size_t add(std::span<EntryRow> rows);
  /// Writes all fields and queues it anew.
  void change(const EntryRow& row);
  /// It is gone from its source: never offered; queued, so that its pending items are released.
  void withdraw(EntryId id, std::int64_t at);
  void set_parent(EntryId id, EntryId parent);
  /// Archived now, or never was; queued, so that compile takes note.
  void set_archived(EntryId id, std::optional<std::int64_t> at);
  /// Puts the entry into compile's queue, out of the parked ones.
  void queue(EntryId id);
  /// Entries of these tasks take the project that their task now has, unless they are locked.
  void follow_projects(std::span<const TaskId> tasks);

 private:
  void number(std::span<EntryRow> rows, std::int64_t first, std::int64_t added);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
