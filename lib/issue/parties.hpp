// Parties: seller, buyer and terms as an issued invoice keeps them. Taken from the config and the
// client file when it is issued and never read again from there: who moves later still has the old
// address on the old invoice (EN 16931 BG-4 and BG-7; S3-14, S3-15).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "invoice/terms.hpp"
#include "party/client.hpp"
#include "text/json.hpp"

namespace billctl {

struct PostalAddress {
  std::string street, street2, city, postal_code, region, country;  // BT-35 … BT-40, BT-50 … BT-55
  bool operator==(const PostalAddress&) const = default;
};

struct Seller {
  std::string name;  ///< BT-27
  PostalAddress address;
  std::string vat_id;                     ///< BT-31
  std::string registration_id;            ///< BT-30
  std::string endpoint, endpoint_scheme;  ///< BT-34
  std::string iban, bic;                  ///< BT-84, BT-86
  std::string terms_of_sale;
  std::string contact_name, contact_phone, contact_email;  ///< BT-41 … BT-43
  bool operator==(const Seller&) const = default;
};

struct Buyer {
  std::string name;        ///< BT-44
  std::string legal_name;  ///< where it differs from the name it is known by (BT-45)
  std::string parent;      ///< the business link, printed above the name (S3-13)
  PostalAddress address;
  std::string vat_id;                     ///< BT-48
  std::string registration_id;            ///< BT-47
  std::string endpoint, endpoint_scheme;  ///< BT-49
  std::string buyer_reference;            ///< BT-10
  std::string language;                   ///< of exemption reasons and terms
  bool operator==(const Buyer&) const = default;
};

/// @param parent nullptr: none.
Buyer buyer_of(const Client& client, const Client* parent);

// As `invoice show` prints them and the seal covers them: every field, null when empty.
Json to_json(const Seller& seller);
Json to_json(const Buyer& buyer);
Seller seller_of(const Json& json);
Buyer buyer_of(const Json& json);

/// Terms as they are frozen: {code, days, text, late_interest, discount: {days, percent}}; null for
/// none.
Json to_json(const std::optional<PaymentTerms>& terms);
std::optional<PaymentTerms> terms_of(const Json& json);

/// Whether a VAT id has the form of its country, e.g. `FI12345671`: the country's two letters, then
/// what that country's ids look like; of countries outside the EU up to 18 letters and digits.
bool is_vat_id(std::string_view vat_id);

/// Whether the country, an ISO 3166 code, belongs to the EU's VAT area (EL is Greece in VAT ids).
bool is_eu_country(std::string_view country);

}  // namespace billctl
