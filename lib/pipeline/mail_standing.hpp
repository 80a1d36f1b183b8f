// MailStanding: where an invoice stands with its client, and what a run is to do about it.
#pragma once

#include <optional>
#include <string>

#include "ledger/invoices.hpp"
#include "ledger/mails.hpp"
#include "pipeline/send.hpp"
#include "work/books.hpp"

namespace billctl {

enum class MailStep { nothing, queue, deliver };

/// How urgently a run is asked.
enum class MailHaste {
  due,    ///< what was deferred waits for its time
  asked,  ///< named by a person: now
  again,  ///< once more, whatever became of it
};

class MailStanding {
 public:
  explicit MailStanding(Session& session);

  /// As the ledger has it.
  SentInvoice of(const Invoice& invoice);
  SentInvoice of(InvoiceId id) { return of(invoices_.header(id)); }
  /// What is to be done about it. A deferred or rejected mail to an address that the client no
  /// longer has gives way to a new one; what is sent or unknown is left alone unless `again`.
  MailStep step(const Invoice& invoice, MailHaste haste);
  /// The client who pays, whose address and `delivery` count.
  const Client& payer(const Invoice& invoice) const;

  Invoices& invoices() { return invoices_; }
  Mails& mails() { return mails_; }
  const Books& books() const { return books_; }

 private:
  Session& session_;
  Books books_;
  Invoices invoices_;
  Mails mails_;
};

/// `{invoice, client, to, state, code, remote_id, attempts, next_try, message}`; the remote id is
/// the Message-ID.
Json sent_invoice_json(const SentInvoice& sent);

/// What [mail] goes by: smtp, sendmail or file; null without it. The `provider` of a report.
Json mail_provider(const Session& session);

/// The counts of a run: queued, sent, deferred, unknown, rejected, no_email.
struct MailCounts {
  std::int64_t queued = 0, sent = 0, deferred = 0, unknown = 0, rejected = 0, no_email = 0;
  void add(const SentInvoice& sent);
  void put(Json& body) const;
  /// Whether a person is needed.
  bool person() const { return unknown + rejected + no_email > 0; }
};

}  // namespace billctl
