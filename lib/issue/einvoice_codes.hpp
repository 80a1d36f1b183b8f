// E-invoice codes: the lists that EN 16931 lets its code fields be taken from (BR-CL-04, -14, -22,
// -25, BR-CO-09), and the check digits that Peppol looks at (PEPPOL-COMMON-R040 … R043).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "money/currency.hpp"
#include "money/tax.hpp"

namespace billctl {

/// Of ISO 3166-1, two capitals: FI; Greece is GR here.
bool is_country_code(std::string_view code);

/// What a VAT id begins with: a country, or EL for Greece.
bool is_vat_prefix(std::string_view letters);

/// Of the list of electronic address schemes: 0216, 9930, EM.
bool is_endpoint_scheme(std::string_view scheme);

/// Whether such a scheme is an ISO 6523 register as well, so that its ids may identify a party
/// beside routing to it (BT-29): 0216 is, 9930 and EM are not.
bool is_registered_scheme(std::string_view scheme);

/// Whether the check digits are right, for schemes that have some we know: 0088, 0192, 0208.
bool is_endpoint_of(std::string_view scheme, std::string_view endpoint);

/// Of the list of exemption reasons: VATEX-EU-AE.
bool is_vatex(std::string_view code);

/// The one category that a code stands for (PEPPOL-EN16931-P0104 … P0111); nothing when it does not
/// say.
std::optional<TaxCategory> category_of_vatex(std::string_view code);

bool is_einvoice_currency(Currency currency);

/// ISO 13616: whether it leaves 1 modulo 97. @param iban capitals and digits, without blanks.
bool has_iban_check_digits(std::string_view iban);

}  // namespace billctl
