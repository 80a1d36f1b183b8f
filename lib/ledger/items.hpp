// Items: writes billable items and finds the live ones of entries. Nothing is ever deleted: what
// compile no longer makes is released, which is the end of it (X1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "billable/item.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// An item that counts: in every state but released.
struct LiveItem {
  Item item;
  bool pending = false;  ///< it follows changes; otherwise it is drafted or further, or archived
  EventId made;          ///< the run that made it
};

/// One of a day's items that share their billed seconds (pricing.md 6).
struct DayItem {
  EntryId entry;
  std::int64_t raw_seconds = 0;
  std::int64_t billed_seconds = 0;
  bool pending = false;
  std::optional<std::int64_t> started_at;  ///< seconds since 1970: the day's order
};

class Items {
 public:
  Items(Ledger& ledger, TenantId tenant);

  /// The highest entry with a live item, of all tenants: what is above it was never compiled.
  EntryId last_compiled();
  /// The live items of these entries, those of one entry together.
  std::vector<LiveItem> live(std::span<const EntryId> entries);
  /// The items of one day that were compiled together, whatever became of them since.
  struct Day {
    MemberId member;
    ProjectId project;
    ClientId client;  ///< keeps work without a project apart
    Date work_on;
    EventId made;
    auto operator<=>(const Day&) const = default;
  };
  std::vector<DayItem> of_day(const Day& day);
  /// What the next event of the journal will be: items remember the run that made them.
  EventId next_event();

  // Inside `Ledger::write`.

  /// Adds items as pending. @returns the row of the first; the others follow it.
  ItemId add(std::span<const Item> items, EventId made);
  /// Writes a pending item anew, in place.
  void change(const Item& item, EventId by);
  /// The end of pending items.
  void release(std::span<const ItemId> items, EventId by);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
