// Seller, buyer, delivery, and how to pay.
#include "issue/einvoice.hpp"
#include "issue/vat_breakdown.hpp"
#include "render/ubl_run.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr std::string_view kCreditTransfer = "30";

/// Terms in the words of the paper: `14 days net. Cash discount: 2 % within 7 days`.
std::string terms_text(const PaymentTerms& terms, Language language) {
  std::string text = terms.text;
  const auto say = [&](Phrase what, const std::string& value) {
    text += (text.empty() ? "" : ". ") + phrase(what, language) + ": " + value;
  };
  const auto number = [&](Decimal percent) { return number_text(percent.to_text(), language); };
  if (const auto& discount = terms.discount) {
    say(Phrase::discount, phrase(Phrase::discount_within, language,
                                 {number(discount->percent), std::to_string(discount->days)}));
  }
  if (const auto& interest = terms.late_interest)
    say(Phrase::late_interest, phrase(Phrase::percent_a_year, language, {number(*interest)}));
  return text;
}

}  // namespace

void UblRun::endpoint(const std::string& id, const std::string& scheme) {
  if (has_endpoint(id, scheme)) xml_.put("cbc:EndpointID", id, {{"schemeID", scheme}});
}

void UblRun::address(const PostalAddress& address) {
  const auto postal = xml_.in("cac:PostalAddress");
  xml_.put("cbc:StreetName", address.street);
  xml_.put("cbc:AdditionalStreetName", address.street2);
  xml_.put("cbc:CityName", address.city);
  xml_.put("cbc:PostalZone", address.postal_code);
  xml_.put("cbc:CountrySubentity", address.region);
  const auto country = xml_.in("cac:Country");
  xml_.put("cbc:IdentificationCode", address.country);
}

// Category O forbids every VAT id on the document (BR-O-02).
void UblRun::vat_id(const std::string& id) {
  if (is_blank(id) || is_outside_scope(printed_.document)) return;
  const auto tax = xml_.in("cac:PartyTaxScheme");
  xml_.put("cbc:CompanyID", id);
  const auto scheme = xml_.in("cac:TaxScheme");
  xml_.put("cbc:ID", "VAT");
}

void UblRun::seller() {
  const Seller& seller = printed_.seller;
  const auto role = xml_.in("cac:AccountingSupplierParty");
  const auto party = xml_.in("cac:Party");
  endpoint(seller.endpoint, seller.endpoint_scheme);
  const bool nameless = is_outside_scope(printed_.document) && is_blank(seller.registration_id);
  if (nameless && is_identifying(seller.endpoint, seller.endpoint_scheme)) {
    const auto identification = xml_.in("cac:PartyIdentification");
    xml_.put("cbc:ID", seller.endpoint, {{"schemeID", seller.endpoint_scheme}});
  }
  address(seller.address);
  vat_id(seller.vat_id);
  {
    const auto legal = xml_.in("cac:PartyLegalEntity");
    xml_.put("cbc:RegistrationName", seller.name);
    xml_.put("cbc:CompanyID", seller.registration_id);
  }
  const auto contact = xml_.in("cac:Contact");
  xml_.put("cbc:Name", seller.contact_name);
  xml_.put("cbc:Telephone", seller.contact_phone);
  xml_.put("cbc:ElectronicMail", seller.contact_email);
}

// The name on the register is the buyer's (BT-44); where that is another, the one he is known by
// is his trading name (BT-45).
void UblRun::buyer() {
  const Buyer& buyer = printed_.buyer;
  const bool two_names = !is_blank(buyer.legal_name) && buyer.legal_name != buyer.name;
  const auto role = xml_.in("cac:AccountingCustomerParty");
  const auto party = xml_.in("cac:Party");
  endpoint(buyer.endpoint, buyer.endpoint_scheme);
  if (two_names) {
    const auto name = xml_.in("cac:PartyName");
    xml_.put("cbc:Name", buyer.name);
  }
  address(buyer.address);
  vat_id(buyer.vat_id);
  const auto legal = xml_.in("cac:PartyLegalEntity");
  xml_.put("cbc:RegistrationName", two_names ? buyer.legal_name : buyer.name);
  xml_.put("cbc:CompanyID", buyer.registration_id);
}

// An intra-community supply says where it went (BR-IC-12); when is the invoice's period.
void UblRun::delivery() {
  if (!has_category(printed_.document, TaxCategory::intra_community)) return;
  const auto delivery = xml_.in("cac:Delivery");
  const auto location = xml_.in("cac:DeliveryLocation");
  const auto address = xml_.in("cac:Address");
  const auto country = xml_.in("cac:Country");
  xml_.put("cbc:IdentificationCode", printed_.buyer.address.country);
}

void UblRun::parties() {
  seller();
  buyer();
  delivery();
}

// A credit note is not paid to the seller: it counts against what it corrects.
void UblRun::payment() {
  const Seller& seller = printed_.seller;
  if (is_credit()) {
    const auto terms = xml_.in("cac:PaymentTerms");
    if (!is_blank(printed_.corrects))
      xml_.put("cbc:Note", labelled(Phrase::corrects, printed_.corrects));
    return;
  }
  if (!is_blank(seller.iban)) {
    const auto means = xml_.in("cac:PaymentMeans");
    xml_.put("cbc:PaymentMeansCode", kCreditTransfer);
    xml_.put("cbc:PaymentID", invoice_.number);
    const auto account = xml_.in("cac:PayeeFinancialAccount");
    xml_.put("cbc:ID", seller.iban);
    xml_.put("cbc:Name", seller.name);
    const auto branch = xml_.in("cac:FinancialInstitutionBranch");
    xml_.put("cbc:ID", seller.bic);
  }
  const auto terms = xml_.in("cac:PaymentTerms");
  if (printed_.terms) xml_.put("cbc:Note", terms_text(*printed_.terms, language()));
}

}  // namespace billctl
