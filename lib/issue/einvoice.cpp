#include "issue/einvoice.hpp"

#include "issue/einvoice_codes.hpp"
#include "issue/einvoice_gaps.hpp"
#include "issue/vat_breakdown.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

// In force by the standard, and gone from the official rules (BR-CO-25).
void check_terms(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Invoice& invoice = facts.document.invoice;
  const bool told = invoice.due_on || (facts.terms != nullptr && !facts.terms->text.empty());
  gaps.unless_ours(told || invoice.amounts.payable_minor <= 0,
                   "BT-9: there is no due date and no text of terms (BT-20); set days or text "
                   "under [terms.*]");
}

void check_references(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Invoice& invoice = facts.document.invoice;
  gaps.unless(invoice.invoice_on.has_value(), "BT-2: there is no invoice date");
  gaps.unless_ours(!is_blank(facts.buyer.buyer_reference) || !is_blank(invoice.po_number),
                   "BT-10: there is no buyer reference and no PO number (BT-13)");
  gaps.unless_ours(invoice.type == InvoiceType::invoice || invoice.corrects,
                   "BT-25: the credit note says no invoice that it corrects");
}

}  // namespace

bool is_outside_scope(const Document& document) {
  return has_category(document, TaxCategory::outside_scope);
}

bool has_endpoint(const std::string& endpoint, const std::string& scheme) {
  return !is_blank(endpoint) && is_endpoint_scheme(scheme);
}

bool is_identifying(const std::string& endpoint, const std::string& scheme) {
  return has_endpoint(endpoint, scheme) && is_registered_scheme(scheme);
}

std::vector<Finding> einvoice_gaps(const EinvoiceFacts& facts, EinvoiceRules rules) {
  EinvoiceGaps gaps(rules);
  check_references(facts, gaps);
  check_einvoice_parties(facts, gaps);
  check_terms(facts, gaps);
  check_einvoice_lines(facts, gaps);
  check_einvoice_taxes(facts, gaps);
  check_einvoice_amounts(facts, gaps);
  return std::move(gaps.findings);
}

std::vector<Finding> odd_taxes(const EinvoiceFacts& facts) {
  const std::string& home = facts.seller.address.country;
  const std::string& there = facts.buyer.address.country;
  std::vector<Finding> findings;
  if (home.empty() || there.empty()) return findings;
  const auto warn = [&](const std::string& what) {
    findings.push_back({Reason::tax_country, what});
  };
  const bool abroad_in_eu = is_eu_country(home) && is_eu_country(there) && home != there;
  if (has_category(facts.document, TaxCategory::intra_community) && !abroad_in_eu)
    warn("category K is for buyers in another EU country, and this one is in " + there);
  if (has_category(facts.document, TaxCategory::export_outside) && is_eu_country(there))
    warn("category G is for buyers outside the EU, and this one is in " + there);
  if (has_category(facts.document, TaxCategory::standard) && abroad_in_eu &&
      !facts.buyer.vat_id.empty())
    warn("category S for a buyer in " + there + " with a VAT id: is it not reverse charge?");
  if (has_category(facts.document, TaxCategory::standard) && is_eu_country(home) &&
      !is_eu_country(there))
    warn("category S for a buyer outside the EU, in " + there);
  return findings;
}

}  // namespace billctl
