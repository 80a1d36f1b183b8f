// AR periods: months that take invoice dates, or are closed and take none any more. Closing never
// stops import or compile (spec/cli.md, `period`; S4-14, S4-21).
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

/// {periods: [{period, state, closed_at, closed_by, drafts, issued, pending_items}]}, by month: all
/// that have anything, or are closed.
Json list_periods(Session& session);

/// What is still open of a month, as a report: {period, state, clear, pending_items, late_items,
/// uncompiled_entries, drafts: [name], unsent: [{invoice, provider, state}]}. `unsent`: issued in
/// it and not accepted by each provider of the config.
Json check_period(Session& session, const std::string& month);

/// The verb `period close`: {period, state, changed, drafts: [name]}; the drafts whose date lies in
/// it, which can't be issued with that date any more. Closed already is no failure.
Report close_period(Session& session, const std::string& month);

/// The verb `period reopen`: {period, state, changed, reason}. Open already is no failure.
/// @throws Error{usage} without a reason.
Report reopen_period(Session& session, const std::string& month, const std::string& reason);

}  // namespace billctl
