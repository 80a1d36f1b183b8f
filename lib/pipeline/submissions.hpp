// Submissions: jobs launched for later, at most 24 hours ahead (S3-11, X19), and `run-due`, which
// cron calls to run what is due: each once, also when two start at once; what was missed is run
// late, with a note; one that fails does not stop the rest.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/job_file.hpp"
#include "ledger/submitted_jobs.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct SubmitRequest {
  JobFile job;
  std::optional<Period> period;      ///< in place of the file's
  std::vector<std::string> clients;  ///< only these of the job's clients
  std::string report_path;           ///< absolute; empty: no report is written
  Instant at = Instant::from_seconds(0);
  int lock_wait_seconds = 30;
};

/// The instant that `--at` means: "2026-11-30T22:30:00Z", "2026-11-30 23:30" in the zone, "23:30"
/// for the next time a clock shows it, "+2h", "now". Nothing for other text and for a local time
/// that does not exist or exists twice.
std::optional<Instant> launch_time(std::string_view text, const Zone& zone, Instant now);

/// Keeps the job for later; one whose time is past is run now, with a note (X19). The same job
/// submitted again as it was changes nothing.
/// Body: {submission: {…}, submitted: whether it is new, note, result: the run's body or null}.
/// @throws Error{date_out_of_window} for more than 24 hours ahead, {wrong_state} when the same job
/// and period waits already with another time or other words, {bad_job}.
Report submit_job(Session& session, const SubmitRequest& request);

/// Runs what is due. Body: {due, runs: [{submission, job, period, due, late_seconds, run, exit,
/// note, error}], next: {submission, job, due} or null}. The exit is the worst of theirs by the
/// order of spec/cli.md; nothing due: 0.
/// @throws Error{running} when another job is at work past the wait.
Report run_due(Session& session, int lock_wait_seconds);

/// Takes back what waits. @throws Error{not_found}, {wrong_state} when it does not wait any more.
Report cancel_job(Session& session, std::int64_t submission);

/// {submission, job, period, due, state, submitted_at, actor, clients, report, run, exit, message}
Json submitted_json(const SubmittedJob& job);

}  // namespace billctl
