// E-invoice readiness: what EN 16931 and Peppol BIS 3.0 ask of an invoice, told before a number is
// taken (design/documents.md). Each gap names its business term, e.g. `BT-49: the buyer has no
// endpoint`.
#pragma once

#include <vector>

#include "invoice/document.hpp"
#include "invoice/terms.hpp"
#include "issue/parties.hpp"
#include "outcome/reason.hpp"

namespace billctl {

struct EinvoiceFacts {
  const Document& document;  ///< with the dates, taxes and totals it would be issued with
  const Seller& seller;
  const Buyer& buyer;
  const PaymentTerms* terms = nullptr;  ///< nullptr: none
};

/// einvoice_incomplete, one for each gap; empty: it can be written as UBL.
std::vector<Finding> einvoice_gaps(const EinvoiceFacts& facts);

/// tax_country: a tax that is odd for where the buyer sits, such as intra-community supply at home.
/// Warnings only.
std::vector<Finding> odd_taxes(const EinvoiceFacts& facts);

}  // namespace billctl
