#include "rebill/outcome.hpp"

#include <algorithm>

#include "outcome/words.hpp"

namespace billctl {

std::string_view word(JobOutcome outcome) {
  return word_of(kJobOutcomeWords, outcome);
}
std::optional<JobOutcome> job_outcome_of(std::string_view text) {
  return find_word<JobOutcome>(kJobOutcomeWords, text);
}

void ClientOutcome::add(JobOutcome found, const std::vector<Finding>& why) {
  outcome = std::max(outcome, found);
  for (const Finding& finding : why) {
    if (std::find(reasons.begin(), reasons.end(), finding) == reasons.end())
      reasons.push_back(finding);
  }
}

ExitStatus worse(ExitStatus a, ExitStatus b) {
  using enum ExitStatus;
  constexpr std::array kOrder = {interrupted, outcome_unknown, io,    corrupt, locked,
                                 ledger,      bad_input,       usage, failed,  partly,
                                 outside,     refused,         empty, done};
  return *std::find_if(kOrder.begin(), kOrder.end(),
                       [&](ExitStatus each) { return each == a || each == b; });
}

ExitStatus exit_of(const std::vector<ClientOutcome>& outcomes) {
  const bool person_needed =
      std::any_of(outcomes.begin(), outcomes.end(), [](const ClientOutcome& client) {
        return client.outcome == JobOutcome::failed || client.outcome == JobOutcome::not_validated;
      });
  return person_needed ? ExitStatus::partly : ExitStatus::done;
}

}  // namespace billctl
