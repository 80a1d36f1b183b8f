// Edit and stop entry: a recorded entry is put right before it is invoiced (S0-19). Its pending
// items follow at once, and a later import keeps what was edited here.
#pragma once

#include <string>

#include "pipeline/entry_verbs/entry_fields.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// The entry as `entry show` begins, with `changed: [{field, from, to}], remade, released`.
///
/// Contractual work has price 0; back to billable, its own price goes and the default one of its
/// task is found again, unless a price is given with it (S0-19).
/// @throws Error{not_found}; {entry_locked} from drafted on; {usage} for what an import would
/// refuse in a row, or when nothing is said.
Report edit_entry(Session& session, const std::string& name, const EntryFields& fields);

/// Ends an entry that runs, at that instant or now.
/// @param name empty: the one that the actor has running.
/// @throws Error{wrong_state} when it does not run, {not_found} when none runs, {usage} when
/// several do, or the stop is before the start.
Report stop_entry(Session& session, const std::string& name, const std::optional<Moment>& at);

}  // namespace billctl
