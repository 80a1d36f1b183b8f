// Submission: one document on its way to a provider: its frozen payload, its key, its state. The
// key is stable, so that a retry is a no-op on the other side (X13; design/documents.md, "Sync").
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "outcome/id.hpp"

namespace billctl {

enum class SubmissionState { queued, sending, accepted, deferred, unknown, rejected };
constexpr std::array<std::string_view, 6> kSubmissionStateWords = {
    "queued", "sending", "accepted", "deferred", "unknown", "rejected"};
std::string_view word(SubmissionState state);
std::optional<SubmissionState> submission_state_of(std::string_view word);

/// Whether a submission may go from one state to the other:
///   queued -> sending -> accepted, deferred, unknown, rejected
///   deferred, unknown -> sending; unknown -> accepted, queued (looked up, or told by a person)
///   accepted -> rejected, deferred (the receiver said so later); rejected -> sending (asked for)
bool may_become(SubmissionState from, SubmissionState to);

enum class DocumentKind { invoice, credit_note, draft };
std::string_view word(DocumentKind kind);

struct Submission {
  SubmissionId id;
  InvoiceId invoice;
  std::string provider;
  DocumentKind kind = DocumentKind::invoice;
  std::string key;       ///< 32 lower-case hex digits
  std::string revision;  ///< the seal; of a draft the SHA-256 of its canonical bytes
  std::string payload;
  std::string payload_digest;
  SubmissionState state = SubmissionState::queued;
  std::string remote_id;
  std::int64_t attempts = 0;
  std::optional<Instant> next_try_at;
  std::string message;
  Instant queued_at = Instant::from_seconds(0);
};

/// First 32 hex digits of SHA-256(tenant code, first draft number, revision digest), the three
/// parted by line feeds: the same input gives the same key, on any machine.
std::string submission_key(std::string_view tenant_code, std::string_view draft_number,
                           std::string_view revision);

/// When to try again after that many attempts: a minute, doubled each time, at most a day; not
/// before `retry_after_seconds` when the provider named a time.
Instant next_try(Instant now, std::int64_t attempts,
                 std::optional<std::int64_t> retry_after_seconds);

}  // namespace billctl
