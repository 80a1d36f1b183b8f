// Rebill: the mass re-invoicing job of source 003: for every client of a selection, compile the
// times of a period, draft them, and with `validate` issue what is ready. One client that fails
// leaves the others whole; each client has exactly one outcome (X14), and the same job and period
// again finds what is left to do (spec/config.md, end).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "config/job_file.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct RebillRequest {
  JobFile job;
  std::optional<Period> period;      ///< in place of the file's
  std::vector<std::string> clients;  ///< only these of the job's clients; empty: all
};

/// The verb. The body is the pinned JSON of `rebill-job run`. Exit 3 when a client failed or was
/// not validated.
/// @throws Error{feature_off} when [rebill] is off, {bad_job} for a selection or client that is not
/// there, or for what this program cannot do yet.
Report rebill(Session& session, const RebillRequest& request);

/// The runs so far, newest first: `runs: [{run, job, period, started, finished, actor, exit, …}]`.
Report rebill_runs(Session& session, std::optional<std::int64_t> limit);

/// The report of one run, as it was printed. @throws Error{not_found}.
Report rebill_run_report(Session& session, std::int64_t run);

}  // namespace billctl
