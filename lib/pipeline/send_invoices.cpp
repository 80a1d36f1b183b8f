// What other verbs send by: send_invoices and send_notice.
#include <algorithm>
#include <set>

#include "ledger/mails.hpp"
#include "mail/address.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/mail_carrier.hpp"
#include "pipeline/mail_run.hpp"
#include "pipeline/mail_standing.hpp"
#include "pipeline/restore.hpp"
#include "pipeline/send.hpp"

namespace billctl {
namespace {

void require_issued(const Invoice& invoice) {
  if (!is_open(invoice.state) && !invoice.imported) return;
  throw Error(Reason::wrong_state,
              "invoice " + name_of(invoice) + ": only what was issued here is sent",
              "billctl issue " + name_of(invoice));
}

std::vector<SentInvoice> planned(Session& session, const std::vector<InvoiceId>& ids) {
  std::vector<SentInvoice> all;
  session.ledger.read([&] {
    MailStanding standing(session);
    for (const InvoiceId id : ids) {
      const Invoice invoice = standing.invoices().header(id);
      require_issued(invoice);
      all.push_back(standing.of(invoice));
      if (standing.step(invoice, MailHaste::due) == MailStep::nothing) continue;
      all.back().state = MailState::queued;
      all.back().touched = true;
    }
  });
  return all;
}

void record(Session& session, const std::vector<SentInvoice>& all) {
  Json names = Json::array();
  for (const SentInvoice& each : all) names.push(each.name);
  Session own = session;
  own.once_key.clear();  // that key is of the verb that asked
  perform(own, {.name = "send", .arguments = Json::object({{"invoices", std::move(names)}})}, [&] {
    Report report;
    MailCounts counts;
    for (const SentInvoice& each : all) {
      if (!each.touched) continue;
      counts.add(each);
      report.subjects.push_back({"invoice:" + each.name, "mail " + std::string(word(each.state))});
    }
    counts.put(report.body);
    return report;
  });
}

std::set<InvoiceId> touched_invoices(Session& session, const MailRun& run) {
  std::set<InvoiceId> ids;
  Mails mails(session.ledger, session.tenant.id);
  for (const MailId id : run.touched()) ids.insert(mails.read(id).invoice);
  return ids;
}

}  // namespace

void require_mail(const Session& session) {
  open_carrier(mail_settings(session), sender_address(session));
}

std::vector<SentInvoice> send_invoices(Session& session, const std::vector<InvoiceId>& invoices) {
  require_confirmed(session);
  mail_settings(session);
  if (invoices.empty()) return {};
  if (session.dry_run == DryRun::yes) return planned(session, invoices);
  MailRun run(session);
  run.settle_cut_short();
  std::vector<MailOrder> orders;
  session.ledger.read([&] {
    MailStanding standing(session);
    for (const InvoiceId id : invoices) {
      const Invoice invoice = standing.invoices().header(id);
      require_issued(invoice);
      const MailStep step = standing.step(invoice, MailHaste::due);
      if (step == MailStep::queue)
        orders.push_back({id, MailPurpose::invoice, first_email(standing.payer(invoice)), false});
      if (step == MailStep::deliver) run.take(standing.mails().current(id)->id);
    }
  });
  run.queue(orders, {});
  run.deliver();
  std::vector<SentInvoice> all;
  const std::set<InvoiceId> touched = touched_invoices(session, run);
  MailStanding standing(session);
  for (const InvoiceId id : invoices) {
    all.push_back(standing.of(id));
    all.back().touched = touched.contains(id);
    if (const auto found = run.refusals().find(id); found != run.refusals().end()) {
      all.back().refusal = found->second;
      all.back().message = found->second.detail;
    }
  }
  if (!touched.empty()) record(session, all);
  return all;
}

namespace {

SentNotice sent_notice(Session& session, const Notice& notice) {
  if (!is_mail_address(notice.to))
    return {MailState::none, "\"" + notice.to + "\" is no e-mail address"};
  mail_settings(session);
  if (session.dry_run == DryRun::yes) return {MailState::queued, ""};
  MailRun run(session);
  run.settle_cut_short();
  Mails mails(session.ledger, session.tenant.id);
  const MailManner manner;
  const Mail made =
      MailMaker(session, manner)
          .notice(notice.key, notice.to, notice.language, notice.subject, notice.text);
  const auto there = mails.with_key(made.key);
  if (!there) {
    session.ledger.write(DryRun::no, [&] { run.queue(made); });
  } else if (there->state == MailState::queued || there->state == MailState::deferred) {
    run.take(there->id);
  }
  run.deliver();
  const auto now = mails.with_key(made.key);
  expect(now.has_value(), "a notice that was queued is there");
  return {now->state, now->state == MailState::sent ? "" : now->message};
}

}  // namespace

SentNotice send_notice(Session& session, const Notice& notice) {
  try {
    return sent_notice(session, notice);
  } catch (const Error& error) {
    // An interruption and a ledger that fails are not about this message.
    const ExitStatus exit = exit_status(error.code());
    if (exit == ExitStatus::interrupted || exit == ExitStatus::io ||
        exit == ExitStatus::outcome_unknown || exit == ExitStatus::corrupt)
      throw;
    return {MailState::none, error.message()};
  }
}

}  // namespace billctl
