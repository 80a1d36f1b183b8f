// Seller and buyer: names, countries, ids, endpoints, where to pay.
#include "issue/einvoice_codes.hpp"
#include "issue/einvoice_gaps.hpp"
#include "issue/vat_breakdown.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

/// One party with the words that its gaps are told in.
struct Told {
  const char* who;       ///< "the seller"
  const char* endpoint;  ///< its term
  const char* country;
  const char* vat_id;
  bool from_config;
  std::string where(const char* key) const {
    return from_config ? std::string(" ([tenant] ") + key + ")" : "";
  }
};
constexpr Told kSeller = {"the seller", "BT-34: ", "BT-40: ", "BT-31: ", true};
constexpr Told kBuyer = {"the buyer", "BT-49: ", "BT-55: ", "BT-48: ", false};

void check_endpoint(const Told& told, const std::string& endpoint, const std::string& scheme,
                    EinvoiceGaps& gaps) {
  const std::string owner = std::string(told.who) + "'s endpoint ";
  if (is_blank(endpoint)) {
    gaps.unless_ours(
        false, std::string(told.endpoint) + told.who + " has no endpoint" + told.where("endpoint"));
  } else if (is_blank(scheme)) {
    gaps.unless_ours(false,
                     told.endpoint + owner + "has no scheme" + told.where("endpoint_scheme"));
  } else if (!is_endpoint_scheme(scheme)) {
    gaps.unless_ours(false, told.endpoint + owner + "has the scheme " + scheme +
                                ", which is none of the list" + told.where("endpoint_scheme"));
  } else {
    gaps.unless_ours(is_endpoint_of(scheme, endpoint), told.endpoint + owner + endpoint +
                                                           " has wrong check digits for scheme " +
                                                           scheme + told.where("endpoint"));
  }
}

void check_country(const Told& told, const std::string& country, EinvoiceGaps& gaps) {
  if (is_blank(country)) {
    gaps.unless(false,
                std::string(told.country) + told.who + " has no country" + told.where("country"));
    return;
  }
  gaps.unless(is_country_code(country), told.country + country + ", the country of " + told.who +
                                            ", is no code of ISO 3166" + told.where("country"));
}

void check_vat_id(const Told& told, const std::string& vat_id, EinvoiceGaps& gaps) {
  if (is_blank(vat_id)) return;
  const std::string gap = told.vat_id + vat_id + " is no VAT id" + told.where("vat_id");
  if (is_vat_prefix(vat_id.substr(0, 2))) {
    gaps.unless_ours(is_vat_id(vat_id), gap);
  } else {
    gaps.unless(false, gap);
  }
}

void check_seller(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Seller& seller = facts.seller;
  gaps.unless(!is_blank(seller.name), "BT-27: the seller has no name ([tenant] name)");
  check_endpoint(kSeller, seller.endpoint, seller.endpoint_scheme, gaps);
  check_country(kSeller, seller.address.country, gaps);
  if (is_outside_scope(facts.document)) {
    gaps.unless(!is_blank(seller.registration_id) ||
                    is_identifying(seller.endpoint, seller.endpoint_scheme),
                "BT-30: category O forbids the VAT id, and the seller has no registration id "
                "([tenant] registration_id)");
    return;
  }
  gaps.unless(!is_blank(seller.vat_id), "BT-31: the seller has no VAT id ([tenant] vat_id)");
  check_vat_id(kSeller, seller.vat_id, gaps);
}

void check_buyer(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Buyer& buyer = facts.buyer;
  gaps.unless(!is_blank(buyer.name) || !is_blank(buyer.legal_name), "BT-44: the buyer has no name");
  check_endpoint(kBuyer, buyer.endpoint, buyer.endpoint_scheme, gaps);
  check_country(kBuyer, buyer.address.country, gaps);
  if (is_outside_scope(facts.document)) return;
  check_vat_id(kBuyer, buyer.vat_id, gaps);
  if (has_category(facts.document, TaxCategory::intra_community))
    gaps.unless(!is_blank(buyer.vat_id), "BT-48: the buyer has no VAT id, which category K needs");
  if (has_category(facts.document, TaxCategory::reverse_charge))
    gaps.unless(!is_blank(buyer.vat_id) || !is_blank(buyer.registration_id),
                "BT-48: the buyer has no VAT id, which category AE needs");
}

}  // namespace

void check_einvoice_parties(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  check_seller(facts, gaps);
  check_buyer(facts, gaps);
  const std::string& iban = facts.seller.iban;
  gaps.unless_ours(iban.empty() || has_iban_check_digits(iban),
                   "BT-84: the IBAN " + iban + " has wrong check digits ([tenant] iban)");
}

}  // namespace billctl
