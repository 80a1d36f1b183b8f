#include "pipeline/doubt_deliveries.hpp"

#include "ledger/invoices.hpp"
#include "ledger/mails.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/outgoing.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr const char* kWhy = "restored from a backup: it may have gone out since";

class Doubt {
 public:
  explicit Doubt(Session& session)
      : session_(session),
        mails_(session.ledger, session.tenant.id),
        outbox_(session.ledger, session.tenant.id),
        invoices_(session.ledger, session.tenant.id) {}

  std::int64_t mails() {
    std::int64_t count = 0;
    for (const InvoiceId id : mails_.unsent()) {
      const auto mail = mails_.current(id);
      if (!mail || mail->state == MailState::rejected) {
        mails_.queue(placeholder(id));
      } else {
        doubt(*mail);
      }
      ++count;
    }
    std::vector<Mail> notices = mails_.waiting_notices();
    for (Mail& cut : mails_.cut_short()) notices.push_back(std::move(cut));
    for (const Mail& notice : notices) {
      if (notice.purpose != MailPurpose::notice) continue;
      doubt(notice);
      ++count;
    }
    return count;
  }

  std::int64_t documents() {
    std::int64_t count = 0;
    OutgoingDocuments documents(session_);
    for (const ProviderSettings& provider : session_.config.providers) {
      for (const InvoiceId id : outbox_.issued_unqueued(provider.code)) {
        const Outgoing now = documents.of(id);
        outbox_.queue(submission_of(session_.tenant.code, provider.code, id, now, now.revision),
                      session_.now);
      }
      for (const Submission& waiting : outbox_.waiting(provider.code)) {
        doubt(waiting);
        ++count;
      }
    }
    return count;
  }

 private:
  /// In the place of a mail of which this ledger knows nothing. It has no address, so that the mail
  /// that a person asks for is made anew.
  Mail placeholder(InvoiceId id) {
    const Invoice invoice = invoices_.header(id);
    Mail mail;
    mail.invoice = id;
    mail.revision = "restored:" + invoice.seal + ":" + std::to_string(mails_.count_of(id));
    mail.key = submission_key(session_.tenant.code, invoice.draft_number, mail.revision);
    mail.payload_digest = to_hex(sha256(""));
    mail.state = MailState::unknown;
    mail.message = kWhy;
    mail.queued_at = session_.now;
    return mail;
  }

  void doubt(Mail mail) {
    if (mail.state == MailState::unknown) return;
    const bool cut_short = mail.state == MailState::sending;
    mail.state = MailState::unknown;
    mail.message = kWhy;
    mail.next_try_at.reset();
    if (cut_short) {
      mails_.end_attempt(mail, word(MailOutcome::unknown), session_.now);
    } else {
      mails_.set_state(mail, session_.now);
    }
  }

  void doubt(Submission submission) {
    if (submission.state == SubmissionState::unknown) return;
    const bool cut_short = submission.state == SubmissionState::sending;
    submission.state = SubmissionState::unknown;
    submission.message = kWhy;
    submission.next_try_at.reset();
    if (cut_short) {
      outbox_.end_attempt(submission, word(SubmissionState::unknown), session_.now);
    } else {
      outbox_.set_state(submission, session_.now);
    }
  }

  Session& session_;
  Mails mails_;
  Outbox outbox_;
  Invoices invoices_;
};

}  // namespace

DoubtedDeliveries doubt_deliveries(Session& session) {
  Doubt doubt(session);
  DoubtedDeliveries doubted;
  doubted.mails = doubt.mails();
  doubted.documents = doubt.documents();
  return doubted;
}

}  // namespace billctl
