#include "pipeline/ar_periods.hpp"

#include "ledger/closed_periods.hpp"
#include "ledger/invoices.hpp"
#include "ledger/outbox.hpp"
#include "ledger/period_figures.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

constexpr std::string_view state_word(bool closed) {
  return closed ? "closed" : "open";
}

Json period_json(const std::string& month, const MonthFigures& figures,
                 const ClosedPeriod* closed) {
  return Json::object(
      {{"period", month},
       {"state", state_word(closed != nullptr)},
       {"closed_at", closed != nullptr ? Json(closed->closed_at.to_text()) : Json()},
       {"closed_by", closed != nullptr ? Json(closed->actor) : Json()},
       {"drafts", figures.drafts},
       {"issued", figures.issued},
       {"pending_items", figures.pending_items}});
}

Json names_json(Session& session, const std::vector<InvoiceId>& ids) {
  Invoices invoices(session.ledger, session.tenant.id);
  Json names = Json::array();
  for (const InvoiceId id : ids) names.push(name_of(invoices.header(id)));
  return names;
}

Json unsent_json(Session& session, const std::vector<InvoiceId>& issued) {
  Invoices invoices(session.ledger, session.tenant.id);
  Outbox outbox(session.ledger, session.tenant.id);
  Json unsent = Json::array();
  for (const InvoiceId id : issued) {
    for (const ProviderSettings& provider : session.config.providers) {
      const auto submission = outbox.current(id, provider.code);
      if (submission && submission->state == SubmissionState::accepted) continue;
      unsent.push(Json::object({{"invoice", name_of(invoices.header(id))},
                                {"provider", provider.code},
                                {"state", submission ? word(submission->state) : "none"}}));
    }
  }
  return unsent;
}

/// The drafts that were given a date in it.
std::vector<InvoiceId> dated_drafts(Session& session, const std::string& month) {
  Invoices invoices(session.ledger, session.tenant.id);
  std::vector<InvoiceId> dated;
  for (const InvoiceId id : PeriodFigures(session.ledger, session.tenant.id).drafts(month)) {
    const Invoice invoice = invoices.header(id);
    if (invoice.invoice_on || !invoice.ar_period.empty()) dated.push_back(id);
  }
  return dated;
}

}  // namespace

Json list_periods(Session& session) {
  require_reading(session, "period list");
  Json list = Json::array();
  session.ledger.read([&] {
    auto months = PeriodFigures(session.ledger, session.tenant.id).months();
    std::map<std::string, ClosedPeriod> closed;
    for (const ClosedPeriod& each : ClosedPeriods(session.ledger, session.tenant.id).list()) {
      closed.emplace(each.month, each);
      months.try_emplace(each.month);
    }
    for (const auto& [month, figures] : months) {
      const auto found = closed.find(month);
      list.push(period_json(month, figures, found == closed.end() ? nullptr : &found->second));
    }
  });
  return Json::object({{"periods", std::move(list)}});
}

Json check_period(Session& session, const std::string& month) {
  require_reading(session, "period check");
  Json body;
  session.ledger.read([&] {
    PeriodFigures figures(session.ledger, session.tenant.id);
    const WaitingWork waiting = figures.waiting(month);
    Json drafts = names_json(session, figures.drafts(month));
    Json unsent = unsent_json(session, figures.issued(month));
    const bool closed = ClosedPeriods(session.ledger, session.tenant.id).is_closed(month);
    const bool clear = waiting.pending_items == 0 && waiting.late_items == 0 &&
                       waiting.uncompiled_entries == 0 && drafts.as_array().empty() &&
                       unsent.as_array().empty();
    body = Json::object({{"period", month},
                         {"state", state_word(closed)},
                         {"clear", clear},
                         {"pending_items", waiting.pending_items},
                         {"late_items", waiting.late_items},
                         {"uncompiled_entries", waiting.uncompiled_entries},
                         {"drafts", std::move(drafts)},
                         {"unsent", std::move(unsent)}});
  });
  return body;
}

Report close_period(Session& session, const std::string& month) {
  const Json arguments = Json::object({{"period", month}});
  return perform(session, {.name = "period close", .arguments = arguments}, [&] {
    ClosedPeriods periods(session.ledger, session.tenant.id);
    const bool changed = periods.close({month, session.now, session.actor.code});
    Report report;
    if (changed) report.subjects.push_back({"period:" + month, "closed"});
    report.body = Json::object({{"period", month},
                                {"state", state_word(true)},
                                {"changed", changed},
                                {"drafts", names_json(session, dated_drafts(session, month))}});
    return report;
  });
}

Report reopen_period(Session& session, const std::string& month, const std::string& reason) {
  if (reason.empty())
    throw Error(Reason::usage, "period reopen needs --reason TEXT, which the journal keeps");
  const Json arguments = Json::object({{"period", month}, {"reason", reason}});
  return perform(session, {.name = "period reopen", .arguments = arguments}, [&] {
    const bool changed = ClosedPeriods(session.ledger, session.tenant.id).reopen(month);
    Report report;
    if (changed) report.subjects.push_back({"period:" + month, "reopened"});
    report.body = Json::object({{"period", month},
                                {"state", state_word(false)},
                                {"changed", changed},
                                {"reason", reason}});
    return report;
  });
}

}  // namespace billctl
