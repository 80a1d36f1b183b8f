#include "pipeline/rebill_close.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/once.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/mail_standing.hpp"
#include "pipeline/rebill_notice.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/send.hpp"
#include "rebill/outcome.hpp"

namespace billctl {
namespace {

/// Whether a refusal to deliver is told beside what was issued, as mails that are still to go.
bool leaves_mails_waiting(const Error& error) {
  const ExitStatus exit = exit_status(error.code());
  return exit == ExitStatus::refused || exit == ExitStatus::locked || exit == ExitStatus::outside ||
         exit == ExitStatus::failed;
}

/// What nobody needs to be told by mail: a person stands there, or another run tells it.
bool is_told_elsewhere(Reason code) {
  return code == Reason::running || code == Reason::locked || code == Reason::interrupted ||
         code == Reason::not_permitted || code == Reason::usage;
}

}  // namespace

RebillClose::RebillClose(Session& session, const JobFile& job, const Period& period)
    : session_(session), job_(job), period_(period), first_half_(session) {
  if (goes_on()) first_half_.once_key.clear();
}

bool RebillClose::goes_on() const {
  return session_.dry_run == DryRun::no && (job_.send || !job_.inform.empty());
}

Session& RebillClose::first_half() {
  return first_half_;
}

Verb RebillClose::verb() const {
  return {"rebill-job deliver",
          Json::object({{"job", job_.name}, {"period", period_.to_text()}, {"send", job_.send}})};
}

std::optional<Report> RebillClose::repeated() {
  if (!goes_on() || session_.once_key.empty()) return std::nullopt;
  if (!Once(session_.ledger, session_.tenant.id).find(session_.once_key)) return std::nullopt;
  return perform(session_, verb(), []() -> Report {
    throw Error(Reason::failed, "a stored report is gone", "run the command again");
  });
}

Report RebillClose::guard(const std::function<Report()>& run) {
  try {
    if (job_.send) require_mail(session_);
    return run();
  } catch (const Error& error) {
    if (!job_.inform.empty() && session_.dry_run == DryRun::no && !is_told_elsewhere(error.code()))
      inform_of_failure(error);
    throw;
  }
}

void RebillClose::end(JobRunId run, Report& report) {
  report.body.set("exit", static_cast<int>(report.exit));
  Jobs(session_.ledger, session_.tenant.id)
      .finish(run, session_.now, static_cast<int>(report.exit), report.body.compact());
}

void RebillClose::foretell(Report& report, const std::vector<InvoiceId>& issued) {
  if (!job_.send) return;
  const Books books = read_books(session_.ledger, session_.tenant.id);
  Invoices invoices(session_.ledger, session_.tenant.id);
  std::vector<Unsent> unsent;
  for (const InvoiceId id : issued) {
    const Invoice invoice = invoices.header(id);
    if (const auto why = unmailable(books.clients.at(invoice.bill_to)))
      unsent.push_back({id, name_of(invoice), std::string(word(why->code))});
  }
  put_unsent(report, unsent);
}

std::vector<RebillClose::Unsent> RebillClose::send(const std::vector<InvoiceId>& issued,
                                                   Report& report) {
  std::vector<SentInvoice> all;
  try {
    all = send_invoices(session_, issued);
  } catch (const Error& error) {
    if (!leaves_mails_waiting(error)) throw;
    report.exit = worse(report.exit, ExitStatus::outside);
    report.body.set("delivery", Json::object({{"code", word(error.code())},
                                              {"message", error.message()},
                                              {"hint", Json::text_or_null(error.hint())}}));
    MailStanding standing(session_);
    for (const InvoiceId id : issued) all.push_back(standing.of(id));
  }
  std::vector<Unsent> unsent;
  for (const SentInvoice& each : all) {
    std::string code = each.code();
    // What was never tried goes with the next run.
    if (code.empty() && each.by_mail && each.state != MailState::sent) code = "deferred";
    if (!code.empty()) unsent.push_back({each.invoice, each.name, code});
  }
  return unsent;
}

void RebillClose::put_unsent(Report& report, const std::vector<Unsent>& unsent) {
  Json list = Json::array();
  for (const Unsent& each : unsent) {
    list.push(Json::object({{"invoice", each.name}, {"code", each.code}}));
    report.exit =
        worse(report.exit, each.code == "deferred" ? ExitStatus::outside : ExitStatus::partly);
  }
  report.body.set("unsent", std::move(list));
}

Report RebillClose::deliver(JobRunId run, const std::vector<InvoiceId>& issued, Report report) {
  std::vector<Unsent> unsent;
  if (job_.send) unsent = send(issued, report);
  put_unsent(report, unsent);
  inform(report, "job-run:" + std::to_string(run.value));
  return perform(session_, verb(), [&] {
    Jobs jobs(session_.ledger, session_.tenant.id);
    for (const Unsent& each : unsent)
      jobs.record(run, JobFact{"unsent", each.invoice.value, each.code});
    end(run, report);
    report.changes = Json::object({{"run", run.value},
                                   {"unsent", report.body["unsent"]},
                                   {"informed", report.body["informed"]},
                                   {"exit", report.body["exit"]}});
    report.subjects = {{"job:" + job_.name, "delivered"}};
    return report;
  });
}

void RebillClose::inform(Report& report, const std::string& key) {
  if (job_.inform.empty()) return;
  const RebillNotice notice = result_notice(session_.config, report.body);
  const SentNotice sent =
      send_notice(session_, {key, job_.inform, "", notice.subject, notice.text});
  report.body.set("informed", Json::object({{"to", job_.inform},
                                            {"state", word(sent.state)},
                                            {"message", Json::text_or_null(sent.message)}}));
}

void RebillClose::inform_of_failure(const Error& error) {
  const RebillNotice notice = failure_notice(session_.config, job_.name, period_, error);
  send_notice(session_,
              {"job-failed:" + job_.name + ":" + period_.to_text() + ":" + session_.now.to_text(),
               job_.inform, "", notice.subject, notice.text});
}

}  // namespace billctl
