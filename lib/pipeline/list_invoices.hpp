// List: invoices by their headers (spec/cli.md, invoice list), and which wait for whom.
#pragma once

#include <string>

#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct ListInvoicesRequest {
  Filter filter;  ///< see invoice_selection.hpp
  /// A member's code: only what waits for an approval that he may give; empty: all.
  std::string waiting_for;
};

/// {invoices: [{invoice, number, type, state, client, date, due_date, currency, amounts, sync,
/// sent}]}. Who may not read all sees the invoices all of whose projects he manages (S4-2).
/// @throws Error{usage}, {not_found}.
Json list_invoices(Session& session, const ListInvoicesRequest& request);

}  // namespace billctl
