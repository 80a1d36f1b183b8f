// Outcome: what a mass re-invoicing job made of one client. Each client of the selection has
// exactly one (X14); invoices that could not be sent and entries that could not be billed are facts
// beside it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "outcome/exit_status.hpp"
#include "outcome/id.hpp"
#include "outcome/reason.hpp"

namespace billctl {

/// From good to bad: of several invoices of one client the worst counts.
enum class JobOutcome { skipped, created, not_validated, failed };
constexpr std::array<std::string_view, 4> kJobOutcomeWords = {"skipped", "created", "not_validated",
                                                              "failed"};
std::string_view word(JobOutcome outcome);
std::optional<JobOutcome> job_outcome_of(std::string_view word);

struct ClientOutcome {
  ClientId client;
  JobOutcome outcome = JobOutcome::skipped;
  std::vector<InvoiceId> invoices;  ///< made or finished by this run
  std::vector<Finding> reasons;     ///< each once, in the order found

  /// Takes the worse of the two outcomes; a reason already there is not said again.
  void add(JobOutcome found, const std::vector<Finding>& why);
};

/// Of two exits the one that is told, by the order of spec/cli.md: 8 7 12 11 10 5 2 3 6 4, then 0.
ExitStatus worse(ExitStatus a, ExitStatus b);

/// The exit code of a run: 3 when a client failed or was not validated, else done.
ExitStatus exit_of(const std::vector<ClientOutcome>& outcomes);

}  // namespace billctl
