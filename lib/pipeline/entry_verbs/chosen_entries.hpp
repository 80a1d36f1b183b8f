// Chosen entries: what a verb on many entries is about: those named, or all that the filters take.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/entry_list.hpp"
#include "pipeline/entry_verbs/entry_changes.hpp"
#include "work/filter.hpp"

namespace billctl {

struct ChosenEntries {
  std::vector<std::string> names;
  bool all = false;  ///< instead of names: those that `filter` takes
  Filter filter;

  /// For the journal: the names, or that all were meant.
  Json arguments() const;
};

/// @param wanted asked of each that the filters take, when all are meant.
/// @throws Error{not_found}, {wrong_state} for a name; {usage} for a kind or state that there is
/// not.
std::vector<EntryRow> chosen(EntryChanges& changes, const ChosenEntries& choice,
                             const std::function<bool(const ListedEntry&)>& wanted);

}  // namespace billctl
