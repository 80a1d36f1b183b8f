// Reports of what is not invoiced yet: where the money of work stands, how old it is, and how far
// the recorded hours have come. Beside those of issued documents (pipeline/reports.hpp).
#pragma once

#include "pipeline/reports.hpp"

namespace billctl {

/// Items that are on no issued invoice (X1), at their own prices: {as_of, rows: [{client, project,
/// currency, seconds, pending, drafted, unbilled}], totals: [{currency, pending, drafted,
/// unbilled}]}. A day in the past takes work up to it that no document of that day or earlier had.
/// A period of the filter means work dates.
Json report_wip(Session& session, const ReportRequest& request);

/// The same by age, in days from the work date to `as_of` or today: {as_of, rows: [{client,
/// currency, oldest, days_0_30, days_31_60, days_61_90, over_90, unbilled}], totals}.
Json report_aged_unbilled(Session& session, const ReportRequest& request);

/// Hours by client: {as_of, rows: [{client, entries, recorded_seconds, compiled_seconds,
/// drafted_seconds, issued_seconds}], totals: [{recorded_seconds, …}], differences: [{code,
/// entries, seconds}]}. Clients and the period of the filter count.
Json report_funnel(Session& session, const ReportRequest& request);

}  // namespace billctl
