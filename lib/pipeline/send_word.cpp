// What a person says of mails: that an invoice went another way, that one arrived or did not; and
// where all of them stand.
#include <array>

#include "calendar/zone.hpp"
#include "ledger/mails.hpp"
#include "outcome/words.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/mail_run.hpp"
#include "pipeline/mail_standing.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/send.hpp"
#include "sync/submission.hpp"
#include "text/nearest.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr auto kWays =
    std::to_array<std::string_view>({"post", "hand", "einvoice", "portal", "mail"});

void check_way(const MarkSentRequest& request, Date today) {
  const std::vector<std::string> ways = word_list(kWays);
  if (std::find(ways.begin(), ways.end(), request.via) == ways.end()) {
    const std::string hint = did_you_mean(request.via, ways);
    throw Error(Reason::usage,
                request.via.empty() ? "--mark-sent needs --via, the way it went"
                                    : "--via \"" + request.via + "\" is no way",
                hint.empty() ? "one of post, hand, einvoice, portal, mail" : hint);
  }
  if (request.on && *request.on > today)
    throw Error(Reason::usage,
                "--on " + request.on->to_text() + " is after today, " + today.to_text());
}

std::optional<Finding> unmarkable(const Session& session, const Invoice& invoice,
                                  const std::optional<Mail>& mail) {
  if (is_open(invoice.state)) return Finding{Reason::wrong_state, "is not issued"};
  if (invoice.imported)
    return Finding{Reason::wrong_state, "was issued by another program, which has its document"};
  if (!mail || mail->state != MailState::sent) return std::nullopt;
  const Date day = session.config.tenant.zone.date(mail->done_at.value_or(mail->queued_at));
  return Finding{Reason::wrong_state, "was sent already, by " + mail->via + " on " + day.to_text()};
}

Mail marked(const Session& session, const Invoice& invoice, const MarkSentRequest& request,
            std::int64_t mails_before) {
  Mail mail;
  mail.invoice = invoice.id;
  // "mail" alone is what billctl sent itself.
  mail.via = request.via == "mail" ? "other mail" : request.via;
  mail.revision = "marked:" + invoice.seal + ":" + std::to_string(mails_before);
  mail.key = submission_key(session.tenant.code, invoice.draft_number, mail.revision);
  mail.payload_digest = to_hex(sha256(""));
  mail.state = MailState::sent;
  mail.queued_at = session.now;
  const bool earlier = request.on && *request.on != session.today;
  mail.done_at = earlier ? session.config.tenant.zone.first_instant(*request.on) : session.now;
  return mail;
}

Json mail_json(const Mail& mail, const std::string& invoice) {
  return Json::object({{"invoice", invoice},
                       {"to", Json::text_or_null(mail.to)},
                       {"via", mail.via},
                       {"state", word(mail.state)},
                       {"trial", mail.purpose == MailPurpose::trial},
                       {"attempts", mail.attempts},
                       {"next_try", instant_json(mail.next_try_at)},
                       {"message", Json::text_or_null(mail.message)},
                       {"queued_at", mail.queued_at.to_text()},
                       {"at", instant_json(mail.done_at)},
                       {"message_id", Json::text_or_null(mail.message_id)}});
}

Report report_of(Session& session, const std::vector<InvoiceId>& ids) {
  Report report;
  report.body = Json::object({{"provider", mail_provider(session)}});
  MailStanding standing(session);
  MailCounts counts;
  Json list = Json::array();
  for (const InvoiceId id : ids) {
    const SentInvoice sent = standing.of(id);
    counts.add(sent);
    list.push(sent_invoice_json(sent));
    report.subjects.push_back({"invoice:" + sent.name, "mail " + std::string(word(sent.state))});
  }
  counts.put(report.body);
  report.body.set("invoices", std::move(list));
  return report;
}

}  // namespace

