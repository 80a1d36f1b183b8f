// Invoice tax: a tax picked for a draft, its amount typed in, computed again, or taken off
// (S4-31 to S4-33). Approvals stay (S4-7).
//
//     invoice tax DRAFT00007 vat 328.30     the typed amount wins until the lines change (X25)
//     invoice tax DRAFT00007 vat --default  25.5 % of 1287.50 again: 328.31
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

struct TaxRequest {
  enum class Act {
    pick,          ///< onto the lines of the kinds that it applies to
    type,          ///< the same, with this amount
    take_default,  ///< the same, with the computed amount
    remove,        ///< off all lines
  };
  std::string invoice;  ///< by any name it ever had
  std::string tax;      ///< a code of [tax.*]
  Act act = Act::pick;
  std::string amount;  ///< of Act::type
};

/// The verb `invoice tax`. The body is {invoice, state, revision, taxes: [{tax, category, rate,
/// base, amount, stale, overridden}], currency, amounts}.
/// @throws Error{wrong_state} when it is issued; {not_found} for a code that is none, or that is
/// not there to be removed; {wrong_target} when it applies to no line, or for a credit note;
/// {too_many_taxes} for a fourth; {tax_invalid} for a second VAT category on a line, or an amount
/// more than 1.00 off; {category_o} for category O beside others.
Report set_invoice_tax(Session& session, const TaxRequest& request, const Json& arguments);

}  // namespace billctl
