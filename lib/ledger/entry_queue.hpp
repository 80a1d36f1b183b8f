// EntryQueue: what awaits compile (`entry_open`), and what it found that can't be billed now
// (`entry_parked`). A run reads the queue by pages in the order of rows, parks or compiles what it
// finds there and takes it out by ranges, so it costs what is new and not what is there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "outcome/reason.hpp"
#include "work/entry.hpp"

namespace billctl {

/// An entry as compile reads it: without its description and its other texts but unit and source.
struct QueuedEntry {
  Entry entry;
  bool mine = false;  ///< of this tenant; what belongs to another stays where it is
};

struct ParkedEntry {
  EntryId entry;
  Reason reason = Reason::filtered;
  std::string detail;
  TaskId task;
  ProjectId project;
};

class EntryQueue {
 public:
  EntryQueue(Ledger& ledger, TenantId tenant);

  /// How many wait, of all tenants; counts no further than `most`.
  std::int64_t size(std::int64_t most);
  /// The entries in the queue after that row, at most `limit`, in the order of rows. `entries` is
  /// filled anew.
  void read(EntryId after, std::int64_t limit, std::vector<QueuedEntry>& entries);
  /// The same for entries by row, in the queue or not; those that are not there are left out.
  void read_these(std::span<const EntryId> ids, std::vector<QueuedEntry>& entries);

  /// How many entries are parked, by reason.
  std::map<Reason, std::int64_t> parked();
  /// Why an entry is parked, if it is.
  std::optional<Finding> parked(EntryId entry);
  bool is_open(EntryId entry);

  // Inside `Ledger::write`.

  /// Puts entries into the queue, out of the parked ones.
  void open(std::span<const EntryId> entries);
  void remove(EntryId first, EntryId last);  ///< from the queue; both included
  void park(std::span<const ParkedEntry> entries);
  /// Forgets that they were parked.
  void unpark(std::span<const EntryId> entries);

 private:
  void read_rows(class Query& query, std::vector<QueuedEntry>& entries);

  Ledger& ledger_;
  TenantId tenant_;
  std::optional<std::int64_t> last_parked_;  ///< the highest parked row before this run
};

}  // namespace billctl
