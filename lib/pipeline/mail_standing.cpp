#include "pipeline/mail_standing.hpp"

#include "ledger/books_table.hpp"
#include "mail/address.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"
#include "text/visible.hpp"

namespace billctl {

std::optional<Finding> unmailable(const Client& client) {
  if (client.delivery != "mail") return std::nullopt;
  const std::string address = first_email(client);
  if (address.empty())
    return Finding{Reason::no_email, "client " + client.code + " has no e-mail address"};
  if (!is_mail_address(address))
    return Finding{Reason::no_email,
                   "client " + client.code + ": \"" + visible(address) + "\" is no e-mail address"};
  return std::nullopt;
}

std::string SentInvoice::code() const {
  if (refusal) return std::string(word(refusal->code));
  if (!by_mail || state == MailState::sent) return "";
  if (state == MailState::unknown || state == MailState::sending) return "unknown";
  if (state == MailState::rejected) return "rejected";
  if (no_email) return "no_email";
  return "deferred";
}

MailStanding::MailStanding(Session& session)
    : session_(session),
      books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)),
      invoices_(session.ledger, session.tenant.id),
      mails_(session.ledger, session.tenant.id) {}

const Client& MailStanding::payer(const Invoice& invoice) const {
  return books_.clients.at(invoice.bill_to ? invoice.bill_to : invoice.client);
}

SentInvoice MailStanding::of(const Invoice& invoice) {
  const Client& client = payer(invoice);
  SentInvoice sent;
  sent.invoice = invoice.id;
  sent.name = name_of(invoice);
  sent.client = books_.clients.at(invoice.client).code;
  const auto finding = unmailable(client);
  const auto mail = mails_.current(invoice.id);
  if (mail) {
    sent.to = mail->to;
    sent.message_id = mail->message_id;
    sent.state = mail->state;
    sent.attempts = mail->attempts;
    sent.next_try_at = mail->next_try_at;
    sent.message = mail->message;
  } else if (!finding) {
    sent.to = first_email(client);
  }
  // Who has been changed to get paper gets no mail that waits; but one that may have arrived
  // is still to be told. Of a mail without an address only a restore made it unknown.
  const bool may_have_gone =
      (sent.state == MailState::unknown && !sent.to.empty()) || sent.state == MailState::sending;
  sent.by_mail =
      invoice.state == InvoiceState::issued && (client.delivery == "mail" || may_have_gone);
  const bool open = sent.state == MailState::none || sent.state == MailState::queued ||
                    sent.state == MailState::deferred;
  if (finding && open && sent.by_mail) {
    sent.no_email = true;
    sent.message = finding->detail;
  }
  if (!sent.by_mail && sent.state != MailState::sent && client.delivery != "mail")
    sent.message = "client " + client.code + " has delivery " + client.delivery;
  return sent;
}

MailStep MailStanding::step(const Invoice& invoice, MailHaste haste) {
  const Client& client = payer(invoice);
  if (invoice.state != InvoiceState::issued || client.delivery != "mail" || unmailable(client))
    return MailStep::nothing;
  const auto mail = mails_.current(invoice.id);
  if (!mail || haste == MailHaste::again) return MailStep::queue;
  const bool moved = mail->to != first_email(client);
  switch (mail->state) {
    case MailState::none:
    case MailState::sent:
    case MailState::sending:
    case MailState::unknown:
      return MailStep::nothing;
    case MailState::rejected:
      return moved ? MailStep::queue : MailStep::nothing;
    case MailState::queued:
      return moved ? MailStep::queue : MailStep::deliver;
    case MailState::deferred: {
      if (moved) return MailStep::queue;
      const bool due = !mail->next_try_at || *mail->next_try_at <= session_.now;
      return due || haste == MailHaste::asked ? MailStep::deliver : MailStep::nothing;
    }
  }
  return MailStep::nothing;
}

Json sent_invoice_json(const SentInvoice& sent) {
  // What waits for its first try has no reason against it yet.
  const bool waits = sent.state == MailState::queued && !sent.no_email;
  return Json::object({{"invoice", sent.name},
                       {"client", sent.client},
                       {"to", Json::text_or_null(sent.to)},
                       {"state", word(sent.state)},
                       {"code", Json::text_or_null(waits ? "" : sent.code())},
                       {"remote_id", Json::text_or_null(sent.message_id)},
                       {"attempts", sent.attempts},
                       {"next_try", instant_json(sent.next_try_at)},
                       {"message", Json::text_or_null(sent.message)}});
}

Json mail_provider(const Session& session) {
  return session.config.mail ? Json(word(session.config.mail->transport)) : Json();
}

void MailCounts::add(const SentInvoice& each) {
  if (each.refusal) return;
  if (each.no_email) {
    ++no_email;
    return;
  }
  queued += each.state == MailState::queued || each.state == MailState::sending ? 1 : 0;
  sent += each.state == MailState::sent ? 1 : 0;
  deferred += each.state == MailState::deferred ? 1 : 0;
  unknown += each.state == MailState::unknown ? 1 : 0;
  rejected += each.state == MailState::rejected ? 1 : 0;
}

void MailCounts::put(Json& body) const {
  body.set("queued", queued);
  body.set("sent", sent);
  body.set("deferred", deferred);
  body.set("unknown", unknown);
  body.set("rejected", rejected);
  body.set("no_email", no_email);
}

}  // namespace billctl
