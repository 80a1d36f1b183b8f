// Mails: the outbox of what goes by mail. What was queued never changes (a trigger); only its
// state, attempts and the other side's last word move.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "mail/mail.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Mails {
 public:
  Mails(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  // Without payload but where it says so.
  /// The mail that counts for an invoice; nothing when there was none.
  std::optional<Mail> current(InvoiceId invoice);
  /// All that went out about an invoice or was to, oldest first, trials too.
  std::vector<Mail> of_invoice(InvoiceId invoice);
  /// The current mails of all invoices, in the order in which they were queued.
  std::vector<Mail> list();
  /// Those whose attempt was cut short, of every purpose.
  std::vector<Mail> cut_short();
  /// Notices that wait to be sent.
  std::vector<Mail> waiting_notices();
  std::optional<Mail> with_key(std::string_view key);
  Mail read(MailId id);  ///< with payload
  /// Issued invoices, not voided and not of another program, whose current mail is not sent, by id.
  std::vector<InvoiceId> unsent();
  /// How many mails there were about an invoice: what the next one's key counts from.
  std::int64_t count_of(InvoiceId invoice);

  // Inside `Ledger::write`.
  /// Queues a mail in the state it has. The invoice's earlier one is superseded, but by a trial.
  MailId queue(const Mail& mail);
  /// Marks an attempt as begun: state sending, attempts + 1.
  void begin_attempt(MailId id, Instant at);
  /// Marks the running attempt as ended and the mail as being in this state.
  void end_attempt(const Mail& after, std::string_view outcome, Instant at);
  /// Sets state, message and next try without an attempt.
  void set_state(const Mail& after, Instant at);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
