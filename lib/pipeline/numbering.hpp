// Numbering: the series as they stand, and moving one upwards (S4-8, X28).
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

/// {series: [{series, year, format, first, next, next_number, last_date, last_seal, gaps, jumps}]},
/// with `gaps` the numbers of issued and credit that are on no document though their turn was, null
/// for drafts, which may be deleted.
/// @throws Error{not_permitted}.
Json numbering_show(Session& session);

/// Moves the series of today's year to `next`; body {series, year, from, next, next_number}.
/// @param series draft, issued or credit.
/// @throws Error{wrong_state} when that is not upwards, {usage} for another word, also for credit
/// when credit notes take the numbers of issued.
Report numbering_set(Session& session, const std::string& series, std::int64_t next,
                     const Json& arguments);

}  // namespace billctl
