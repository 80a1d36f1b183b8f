// EntryShares: which entries were split off others by hand (`entry split`).
#pragma once

#include <vector>

#include "ledger/entry_merges.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class EntryShares {
 public:
  explicit EntryShares(Ledger& ledger) : ledger_(ledger) {}

  /// The shares of an entry that are neither withdrawn, deleted nor merged, by row.
  std::vector<EntryId> of(EntryId entry);
  /// Whether any share came off it after that merge, and before the next.
  bool any_since(EntryMergeId merge);

  // Inside `Ledger::write`.
  void add(EntryId share, EntryId of, EntryMergeId last_merge);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
