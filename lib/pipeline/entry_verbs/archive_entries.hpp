// Archive entries: work that is settled without an invoice of ours: it was invoiced by another
// program, or is never to be charged (S0-21, S0-25). Archived work is locked and no longer offered;
// products attached to it still bill (S0-26). Unarchive brings it back (S0-30).
#pragma once

#include <string>
#include <vector>

#include "pipeline/entry_verbs/chosen_entries.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct ArchiveRequest {
  ChosenEntries entries;
  bool contractual_only = false;  ///< with all: only contractual work
  std::string invoiced_as;        ///< a number of another program; empty: none
};

/// `archived: [ref], unchanged: [ref], items, remade, released`; `items` counts the pending items
/// that are archived with them. With all, what is drafted or further is passed over.
/// @throws Error{entry_locked} for a named entry that is drafted or further, {not_stopped}.
Report archive_entries(Session& session, const ArchiveRequest& request);

/// `unarchived: [ref], remade, released`: its items are pending again, at today's prices.
/// @throws Error{wrong_state} for one that is not archived.
Report unarchive_entries(Session& session, const std::vector<std::string>& names);

}  // namespace billctl
