// `entry add` and `task done`: work told by hand, by the same rules as an import.
#pragma once

#include <optional>
#include <string>

#include "pipeline/entry_verbs/entry_fields.hpp"
#include "pipeline/session.hpp"
#include "work/entry.hpp"

namespace billctl {

/// The fields as a person gives them. Neither a date nor a start: today; no member: the actor, if
/// he is one.
struct NewEntry : EntryFields {
  std::string id;                 ///< its ref; empty: the next of e1, e2 …
  std::optional<EntryKind> kind;  ///< else by what is given: hours time, km mileage, quantity goods
};

/// The entry as `entry show` tells it. It is not confirmed.
/// @throws Error{not_found} for a code, {usage} for what an import would refuse in a row,
/// {wrong_state} when the id is taken.
Report add_entry(Session& session, const NewEntry& entry);

/// Marks a task done (S2-2): `{task, status, done_on, entry}`; `entry` is the goods entry of a task
/// with a quantity of its own. A task that is done stays as it is.
/// @throws Error{not_found}, {wrong_state} when it has neither a quantity nor an entry.
Report finish_task(Session& session, const std::string& code);

}  // namespace billctl
