// Client: who pays; also contact, customer, company, third party of the sources.
#pragma once

#include <string>

#include "outcome/id.hpp"

namespace billctl {

struct Client {
  ClientId id;
  std::string code;
  std::string name;
  std::string legal_name;
  ClientId parent;  ///< the business link, printed above the name (S3-13)
  std::string kind;
  std::string street, street2, city, postal_code, region, country;
  std::string vat_id;
  std::string registration_id;
  std::string emails;         ///< `;` between; the first is written to (S3-9)
  std::string currency;       ///< empty: the tenant's
  std::string payment_terms;  ///< a code of [terms.*], empty: the config's
  std::string price_list;
  std::string tax;  ///< codes of [tax.*], `;` between; empty: the product's or the defaults
  std::string language;
  std::string buyer_reference;
  std::string endpoint, endpoint_scheme;
  std::string time_rule;
  std::string rounding_mode;  ///< line, entry, or empty: the tenant's
  // Words of invoice/options.hpp, empty: the config's.
  std::string bill_by, invoice_scope, group_projects, group_hours, group_travel, annex;
  std::string delivery = "mail";  ///< mail, einvoice, post, none
  std::string active_until_on;    ///< YYYY-MM-DD or empty
  std::string comment;
};

/// The first address of the client file, or empty.
std::string first_email(const Client& client);

/// What an issued invoice needs of an address (S3-21): a street, and a city or a postal code.
bool has_address(const Client& client);

}  // namespace billctl
