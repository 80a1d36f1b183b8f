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
#include "pipeline/rebill_plan.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct RebillRequest {
  JobFile job;
  std::optional<Period> period;      ///< in place of the file's
  std::vector<std::string> clients;  ///< only these of the job's clients; empty: all
  std::optional<RebillPlan> plan;    ///< bill exactly this; its period and clients hold
  std::string note;                  ///< stands beside the result, e.g. that it was run late
  int lock_wait_seconds = 30;        ///< for another job that is running
};

/// The verb. The body is the pinned JSON of `rebill-job run`. Exit 3 when a client failed or was
/// not validated or an invoice is unsent for good, 6 when mails are only deferred.
/// @throws Error{feature_off} when [rebill] is off, {bad_job} for a selection or client that is not
/// there, {ledger_moved} naming the clients whose items are not the plan's any more, {running} when
/// another job is at work past the wait.
Report rebill(Session& session, const RebillRequest& request);

/// Whether the job could be run: the feature is on, its selection or clients are there, and what it
/// is to send can go out.
/// @throws Error{feature_off}, {bad_job}, {bad_config}.
void require_job(Session& session, const RebillRequest& request);

/// The same as `rebill` by a caller that holds the lock of jobs already.
Report rebill_locked(Session& session, const RebillRequest& request);

/// What the job would do, by doing it in a transaction that is rolled back: writes nothing. The
/// body is that of a plan file (rebill_plan.hpp). @throws as `rebill`.
Report plan_rebill(Session& session, const RebillRequest& request);

/// The runs so far, newest first: `runs: [{run, job, period, started, finished, actor, exit, …}]`,
/// and what was submitted and waits: `submitted: [{submission, job, period, due, state, …}]`.
/// Runs and submissions that overlap the filter's period and are about one of its clients; a page
/// of the runs behind the run that `after` names.
Report rebill_runs(Session& session, const Filter& filter);

/// The report of one run, as it was printed. @throws Error{not_found}.
Report rebill_run_report(Session& session, std::int64_t run);

}  // namespace billctl
