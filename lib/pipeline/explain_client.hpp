// Explain a client: the hours recorded, compiled, drafted and issued, and by which reasons each is
// less than the one before. Hours of three entries of 8 h, one unconfirmed and one still a draft:
//
//   recorded 86400, compiled 57600, drafted 57600, issued 28800
//   differences: [{unconfirmed, 1 entry, 28800 s}, {drafted, 1, 28800}]
#pragma once

#include <string>

#include "calendar/period.hpp"
#include "pipeline/session.hpp"
#include "text/json.hpp"

namespace billctl {

/// `recorded_seconds, compiled_seconds, drafted_seconds, issued_seconds, differences: [{code,
/// entries, seconds}]` of the time entries with a work date in the period; the differences add up
/// to recorded - issued. A code is a reason code, or how far they have come: not_compiled (the next
/// compile makes their items), pending, drafted, archived, credited.
/// @throws Error{not_found} for a client that nobody is, {not_permitted}.
Json explain_client(Session& session, const std::string& client, const Period& period);

}  // namespace billctl
