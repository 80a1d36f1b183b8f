// EntryMerges: which entries were put together into one, and that one as it was before, so that a
// merge can be undone exactly (S0-20). Entries that were merged stay in the ledger as withdrawn.
//
//   merge e1 (2 h), e2 (1 h)  -> e1 has 3 h; e1 as it was is kept, e2 is noted as merged into it
//   merge e1 (3 h), e3 (1 h)  -> e1 has 4 h; the last merge is undone first
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct EntryMergeTag;
using EntryMergeId = Id<EntryMergeTag>;

struct EntryMerge {
  EntryMergeId id;
  EntryId entry;
  std::vector<std::string> edits;  ///< its fields that were edited by hand before
};

class EntryMerges {
 public:
  EntryMerges(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// The last merge into that entry that was not undone.
  std::optional<EntryMerge> last_of(EntryId entry);
  /// The merge by which that entry was put into another.
  std::optional<EntryMerge> into(EntryId entry);
  /// What a merge put into its entry, in the order of rows.
  std::vector<EntryId> merged(EntryMergeId merge);

  // Inside `Ledger::write`.

  /// Keeps the entry as it is now.
  EntryMergeId add(EntryId entry, const std::vector<std::string>& edits);
  /// Notes an entry as part of the merge; what is attached to it moves along. The entry itself is
  /// the caller's to withdraw.
  void put(EntryMergeId merge, EntryId entry, EntryId into);
  /// Gives back the entry as it was, those merged into it, and what was attached to them; forgets
  /// the merge.
  void undo(const EntryMerge& merge);

 private:
  std::optional<EntryMerge> read(const char* sql, EntryId entry);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
