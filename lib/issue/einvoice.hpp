// E-invoice readiness: what EN 16931 and Peppol BIS 3.0 ask of an invoice, told before a number is
// taken (design/documents.md). Each gap names its business term, e.g. `BT-49: the buyer has no
// endpoint`.
#pragma once

#include <string>
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

enum class EinvoiceRules {
  official,  ///< the rules of EN 16931: what breaks them can't be written at all
  all,       ///< and Peppol's, and what the official rules let pass but a person should mend
};

/// einvoice_incomplete, one for each gap, all at once; empty: it can be written as UBL.
std::vector<Finding> einvoice_gaps(const EinvoiceFacts& facts,
                                   EinvoiceRules rules = EinvoiceRules::all);

/// Of category O alone: then it states no VAT id, neither the seller's nor the buyer's (BR-O-02).
bool is_outside_scope(const Document& document);

/// Whether the endpoint can be stated: it has one, with a scheme of the list.
bool has_endpoint(const std::string& endpoint, const std::string& scheme);

/// Whether the seller's endpoint identifies the seller too (BT-29), as it must where no VAT id may
/// stand and there is no registration id.
bool is_identifying(const std::string& endpoint, const std::string& scheme);

/// tax_country: a tax that is odd for where the buyer sits, such as intra-community supply at home.
/// Warnings only.
std::vector<Finding> odd_taxes(const EinvoiceFacts& facts);

}  // namespace billctl
