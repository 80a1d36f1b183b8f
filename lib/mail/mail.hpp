// Mail: one message on its way: its frozen bytes, its Message-ID, its state. A mail whose outcome
// is unknown is never sent again by itself: a client who gets one invoice twice may pay it twice
// (design/documents.md, "Mail"; design/reliability.md, SMTP reply lost after DATA).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "outcome/id.hpp"

namespace billctl {

using MailId = Id<struct MailTag>;

enum class MailState : std::uint8_t { none, queued, sending, sent, deferred, unknown, rejected };
constexpr std::array<std::string_view, 7> kMailStateWords = {
    "none", "queued", "sending", "sent", "deferred", "unknown", "rejected"};
std::string_view word(MailState state);
std::optional<MailState> mail_state_of(std::string_view word);

/// What a mail is for. Of an invoice the newest counts; a trial never does; a notice is about no
/// invoice.
enum class MailPurpose : std::uint8_t { invoice, trial, notice };
std::string_view word(MailPurpose purpose);
std::optional<MailPurpose> mail_purpose_of(std::string_view word);

struct Mail {
  MailId id;
  InvoiceId invoice;  ///< none: a notice
  MailPurpose purpose = MailPurpose::invoice;
  std::string via = "mail";  ///< else how a person says that it went: post, hand, …
  std::string key;           ///< 32 lower-case hex digits, what the Message-ID begins with
  std::string revision;      ///< what the key is made of beside tenant and draft number
  std::string message_id;    ///< `<key@domain>`; empty when it went another way
  std::string from, to;      ///< the bare addresses of the envelope
  std::string payload;       ///< the message as it was queued, lines ending in CR LF
  std::string payload_digest;
  MailState state = MailState::queued;
  std::int64_t attempts = 0;
  std::optional<Instant> next_try_at;
  std::string message;  ///< the last word of the other side
  Instant queued_at = Instant::from_seconds(0);
  std::optional<Instant> done_at;  ///< sent or rejected
};

/// What became of an attempt.
enum class MailOutcome : std::uint8_t {
  sent,
  deferred,  ///< try later: it was not taken, and that is certain
  rejected,  ///< final for that address
  unknown,   ///< the answer is lost: it may have been taken
  closed,    ///< nobody's mail will pass now: as deferred, and the run ends
};
std::string_view word(MailOutcome outcome);

struct MailResult {
  MailOutcome outcome = MailOutcome::unknown;
  std::string message;
};

/// The outside as `send` sees it.
class MailCarrier {
 public:
  virtual ~MailCarrier() = default;
  /// Hands the mail's bytes over, to its one address. Throws nothing.
  virtual MailResult deliver(const Mail& mail) = 0;
  /// Whether a mail whose attempt was cut short has arrived; nothing when that can't be seen.
  virtual std::optional<MailResult> find(const Mail& mail) = 0;
};

}  // namespace billctl
