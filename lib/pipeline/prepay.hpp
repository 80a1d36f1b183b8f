// Prepay: what was invoiced ahead by milestones of a contract line is used up on another invoice of
// its engagement (S4-34 to S4-38, X25). Approvals stay (S4-7).
//
//     0 <= applied <= min(balance of the contract line, its share of the invoice, total), in gross:
//     1287.50 + 328.31 VAT, a milestone of 1000.00 + 255.00 applied -> payable 360.81
#pragma once

#include <string>
#include <vector>

#include "invoice/document.hpp"
#include "outcome/reason.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

struct PrepayRequest {
  std::string invoice;        ///< by any name it ever had
  std::string contract_line;  ///< its code
  std::string amount;         ///< net, instead of what is applied; 0 takes it off
};

/// The verb `invoice prepay`. The body is {invoice, state, revision, prepayments: [{contract_line,
/// type, balance, applied, tax}], currency, amounts, warnings: [{code, detail}]}.
/// @throws Error{wrong_state} when it is issued; {wrong_target} for a credit note;
/// {no_contract_line} for a line of none of its engagements; {prepay_fixed}; {over_balance}.
Report prepay_invoice(Session& session, const PrepayRequest& request, const Json& arguments);

/// Applies to a draft as much as may be of each contract line, by their codes. Inside a write.
void apply_prepayments(Session& session, const Books& books, InvoiceId draft);

/// Lowers what a draft took over from a voided invoice to what may still be applied: the balance
/// may have gone elsewhere since. Inside a write.
void hold_prepayments(Session& session, const Books& books, InvoiceId draft);

/// Why what a draft applies may not be applied any more: over_balance, no_contract_line or
/// prepay_fixed, one for each contract line. Of a credit note: over_balance where it takes back an
/// instalment that other invoices have used up.
/// @param document completed: with its totals.
std::vector<Finding> prepayment_findings(Session& session, const Books& books,
                                         const Document& document);

}  // namespace billctl
