// Merge entries: sessions of one member on one task become one (S0-20), and unmerge gives back
// exactly what was there.
//
//   e1 2 h, e2 1 h, both by anna on dev  -> e1 3 h; e2 is merged into e1 and no import brings it
//   back; unmerge e1 (or e2)             -> e1 2 h, e2 1 h, each field as it was
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

/// The first named holds them all. `{entry, merged: [ref], entries: [as entry show begins], remade,
/// released}`.
/// @throws Error{not_mergeable} with what differs: member, task, project, kind, charge, price,
/// product, job type, unit; {entry_locked}; {usage} for fewer than two.
Report merge_entries(Session& session, const std::vector<std::string>& names);

/// Undoes the last merge of an entry, named by itself or by one that is in it. `{entry, unmerged:
/// [ref], entries, remade, released}`.
/// @throws Error{wrong_state} when it is not merged, or was split since; {entry_locked}.
Report unmerge_entry(Session& session, const std::string& name);

}  // namespace billctl
