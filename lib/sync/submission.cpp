#include "sync/submission.hpp"

#include <algorithm>

#include "outcome/words.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {
constexpr std::array<std::string_view, 3> kDocumentKindWords = {"invoice", "credit_note", "draft"};
}

std::string_view word(SubmissionState state) {
  return word_of(kSubmissionStateWords, state);
}
std::optional<SubmissionState> submission_state_of(std::string_view text) {
  return find_word<SubmissionState>(kSubmissionStateWords, text);
}
std::string_view word(DocumentKind kind) {
  return word_of(kDocumentKindWords, kind);
}

bool may_become(SubmissionState from, SubmissionState to) {
  using enum SubmissionState;
  switch (from) {
    case queued:
      return to == sending;
    case sending:
      return to != queued && to != sending;
    case accepted:
      return to == rejected || to == deferred;
    case deferred:
    case rejected:
      return to == sending;
    case unknown:
      return to == sending || to == accepted || to == queued;
  }
  return false;
}

std::string submission_key(std::string_view tenant_code, std::string_view draft_number,
                           std::string_view revision) {
  std::string text(tenant_code);
  text += '\n';
  text += draft_number;
  text += '\n';
  text += revision;
  return to_hex(sha256(text)).substr(0, 32);
}

Instant next_try(Instant now, std::int64_t attempts,
                 std::optional<std::int64_t> retry_after_seconds) {
  constexpr std::int64_t kFirstSeconds = 60;
  constexpr std::int64_t kMostSeconds = 86'400;
  const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 11);
  const std::int64_t wait = std::min(kFirstSeconds << doublings, kMostSeconds);
  return now.add_seconds(std::max(wait, retry_after_seconds.value_or(0)));
}

}  // namespace billctl
