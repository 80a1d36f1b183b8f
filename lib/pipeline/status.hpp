// Status: what waits for whom, and whether what cron should have done was done (spec/cli.md,
// status). It reads and never writes.
//
// Each thing that waits is a row: what is to be done, for whom, how many, and whether a person is
// needed because it stops there by itself: an approval, an address that is missing, a mail that
// nobody knows the fate of. Work on its usual way (entries to be confirmed, items to be drafted,
// drafts to be issued) waits and is no alarm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

/// At most so old may the last run of a verb be.
struct MaxAge {
  std::string what;  ///< job (the last run of any job), or another of max_age_words()
  std::int64_t seconds = 0;
};
/// What --max-age can name.
std::vector<std::string> max_age_words();

struct StatusRequest {
  bool check = false;  ///< exit 3 when a person is needed or a run is too old
  std::vector<MaxAge> max_ages;
};

/// Body: {now, ok, problems: [{what, detail}], waiting: [{what, for: [member], count, names,
/// detail, person}], unconfirmed: {entries, seconds}, uncompiled, pending: [{currency, items,
/// clients, amount}], last_job: {run, job, period, started, finished, exit, age_seconds} or null,
/// last: [{what, at, age_seconds}]}. `problems` is empty exactly when `ok`.
Report status(Session& session, const StatusRequest& request);

}  // namespace billctl
