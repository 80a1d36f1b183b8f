// MailRun: one run of the mail outbox: what was cut short is settled, messages are made and queued
// a few at a time, then each is handed over, its attempt committed before and its outcome after.
//
// While a run lasts it holds a kernel lock beside the ledger's, so a mail that is `sending` when a
// run begins was left so by a crash: nobody knows whether it arrived.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/mails.hpp"
#include "ledger/write_lock.hpp"
#include "mail/mail.hpp"
#include "pipeline/mail_maker.hpp"
#include "pipeline/session.hpp"

namespace billctl {

class MailRun {
 public:
  /// @throws Error{running} while another process sends, past the wait for locks.
  explicit MailRun(Session& session);

  /// Mails whose attempt was cut short: sent where the receiver can show it, else unknown.
  void settle_cut_short();
  /// Makes and queues messages, a few in one write. What an invoice is refused for is kept.
  void queue(const std::vector<MailOrder>& orders, const MailManner& manner);
  /// Queues a mail that is made already. Inside `Ledger::write`.
  void queue(const Mail& mail);
  /// Puts a mail in line for delivery.
  void take(MailId id) { line_.push_back(id); }
  /// Hands over what is in line. When the way is closed the rest is deferred without an attempt.
  void deliver();

  /// Why messages could not be made, by invoice.
  const std::map<InvoiceId, Finding>& refusals() const { return refusals_; }
  /// Mails that this run made, tried or settled.
  const std::vector<MailId>& touched() const { return touched_; }

 private:
  void open();
  bool hand_over(MailId id);
  void defer_rest(std::size_t from, const std::string& why);

  Session& session_;
  ExclusiveLock lock_;
  Mails mails_;
  std::unique_ptr<MailCarrier> carrier_;
  std::vector<MailId> line_;
  std::string closed_;  ///< why nobody's mail passes
  std::vector<MailId> touched_;
  std::map<InvoiceId, Finding> refusals_;
};

/// What the other side's answer makes of a mail.
void settle(Mail& mail, const MailResult& result, Instant now);

}  // namespace billctl
