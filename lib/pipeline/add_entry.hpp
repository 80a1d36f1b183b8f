// `entry add` and `task done`: work told by hand, by the same rules as an import.
#pragma once

#include <optional>
#include <string>

#include "calendar/date.hpp"
#include "intake/cell_text.hpp"
#include "money/decimal.hpp"
#include "pipeline/session.hpp"
#include "work/entry.hpp"

namespace billctl {

/// Codes and values as a person gives them; empty and absent: not said.
struct NewEntry {
  std::string id;                 ///< its ref; empty: the next of e1, e2 …
  std::optional<EntryKind> kind;  ///< else by what is given: hours time, km mileage, quantity goods
  std::string task, project, member;  ///< no member: the actor, if he is one
  std::optional<Date> date;           ///< neither this nor a start: today
  std::optional<Moment> start, stop;  ///< local times in the tenant's zone
  std::optional<std::int64_t> seconds;
  std::optional<std::int64_t> distance_metres;
  std::optional<std::int64_t> transport_seconds;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> unit_price;
  std::string amount;  ///< in the currency of the work
  std::string product, job_type, parent;
  std::optional<Charge> charge;
  std::string description;
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
