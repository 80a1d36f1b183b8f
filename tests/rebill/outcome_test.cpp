#include "rebill/outcome.hpp"

#include <doctest/doctest.h>

using namespace billctl;

TEST_CASE("X14 of several invoices of one client the worst outcome counts") {
  ClientOutcome client{ClientId{1}, JobOutcome::skipped, {}, {}};
  client.add(JobOutcome::created, {});
  CHECK(client.outcome == JobOutcome::created);
  client.add(JobOutcome::not_validated, {{Reason::missing_address, "no street"}});
  client.add(JobOutcome::created, {});
  client.add(JobOutcome::not_validated, {{Reason::missing_address, "no street"}});
  CHECK(client.outcome == JobOutcome::not_validated);
  CHECK(client.reasons.size() == 1);
}

TEST_CASE("of several exits the first of 8 7 12 11 10 5 2 3 6 4 is told") {
  using enum ExitStatus;
  constexpr std::array kOrder = {outcome_unknown, io,     corrupt, locked,  ledger, bad_input,
                                 usage,           partly, outside, refused, done};
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    for (std::size_t j = i; j < kOrder.size(); ++j) {
      CHECK(worse(kOrder[i], kOrder[j]) == kOrder[i]);
      CHECK(worse(kOrder[j], kOrder[i]) == kOrder[i]);
    }
  }
}
