// SubmittedJobs: jobs launched for later (S3-11), each with its file's words and its period as they
// were when it was submitted. `running` is what a process took and has not ended: whoever holds the
// lock of jobs and finds one knows that its process died, and takes it up again.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"
#include "calendar/period.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

using SubmittedJobId = Id<struct SubmittedJobTag>;

enum class SubmittedState { waiting, running, done, failed, cancelled };
constexpr std::array<std::string_view, 5> kSubmittedStateWords = {"waiting", "running", "done",
                                                                  "failed", "cancelled"};
std::string_view word(SubmittedState state);

struct SubmittedJob {
  SubmittedJobId id;
  std::string name;
  std::string file;     ///< as it was named
  std::string content;  ///< of the file, when it was submitted
  Period period = Period::one_day(Date::from_days(0));
  std::vector<std::string> clients;  ///< codes; empty: all of the job's
  std::string report_path;           ///< absolute; empty: none
  Instant due_at = Instant::from_seconds(0);
  Instant submitted_at = Instant::from_seconds(0);
  std::string actor;
  SubmittedState state = SubmittedState::waiting;
  JobRunId run;
  std::optional<Instant> ended_at;
  std::optional<std::int64_t> exit;
  std::string message;
};

class SubmittedJobs {
 public:
  SubmittedJobs(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  std::optional<SubmittedJob> find(SubmittedJobId id);
  /// The one of that name and period that waits or runs; nothing when there is none.
  std::optional<SubmittedJob> waiting_for(std::string_view name, const Period& period);
  /// What waits or was left running, by the time at which it is due.
  std::vector<SubmittedJob> waiting();
  /// All of them, newest first.
  std::vector<SubmittedJob> list(std::optional<std::int64_t> limit);

  // Inside `Ledger::write`.
  SubmittedJobId add(const SubmittedJob& job);
  /// Sets state, run, end, exit and message.
  void settle(const SubmittedJob& job);

 private:
  std::vector<SubmittedJob> read(const char* sql, std::int64_t limit);
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
