// Document: an invoice as the client reads it, header, lines, tax rows and applied prepayments.
// What `issue` freezes; the material behind it (Placed) is a layer of its own (X2).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "money/tax.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// What of a contract line's balance an invoice uses up: net, and the tax already invoiced on it
/// (X25). Positive; it counts as a negative term.
struct AppliedPrepayment {
  ContractLineId contract_line;
  std::string code;  ///< of the contract line
  std::int64_t applied_minor = 0;
  std::int64_t tax_minor = 0;
};

/// Net and tax of them all: BT-113.
/// @throws Error{failed} when it does not fit.
std::int64_t prepaid_gross_minor(const std::vector<AppliedPrepayment>& prepayments);

struct Document {
  Invoice invoice;
  std::vector<Line> lines;                     ///< by position
  std::vector<TaxRow> taxes;                   ///< by position
  std::vector<AppliedPrepayment> prepayments;  ///< by the code of their contract line
};

}  // namespace billctl
