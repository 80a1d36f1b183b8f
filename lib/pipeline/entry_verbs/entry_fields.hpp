// Entry fields: what a person says of an entry when he adds or edits one, by codes and values, and
// the way from there to the draft by whose rules imports make entries too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "intake/cell_text.hpp"
#include "money/decimal.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/session.hpp"
#include "work/entry.hpp"

namespace billctl {

/// Empty and absent: not said. `cleared` names columns to be blanked.
struct EntryFields {
  std::string task, project, member;
  std::optional<Date> date;
  std::optional<Moment> start, stop;  ///< local times in the entry's zone, else the tenant's
  std::optional<std::int64_t> seconds;
  std::optional<std::int64_t> distance_metres;
  std::optional<std::int64_t> transport_seconds;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> unit_price;
  std::optional<Decimal> transport_unit_price;
  std::string amount;  ///< in the currency of the work
  std::string product, job_type, parent;
  std::optional<Charge> charge;
  std::optional<bool> to_rebill;
  std::string description;
  std::vector<EntryColumn> cleared;
};

/// Puts what was said into the draft, whose texts point into `fields`.
/// @throws Error{not_found} for a code that nobody has, with the nearest.
void put_fields(const Session& session, const EntryFields& fields, EntryDraft& draft);

/// The member of that code. @throws Error{not_found}.
MemberId member_named(const Session& session, const std::string& code);
/// The actor's row as a member; none when he is no member.
MemberId acting_member(const Session& session);

/// The option that gives a column, for what is missing or wrong.
std::string_view option_of(EntryColumn column);
/// @throws Error{usage} for the first fault, by its option; `stop_option` is that of a stop.
void refuse_faults(const MadeEntry& made, std::string_view stop_option = "--stop");

}  // namespace billctl
