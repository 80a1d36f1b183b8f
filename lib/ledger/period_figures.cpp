#include "ledger/period_figures.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

#define BILLCTL_AR_MONTH \
  "coalesce(nullif(ar_period, ''), substr(coalesce(invoice_on, period_last_on), 1, 7))"

constexpr const char* kInvoices =
    "SELECT " BILLCTL_AR_MONTH
    " AS month, sum(state IN ('draft', 'held')), sum(state = 'issued') FROM invoice "
    "WHERE tenant_id = :tenant AND imported = 0 AND state <> 'voided' GROUP BY month";
constexpr const char* kPending =
    "SELECT substr(i.work_on, 1, 7) AS month, count(*) FROM item_open AS o "
    "JOIN item AS i ON i.id = o.item_id WHERE i.tenant_id = :tenant GROUP BY month";
constexpr const char* kUncompiled =
    "SELECT count(*) FROM entry AS e WHERE e.tenant_id = :tenant "
    "AND e.work_on BETWEEN :first AND :last "
    "AND (EXISTS (SELECT 1 FROM entry_open AS o WHERE o.entry_id = e.id) "
    "  OR EXISTS (SELECT 1 FROM entry_parked AS p WHERE p.entry_id = e.id "
    "    AND p.reason NOT IN ('already_compiled', 'archived', 'internal', 'entry_nonbillable', "
    "      'task_not_billable', 'project_not_billable', 'before_go_live')))";
constexpr const char* kDrafts =
    "SELECT id FROM invoice WHERE tenant_id = :tenant AND state IN ('draft', 'held') "
    "AND " BILLCTL_AR_MONTH " = :month ORDER BY id";
constexpr const char* kIssued =
    "SELECT id FROM invoice WHERE tenant_id = :tenant AND state = 'issued' AND imported = 0 "
    "AND " BILLCTL_AR_MONTH " = :month ORDER BY id";

}  // namespace

std::map<std::string, MonthFigures> PeriodFigures::months() {
  std::map<std::string, MonthFigures> months;
  Query invoices(ledger_, kInvoices);
  invoices.bind(":tenant", tenant_);
  while (invoices.step()) {
    MonthFigures& figures = months[invoices.string(0)];
    figures.drafts = invoices.integer(1);
    figures.issued = invoices.integer(2);
  }
  Query pending(ledger_, kPending);
  pending.bind(":tenant", tenant_);
  while (pending.step()) months[pending.string(0)].pending_items = pending.integer(1);
  return months;
}

WaitingWork PeriodFigures::waiting(std::string_view month) {
  WaitingWork waiting;
  Query pending(ledger_, kPending);
  pending.bind(":tenant", tenant_);
  while (pending.step()) {
    const std::string_view of = pending.text(0);
    if (of == month) waiting.pending_items = pending.integer(1);
    if (of < month) waiting.late_items += pending.integer(1);
  }
  Query entries(ledger_, kUncompiled);
  entries.bind(":tenant", tenant_)
      .bind(":first", std::string(month) + "-01")
      .bind(":last", std::string(month) + "-31");
  if (entries.step()) waiting.uncompiled_entries = entries.integer(0);
  return waiting;
}

std::vector<InvoiceId> PeriodFigures::invoices(const char* sql, std::string_view month) {
  Query query(ledger_, sql);
  query.bind(":tenant", tenant_).bind(":month", month);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

std::vector<InvoiceId> PeriodFigures::drafts(std::string_view month) {
  return invoices(kDrafts, month);
}

std::vector<InvoiceId> PeriodFigures::issued(std::string_view month) {
  return invoices(kIssued, month);
}

}  // namespace billctl
