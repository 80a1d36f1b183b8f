// Reports: what was invoiced, adjusted, taxed and paid ahead, in rows with a total for each
// currency; two currencies are never added up. Without what another program issued.
//
// Revenue and tax are of issued documents, credit notes too: a voided invoice and its credit note
// are both in them and come to nothing together. One that was voided by opening it again was never
// one.
#pragma once

#include <optional>

#include "calendar/date.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct ReportRequest {
  Filter filter;              ///< a period means the invoice date; its limit and sort do not count
  std::optional<Date> as_of;  ///< only what is dated up to then
};

/// Report prices of issued material, goods apart (S1-4): {as_of, rows: [{client, project, month,
/// currency, revenue, products}], totals: [{currency, revenue, products}]}. The month is that of
/// AR.
Json report_revenue(Session& session, const ReportRequest& request);

/// S4-25, S4-26: {as_of, rows: [{invoice, client, kind, item, line, currency, amount, reason, at,
/// by, undone}], totals: [{currency, amount}]}, undone ones beside the totals. Drafts too.
Json report_adjustments(Session& session, const ReportRequest& request);

/// S4-34 to S4-37, by contract line: {as_of, rows: [{client, engagement, contract_line, type,
/// currency, billed, recognised, applied, balance, warning}], totals: [{currency, billed,
/// recognised, applied, balance}]}. Clients and projects of the filter count.
Json report_prepayments(Session& session, const ReportRequest& request);

/// By tax, category, rate, AR month and currency: {as_of, rows: [{tax, category, rate, month,
/// currency, base, amount, accounting_currency, accounting_amount}], totals: [{currency, base,
/// amount}], accounting: [{currency, amount}]}: the accounting amounts as they were fixed at issue
/// (arithmetic.md 11).
Json report_tax(Session& session, const ReportRequest& request);

}  // namespace billctl
