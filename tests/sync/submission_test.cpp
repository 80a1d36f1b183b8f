#include "sync/submission.hpp"

#include <doctest/doctest.h>

using namespace billctl;

TEST_CASE("X13 the key of a document hangs on tenant and draft and content and on nothing else") {
  const std::string key = submission_key("main", "DRAFT00001", "abc");
  CHECK(key.size() == 32);
  CHECK(key == submission_key("main", "DRAFT00001", "abc"));
  CHECK(key != submission_key("main", "DRAFT00001", "abd"));
  CHECK(key != submission_key("main", "DRAFT00002", "abc"));
  CHECK(key != submission_key("other", "DRAFT00001", "abc"));
  CHECK(submission_key("a", "b", "c") != submission_key("ab", "", "c"));
}

TEST_CASE("a submission moves only forward or by a person's word") {
  using enum SubmissionState;
  CHECK(may_become(queued, sending));
  CHECK(may_become(sending, unknown));
  CHECK(may_become(unknown, queued));
  CHECK_FALSE(may_become(queued, accepted));
  CHECK_FALSE(may_become(accepted, sending));
  CHECK_FALSE(may_become(rejected, accepted));
}

TEST_CASE("retries wait twice as long each time and never less than the provider asked") {
  const Instant now = Instant::from_seconds(0);
  CHECK(next_try(now, 1, {}).seconds() == 60);
  CHECK(next_try(now, 3, {}).seconds() == 240);
  CHECK(next_try(now, 50, {}).seconds() == 86'400);
  CHECK(next_try(now, 1, 600).seconds() == 600);
}
