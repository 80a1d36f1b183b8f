// Numbering: the series as they stand, and moving one upwards (S4-8, X28).
#pragma once

#include <string>
#include <vector>

#include "ledger/series.hpp"
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

/// Where a number stands: `INV00042`, or 42 alone for the year of today, is place 42 of `issued`.
struct SeriesPlace {
  SeriesKey key;
  std::int64_t first = 1;     ///< of the series by the config
  std::int64_t sequence = 0;  ///< 0: none was given out
};
/// @throws Error{usage} for a series that there is not, or a number that it does not make.
SeriesPlace series_place(Session& session, const std::string& series, const std::string& number);

/// That place of a series as a number: `INV00042`.
std::string number_in(const Session& session, const SeriesKey& key, std::int64_t sequence);

/// The codes of the series that number what is issued: `issued`, and `credit` where it has its own.
std::vector<std::string> issuing_series(const Config& config);

}  // namespace billctl
