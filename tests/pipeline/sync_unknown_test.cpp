// What is unknown at a provider: asked for first, and never handed over blind where nobody can be
// asked.
#include <doctest/doctest.h>

#include "pipeline/sync_run.hpp"
#include "pipeline/verify_books.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

/// A receiver that takes all it gets and says of what it has only when it can.
class Receiver final : public Provider {
 public:
  explicit Receiver(bool can_find, bool has_it) : can_find_(can_find), has_it_(has_it) {}
  ProviderCaps caps() const override { return {1, can_find_}; }
  std::vector<PushResult> push(std::span<const Submission> batch) override {
    pushed += batch.size();
    return std::vector<PushResult>(batch.size(), {PushOutcome::accepted, "B-1", "", {}});
  }
  std::optional<PushResult> find(const Submission&) override {
    ++asked;
    if (!has_it_) return std::nullopt;
    return PushResult{PushOutcome::duplicate, "B-7", "", {}};
  }
  std::optional<PushResult> poll(const Submission&) override { return std::nullopt; }
  std::optional<HeldDocument> held(const Submission&) override { return std::nullopt; }
  std::vector<HeldDocument> documents() override { return {}; }

  std::size_t pushed = 0, asked = 0;

 private:
  bool can_find_, has_it_;
};

/// Delivers the books' one submission from that state. @returns its state and attempts after.
std::string delivered(const std::string& state, Receiver& receiver) {
  VerifyBooks books;
  books.tamper("UPDATE submission SET done_at = NULL, state = '" + state + "'");
  Session session = books.firm().session();
  ProviderSettings settings;
  settings.code = "books";
  const SyncRequest request;
  SyncRun run(session, request, settings);
  run.deliver(receiver, run.due());
  return books.firm().ask("SELECT state || ' ' || attempts FROM submission");
}

}  // namespace

TEST_CASE("sync: what is unknown or was cut short is asked for and not handed over again") {
  for (const char* state : {"unknown", "sending"}) {
    CAPTURE(state);
    Receiver receiver(true, true);
    CHECK(delivered(state, receiver) == "accepted 1");
    CHECK(receiver.asked == 1);
    CHECK(receiver.pushed == 0);
  }
}

TEST_CASE("sync: what the provider does not have is handed over") {
  Receiver receiver(true, false);
  CHECK(delivered("unknown", receiver) == "accepted 2");
  CHECK(receiver.pushed == 1);
}

TEST_CASE("sync: where nobody can be asked what is unknown stays so until a person looks") {
  for (const char* state : {"unknown", "sending"}) {
    CAPTURE(state);
    Receiver receiver(false, false);
    CHECK(delivered(state, receiver) == "unknown 1");
    CHECK(receiver.asked == 0);
    CHECK(receiver.pushed == 0);
  }
}
