// Prepayment: how much of what was invoiced ahead on a contract line may be used up, and the tax
// that was invoiced on it. Net amounts in minor units of one currency (S4-34 to S4-38, X25).
//
//     a milestone of 1000.00 with 255.00 VAT: all of it applied takes 1255.00 off the payable
#pragma once

#include <cstdint>

#include "money/rounding.hpp"

namespace billctl {

/// What stands on a contract line beside the invoice in question.
struct ContractFunds {
  std::int64_t billed_minor = 0;       ///< milestones on issued invoices
  std::int64_t billed_tax_minor = 0;   ///< the tax invoiced on them
  std::int64_t recognised_minor = 0;   ///< revenue
  std::int64_t applied_minor = 0;      ///< on other invoices
  std::int64_t applied_tax_minor = 0;  ///< the tax with it

  /// Milestones billed - recognised - applied; may be negative (S4-36, S4-37).
  std::int64_t balance_minor() const;
};

/// The tax that comes with so much of it, as the milestones were taxed: pro rata, and all that is
/// left with the last of it, so that tax is given back once and whole.
std::int64_t prepaid_tax_minor(const ContractFunds& funds, std::int64_t net_minor,
                               Rounding rounding);

/// The largest net amount that is no more than the balance and with its tax no more than
/// `gross_max_minor`; 0 when there is none.
std::int64_t largest_prepayment_minor(const ContractFunds& funds, std::int64_t gross_max_minor,
                                      Rounding rounding);

}  // namespace billctl