Report mark_sent(Session& session, const MarkSentRequest& request) {
  check_way(request, session.today);
  Json names = Json::array();
  for (const std::string& name : request.invoices) names.push(name);
  const Verb verb{"send --mark-sent", Json::object({{"invoices", std::move(names)},
                                                    {"via", request.via},
                                                    {"on", date_json(request.on)}})};
  const MailRun run(session);  // nobody sends meanwhile
  return perform(session, verb, [&] {
    Invoices invoices(session.ledger, session.tenant.id);
    Mails mails(session.ledger, session.tenant.id);
    std::vector<InvoiceId> done;
    std::vector<RefusedInvoice> refused;
    for (const std::string& name : request.invoices) {
      const Invoice invoice = invoices.header(invoices.named(name));
      if (const auto finding = unmarkable(session, invoice, mails.current(invoice.id))) {
        refused.push_back({name_of(invoice), {*finding}});
        continue;
      }
      mails.queue(marked(session, invoice, request, mails.count_of(invoice.id)));
      done.push_back(invoice.id);
    }
    Report report = report_of(session, done);
    report.body.set("refused", refused_json(refused));
    put_exit(report, done.size(), refused, "send");
    return report;
  });
}

Report send_resolve(Session& session, const SendResolveRequest& request) {
  if (request.sent == request.absent)
    throw Error(Reason::usage, "send resolve needs one answer: --sent or --absent");
  const Verb verb{"send resolve", Json::object({{"invoice", request.invoice},
                                                {"sent", request.sent},
                                                {"absent", request.absent}})};
  const MailRun run(session);
  return perform(session, verb, [&] {
    Invoices invoices(session.ledger, session.tenant.id);
    Mails mails(session.ledger, session.tenant.id);
    const InvoiceId id = invoices.named(request.invoice);
    auto mail = mails.current(id);
    if (!mail || (mail->state != MailState::unknown && mail->state != MailState::sending)) {
      const std::string state = mail ? std::string(word(mail->state)) : "none";
      throw Error(Reason::wrong_state,
                  "invoice " + request.invoice + ": its send state is " + state + ", not unknown",
                  "see `billctl send status " + request.invoice + "`");
    }
    if (mail->state == MailState::sending) {
      mail->state = MailState::unknown;  // as the next run would have found it
      mails.end_attempt(*mail, word(MailOutcome::unknown), session.now);
    }
    mail->state = request.sent ? MailState::sent : MailState::queued;
    mail->message = request.sent ? "arrived, as " + session.actor.code + " says" : "";
    mail->next_try_at.reset();
    mails.set_state(*mail, session.now);
    return report_of(session, {id});
  });
}

std::string queued_message(Session& session, const std::string& invoice) {
  require_reading(session, "send status");
  std::string message;
  session.ledger.read([&] {
    Mails mails(session.ledger, session.tenant.id);
    for (const Mail& mail :
         mails.of_invoice(Invoices(session.ledger, session.tenant.id).named(invoice))) {
      std::string payload = mails.read(mail.id).payload;
      if (!payload.empty()) message = std::move(payload);
    }
  });
  if (message.empty())
    throw Error(Reason::not_found, "invoice " + invoice + ": no mail about it was queued",
                "billctl send " + invoice);
  return message;
}

Report send_status(Session& session, const std::vector<std::string>& names) {
  require_reading(session, "send status");
  Report report;
  session.ledger.read([&] {
    Invoices invoices(session.ledger, session.tenant.id);
    Mails mails(session.ledger, session.tenant.id);
    std::vector<Mail> all;
    if (names.empty()) all = mails.list();
    for (const std::string& name : names) {
      for (Mail& mail : mails.of_invoice(invoices.named(name))) all.push_back(std::move(mail));
    }
    MailCounts counts;
    Json list = Json::array();
    for (const Mail& mail : all) {
      SentInvoice sent;
      sent.state = mail.state;
      counts.add(sent);
      list.push(mail_json(mail, name_of(invoices.header(mail.invoice))));
    }
    report.body = Json::object({{"provider", mail_provider(session)}});
    counts.put(report.body);
    report.body.set("mails", std::move(list));
  });
  return report;
}

}  // namespace billctl
