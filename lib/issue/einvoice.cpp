#include "issue/einvoice.hpp"

#include <algorithm>

#include "catalogue/unit.hpp"

namespace billctl {
namespace {

class Gaps {
 public:
  void unless(bool holds, std::string detail) {
    if (!holds) findings.push_back({Reason::einvoice_incomplete, std::move(detail)});
  }
  std::vector<Finding> findings;
};

bool has_category(const Document& document, TaxCategory category) {
  return std::ranges::any_of(document.taxes,
                             [&](const TaxRow& row) { return row.identity.category == category; });
}

void check_seller(const EinvoiceFacts& facts, Gaps& gaps) {
  const Seller& seller = facts.seller;
  gaps.unless(!seller.name.empty(), "BT-27: the seller has no name ([tenant] name)");
  gaps.unless(!seller.endpoint.empty(), "BT-34: the seller has no endpoint ([tenant] endpoint)");
  gaps.unless(seller.endpoint.empty() || !seller.endpoint_scheme.empty(),
              "BT-34: the seller's endpoint has no scheme ([tenant] endpoint_scheme)");
  gaps.unless(!seller.address.country.empty(),
              "BT-40: the seller has no country ([tenant] country)");
  const bool only_outside_scope = has_category(facts.document, TaxCategory::outside_scope);
  gaps.unless(only_outside_scope || !seller.vat_id.empty(),
              "BT-31: the seller has no VAT id ([tenant] vat_id)");
  gaps.unless(seller.vat_id.empty() || is_vat_id(seller.vat_id),
              "BT-31: " + seller.vat_id + " is no VAT id ([tenant] vat_id)");
}

void check_buyer(const EinvoiceFacts& facts, Gaps& gaps) {
  const Buyer& buyer = facts.buyer;
  gaps.unless(!buyer.name.empty(), "BT-44: the buyer has no name");
  gaps.unless(!buyer.endpoint.empty(), "BT-49: the buyer has no endpoint");
  gaps.unless(buyer.endpoint.empty() || !buyer.endpoint_scheme.empty(),
              "BT-49: the buyer's endpoint has no scheme");
  gaps.unless(!buyer.address.country.empty(), "BT-55: the buyer has no country");
  gaps.unless(!buyer.buyer_reference.empty() || !facts.document.invoice.po_number.empty(),
              "BT-10: there is no buyer reference and no PO number (BT-13)");
  gaps.unless(buyer.vat_id.empty() || is_vat_id(buyer.vat_id),
              "BT-48: " + buyer.vat_id + " is no VAT id");
  if (has_category(facts.document, TaxCategory::intra_community))
    gaps.unless(!buyer.vat_id.empty(), "BT-48: the buyer has no VAT id, which category K needs");
  if (has_category(facts.document, TaxCategory::reverse_charge))
    gaps.unless(!buyer.vat_id.empty() || !buyer.registration_id.empty(),
                "BT-48: the buyer has no VAT id, which category AE needs");
}

void check_terms(const EinvoiceFacts& facts, Gaps& gaps) {
  const Invoice& invoice = facts.document.invoice;
  const bool told = invoice.due_on || (facts.terms != nullptr && !facts.terms->text.empty());
  gaps.unless(told || invoice.amounts.payable_minor <= 0,
              "BT-9: there is no due date and no text of terms (BT-20)");
}

std::size_t categories_of(const Line& line, const Document& document) {
  std::vector<std::string_view> taxes;
  for (const TaxRow& row : document.taxes) {
    const std::string listed = ";" + line.tax + ";";
    const bool applies = listed.find(";" + row.identity.tax + ";") != std::string::npos;
    const bool seen = std::ranges::find(taxes, row.identity.tax) != taxes.end();
    if (applies && row.identity.category && !seen) taxes.push_back(row.identity.tax);
  }
  return taxes.size();
}

void check_lines(const EinvoiceFacts& facts, Gaps& gaps) {
  for (const Line& line : facts.document.lines) {
    if (!line.quantity) continue;  // a text line becomes a note
    const std::string name = "line " + std::to_string(line.line);
    gaps.unless(is_known_unit(line.unit),
                "BT-130: " + name + " has the unit \"" + line.unit + "\", which is no Rec 20 code");
    gaps.unless(!line.description.empty(), "BT-153: " + name + " has no description");
    gaps.unless(categories_of(line, facts.document) == 1,
                "BT-151: " + name + " needs one tax with a VAT category");
  }
}

void check_taxes(const EinvoiceFacts& facts, Gaps& gaps) {
  for (const TaxRow& row : facts.document.taxes) {
    const std::string& tax = row.identity.tax;
    gaps.unless(row.identity.category.has_value(), "BT-118: tax " + tax + " has no VAT category");
    if (!row.identity.category) continue;
    const bool reasoned = !row.reason.empty() || !row.vatex.empty();
    gaps.unless(!needs_reason(*row.identity.category) || reasoned,
                "BT-120: tax " + tax + " of category " + std::string(word(*row.identity.category)) +
                    " has no exemption reason");
    gaps.unless(row.identity.category == TaxCategory::standard || row.identity.rate.is_zero() ||
                    !needs_reason(*row.identity.category),
                "BT-119: tax " + tax + " of category " + std::string(word(*row.identity.category)) +
                    " must have the rate 0");
  }
}

}  // namespace

std::vector<Finding> einvoice_gaps(const EinvoiceFacts& facts) {
  Gaps gaps;
  check_seller(facts, gaps);
  check_buyer(facts, gaps);
  check_terms(facts, gaps);
  check_lines(facts, gaps);
  check_taxes(facts, gaps);
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
