// Confirm entries: work is billed once somebody said that it was done (X6). Members had better
// confirm their own; who confirms for another is recorded, with a note (S0-12).
#pragma once

#include <string>

#include "pipeline/entry_verbs/chosen_entries.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct ConfirmRequest {
  ChosenEntries entries;
  std::string verb = "entry confirm";  ///< or `work confirm`, which other offices may
  std::string note;                    ///< a person's own words, for the journal
};

/// `confirmed: [{entry, member, confirmed_by, confirmed_at, own}], unchanged: [ref], left: [{entry,
/// code, detail}], notes: [{member, entries, note}], remade, released`. An entry that is confirmed
/// already is unchanged; with all, one that runs is left.
/// @throws Error{not_stopped}, {entry_locked} for one that is named.
Report confirm_entries(Session& session, const ConfirmRequest& request);

}  // namespace billctl
