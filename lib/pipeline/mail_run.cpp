#include "pipeline/mail_run.hpp"

#include <csignal>

#include "ledger/invoices.hpp"
#include "ledger/stored_documents.hpp"
#include "pipeline/mail_carrier.hpp"
#include "sync/submission.hpp"

namespace billctl {
namespace {

constexpr std::size_t kMadeAtOnce = 16;

/// Keeps an interruption until the mail in hand is written down: an answer that came and was not
/// recorded would be an unknown one.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&held_);
    sigaddset(&held_, SIGINT);
    sigaddset(&held_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &held_, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  bool came() const {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
  }

 private:
  sigset_t held_{}, before_{};
};

}  // namespace

void settle(Mail& mail, const MailResult& result, Instant now) {
  mail.message = result.message;
  mail.next_try_at.reset();
  switch (result.outcome) {
    case MailOutcome::sent:
      mail.state = MailState::sent;
      return;
    case MailOutcome::rejected:
      mail.state = MailState::rejected;
      return;
    case MailOutcome::unknown:
      mail.state = MailState::unknown;
      return;
    case MailOutcome::deferred:
    case MailOutcome::closed:
      mail.state = MailState::deferred;
      mail.next_try_at = next_try(now, mail.attempts, std::nullopt);
      return;
  }
}

MailRun::MailRun(Session& session)
    : session_(session),
      lock_(session.ledger.path(), Exclusive::send, session.ledger.lock_wait_seconds(), "send"),
      mails_(session.ledger, session.tenant.id) {}

void MailRun::open() {
  if (!carrier_) carrier_ = open_carrier(mail_settings(session_), sender_address(session_));
}

void MailRun::settle_cut_short() {
  std::vector<Mail> cut;
  session_.ledger.read([&] { cut = mails_.cut_short(); });
  if (cut.empty()) return;
  open();
  for (Mail& mail : cut) {
    const MailResult result = carrier_->find(mail).value_or(
        MailResult{MailOutcome::unknown, "cut short while it was being sent"});
    settle(mail, result, session_.now);
    session_.ledger.write(DryRun::no,
                          [&] { mails_.end_attempt(mail, word(result.outcome), session_.now); });
    touched_.push_back(mail.id);
  }
}

void MailRun::queue(const std::vector<MailOrder>& orders, const MailManner& manner) {
  if (orders.empty()) return;
  open();  // a password that is not there refuses the run before anything is queued
  MailMaker maker(session_, manner);
  StoredDocuments stored(session_.ledger, session_.tenant.id);
  for (std::size_t from = 0; from < orders.size(); from += kMadeAtOnce) {
    const std::size_t to = std::min(from + kMadeAtOnce, orders.size());
    const auto at = [&](std::size_t i) { return orders.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::vector<MailOrder> some(at(from), at(to));
    const std::vector<MadeMail> made = maker.make(some);
    session_.ledger.write(DryRun::no, [&] {
      for (std::size_t i = 0; i < made.size(); ++i) {
        if (made[i].refusal) {
          refusals_.insert_or_assign(some[i].invoice, *made[i].refusal);
          continue;
        }
        queue(made[i].mail);
        if (some[i].purpose != MailPurpose::invoice) continue;
        for (const auto& [format, bytes] : made[i].documents)
          stored.store({some[i].invoice, format}, bytes, session_.now);
      }
    });
  }
}

void MailRun::queue(const Mail& mail) {
  const MailId id = mails_.queue(mail);
  touched_.push_back(id);
  line_.push_back(id);
}

bool MailRun::hand_over(MailId id) {
  Mail mail = mails_.read(id);
  session_.ledger.write(DryRun::no, [&] { mails_.begin_attempt(id, session_.now); });
  ++mail.attempts;
  const MailResult result = carrier_->deliver(mail);
  settle(mail, result, session_.now);
  session_.ledger.write(DryRun::no,
                        [&] { mails_.end_attempt(mail, word(result.outcome), session_.now); });
  touched_.push_back(id);
  if (result.outcome != MailOutcome::closed) return true;
  closed_ = result.message;
  return false;
}

void MailRun::defer_rest(std::size_t from, const std::string& why) {
  session_.ledger.write(DryRun::no, [&] {
    for (std::size_t i = from; i < line_.size(); ++i) {
      Mail mail = mails_.read(line_[i]);
      settle(mail, {MailOutcome::deferred, why}, session_.now);
      mails_.set_state(mail, session_.now);
      touched_.push_back(mail.id);
    }
  });
}

void MailRun::deliver() {
  if (line_.empty()) return;
  open();
  const HeldSignals signals;
  for (std::size_t i = 0; i < line_.size() && !signals.came(); ++i) {
    if (hand_over(line_[i])) continue;
    defer_rest(i + 1, closed_);
    break;
  }
  line_.clear();
}

}  // namespace billctl
