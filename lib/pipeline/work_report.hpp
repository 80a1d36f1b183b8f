// Work report: the reviewer's views before the invoice (S0-1 … S0-18): what waits by client and
// project, its sums, and what nobody has confirmed yet, as spec/cli.md pins them.
#pragma once

#include <optional>
#include <string>

#include "calendar/period.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct WorkListRequest {
  Filter filter;
  bool unconfirmed = false;  ///< only what is not confirmed, with its sessions (S0-3)
  /// Each row with its sessions, its client's latest invoices, and the comments (S0-16 … S0-18).
  bool detail = false;
};

/// {rows: [{client, project, currency, billable_seconds, contractual_seconds, unconfirmed_seconds,
/// value, unconfirmed_value, products_value, open_invoices: [draft number], unpriced, …}]}.
/// `open_invoices` are those that the work can join (S0-14, S0-23).
/// @throws Error{not_permitted}, {not_found}, {usage} for a kind that there is not.
Json work_list(Session& session, const WorkListRequest& request);

/// {by_currency: [{currency, billable_seconds, unbillable_seconds, value, products_value,
/// unconfirmed_seconds, unconfirmed_value, fixed_unconfirmed}]}
Json work_summary(Session& session, const Filter& filter);

struct UnconfirmedRequest {
  Filter filter;
  /// The days of `--week`. Of a week only sessions are told, which is what the matrix counts.
  std::optional<Period> week;
};

/// {entries: [as of entry list]}, by row; a page of them by filter.limit and filter.after.
Json work_unconfirmed(Session& session, const UnconfirmedRequest& request);

/// {rows: [{member, weeks: [{week, seconds}]}]}: by member, ISO weeks that hold something (S0-10).
Json work_matrix(Session& session, const UnconfirmedRequest& request);

}  // namespace billctl
