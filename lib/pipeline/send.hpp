// Send: brings issued invoices to their clients by mail, through a durable outbox (S3-9, X12;
// design/documents.md, "Mail"). The message is frozen when it is queued, an attempt is committed
// before the call outside, and what a crash or a lost reply leaves open is `unknown`: nothing but a
// person's word sends it again.
//
// For another verb that sends, such as a job, once what it issued is committed (never inside of a
// write: documents are printed and the outside is called):
//
//   require_mail(session);                       // before any work: refuses what can't go out
//   …                                            // issue, committed
//   for (const SentInvoice& each : send_invoices(session, issued))
//     if (!each.code().empty()) unsent.push({each.invoice, each.code()});
//   send_notice(session, {"job-run:17", "boss@example.test", "fi", subject, text});
//
// Both may be called again after a crash with the same ids and keys: what was sent stays sent, what
// was never queued is queued, what is deferred and due is tried again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "invoice/options.hpp"
#include "mail/mail.hpp"
#include "party/client.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// Whether mail can be sent at all.
/// @throws Error{bad_config} without [mail] or without a sender's address, {not_permitted} when a
/// test ledger would reach further than files and loopback, {failed} for a transport that this
/// program was built without.
void require_mail(const Session& session);

/// Why a client's invoices won't be mailed: {no_email}; nothing when they will, or when the client
/// does not get mail (`delivery` post, einvoice, none), which is no failure. For plans and dry
/// runs, which have issued nothing yet.
std::optional<Finding> unmailable(const Client& client);

/// Where one invoice stands after a run.
struct SentInvoice {
  InvoiceId invoice;
  std::string name;  ///< its number
  std::string client;
  std::string to;          ///< the address, or empty
  std::string message_id;  ///< of its mail, or empty
  bool by_mail = true;     ///< false: by the client's `delivery` it does not go by mail; not unsent
  bool no_email = false;
  MailState state = MailState::none;
  std::int64_t attempts = 0;
  std::optional<Instant> next_try_at;
  std::string message;
  std::optional<Finding> refusal;  ///< why no message could be made of it
  bool touched = false;            ///< this run has queued, tried or settled it

  /// Why it is not with its client: `no_email`, `unknown`, `rejected`, `deferred`, or the code of
  /// its refusal; empty when it was sent or does not go by mail. Unsent for good are all but
  /// deferred (exit 3, not 6).
  std::string code() const;
};

/// Sends issued invoices to the first address of their clients: queues those never queued, then
/// delivers what is due of them. One answer for each, in the order asked. Not inside a write. In a
/// dry run nothing is written and nobody is called: what would be sent is `queued`.
/// @throws as require_mail; {restored} until the last number is confirmed; {running} while another
/// process sends; {wrong_state} for an invoice that is not issued.
std::vector<SentInvoice> send_invoices(Session& session, const std::vector<InvoiceId>& invoices);

/// A message that is about no invoice, such as a job's result.
struct Notice {
  std::string key;  ///< the same key is the same message: sent once, however often asked
  std::string to;
  std::string language;  ///< empty: the tenant's
  std::string subject;   ///< one line
  std::string text;
};
struct SentNotice {
  MailState state = MailState::none;
  std::string message;  ///< what failed; empty when it was sent
};

/// Queues and delivers it as an invoice's mail; a deferred one goes with a later `send` or the same
/// call. Not inside a write. What fails is told, never thrown: a result that can't be mailed must
/// not make its job fail. In a dry run nothing is written or sent, and it is told as queued.
SentNotice send_notice(Session& session, const Notice& notice);

struct SendRequest {
  std::vector<std::string> invoices;  ///< by any name
  bool all_unsent = false;            ///< every issued one that is not sent, and the filter leaves
  Filter filter;
  std::string to;       ///< a trial: to this address alone, and it does not count as sent
  bool resend = false;  ///< named ones once more, whatever became of them: a person's word
  std::vector<std::string> attach;  ///< files beside the invoice
  std::optional<Annex> annex;       ///< none: the invoice's own
};

/// The verb. Body: the pinned JSON of `send`. Exit 3 when something is rejected, unknown or has no
/// address, or was refused beside others; 4 when all was refused; 6 when only deferred.
/// @throws as send_invoices; {not_found}, {usage}, {bad_input} for a file that can't be attached.
Report send(Session& session, const SendRequest& request);

/// How many it would send, for the question on a terminal.
std::size_t count_to_send(Session& session, const SendRequest& request);

struct MarkSentRequest {
  std::vector<std::string> invoices;
  std::string via;         ///< post, hand, einvoice, portal, mail
  std::optional<Date> on;  ///< none: today
};

/// A person's word that invoices went another way. @throws Error{wrong_state}, {usage}.
Report mark_sent(Session& session, const MarkSentRequest& request);

struct SendResolveRequest {
  std::string invoice;
  bool sent = false;    ///< the client has it
  bool absent = false;  ///< it never arrived: queued again
};

/// A person's word on a mail whose outcome is unknown.
/// @throws Error{wrong_state} when it is not unknown, {usage} unless exactly one answer is given.
Report send_resolve(Session& session, const SendResolveRequest& request);

/// The newest message about an invoice as it was queued, trials too: RFC 5322.
/// @throws Error{not_found} when there is none.
std::string queued_message(Session& session, const std::string& invoice);

/// Where each mail stands: all of the named invoices, or the newest of every invoice that has one.
/// Writes nothing.
Report send_status(Session& session, const std::vector<std::string>& invoices);

}  // namespace billctl
