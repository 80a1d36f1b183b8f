#include "issue/einvoice_codes.hpp"

namespace billctl {
namespace {

// Each a blank, its words, a blank: as the rules themselves look words up.
constexpr std::string_view kCountries =
    " 1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN "
    "BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE "
    "DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN "
    "GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE "
    "KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA "
    "PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK "
    "SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW ";

constexpr std::string_view kEndpointSchemes =
    " 0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 "
    "0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 "
    "0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 "
    "0235 0240 0244 0242 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 "
    "9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 "
    "9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM ";

constexpr std::string_view kVatex =
    " VATEX-EU-79-C VATEX-EU-132 VATEX-EU-132-1A VATEX-EU-132-1B VATEX-EU-132-1C VATEX- "
    "EU-132-1D VATEX-EU-132-1E VATEX-EU-132-1F VATEX-EU-132-1G VATEX-EU-132-1H VATEX- "
    "EU-132-1I VATEX-EU-132-1J VATEX-EU-132-1K VATEX-EU-132-1L VATEX-EU-132-1M VATEX- "
    "EU-132-1N VATEX-EU-132-1O VATEX-EU-132-1P VATEX-EU-132-1Q VATEX-EU-135-1 VATEX-EU-143 "
    "VATEX-EU-143-1A VATEX-EU-143-1B VATEX-EU-143-1C VATEX-EU-143-1D VATEX-EU-143-1E VATEX- "
    "EU-143-1F VATEX-EU-143-1FA VATEX-EU-143-1G VATEX-EU-143-1H VATEX-EU-143-1I VATEX- "
    "EU-143-1J VATEX-EU-143-1K VATEX-EU-143-1L VATEX-EU-144 VATEX-EU-146-1E VATEX-EU-159 "
    "VATEX-EU-309 VATEX-EU-148 VATEX-EU-148-A VATEX-EU-148-B VATEX-EU-148-C VATEX-EU-148-D "
    "VATEX-EU-148-E VATEX-EU-148-F VATEX-EU-148-G VATEX-EU-151 VATEX-EU-151-1A VATEX- "
    "EU-151-1AA VATEX-EU-151-1B VATEX-EU-151-1C VATEX-EU-151-1D VATEX-EU-151-1E VATEX-EU-G "
    "VATEX-EU-O VATEX-EU-IC VATEX-EU-AE VATEX-EU-D VATEX-EU-F VATEX-EU-I VATEX-EU-J VATEX-FR- "
    "FRANCHISE VATEX-FR-CNWVAT VATEX-EU-153 VATEX-FR-CGI261-1 VATEX-FR-CGI261-2 VATEX-FR- "
    "CGI261-3 VATEX-FR-CGI261-4 VATEX-FR-CGI261-5 VATEX-FR-CGI261-7 VATEX-FR-CGI261-8 VATEX- "
    "FR-CGI261A VATEX-FR-CGI261B VATEX-FR-CGI261C-1 VATEX-FR-CGI261C-2 VATEX-FR-CGI261C-3 "
    "VATEX-FR-CGI261D-1 VATEX-FR-CGI261D-1BIS VATEX-FR-CGI261D-2 VATEX-FR-CGI261D-3 VATEX-FR- "
    "CGI261D-4 VATEX-FR-CGI261E-1 VATEX-FR-CGI261E-2 VATEX-FR-CGI277A VATEX-FR-CGI275 VATEX- "
    "FR-298SEXDECIESA VATEX-FR-CGI295 VATEX-FR-AE ";

// Withdrawn, or too new for the list; everything else that has a minor unit is in it.
constexpr std::string_view kNoCurrencies = " ANG BGN CUC HRK SLL STN XAD ZWL ";

bool lists(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  return list.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int digit(char c) {
  return c - '0';
}

/// GS1: weights 3 and 1 from the right, the sum a multiple of ten.
bool is_gln(std::string_view id) {
  if (id.size() != 13 || !all_digits(id)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < id.size(); ++i) sum += digit(id[i]) * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

/// Norway: weights 3 2 7 6 5 4 3 2, modulo 11.
bool is_norwegian(std::string_view id) {
  constexpr std::string_view kWeights = "32765432";
  if (id.size() != 9 || !all_digits(id)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += digit(id[i]) * digit(kWeights[i]);
  return (11 - sum % 11) % 11 == digit(id[8]);
}

/// Belgium: the last two digits are 97 less the rest modulo 97.
bool is_belgian(std::string_view id) {
  if (id.size() != 10 || !all_digits(id)) return false;
  int rest = 0;
  for (const char c : id.substr(0, 8)) rest = (rest * 10 + digit(c)) % 97;
  return 97 - rest == digit(id[8]) * 10 + digit(id[9]);
}

}  // namespace

bool is_country_code(std::string_view code) {
  return lists(kCountries, code);
}

bool is_vat_prefix(std::string_view letters) {
  return letters == "EL" || lists(kCountries, letters);
}

bool is_endpoint_scheme(std::string_view scheme) {
  return lists(kEndpointSchemes, scheme);
}

bool is_registered_scheme(std::string_view scheme) {
  return is_endpoint_scheme(scheme) && is_digit(scheme.front()) && scheme.front() != '9';
}

bool is_endpoint_of(std::string_view scheme, std::string_view endpoint) {
  if (scheme == "0088") return is_gln(endpoint);
  if (scheme == "0192") return is_norwegian(endpoint);
  if (scheme == "0208") return is_belgian(endpoint);
  return true;
}

bool is_vatex(std::string_view code) {
  return lists(kVatex, code);
}

std::optional<TaxCategory> category_of_vatex(std::string_view code) {
  if (code == "VATEX-EU-AE") return TaxCategory::reverse_charge;
  if (code == "VATEX-EU-IC") return TaxCategory::intra_community;
  if (code == "VATEX-EU-G") return TaxCategory::export_outside;
  if (code == "VATEX-EU-O") return TaxCategory::outside_scope;
  for (const char letter : {'D', 'F', 'I', 'J'})
    if (code == std::string("VATEX-EU-") + letter) return TaxCategory::exempt;
  return std::nullopt;
}

bool is_einvoice_currency(Currency currency) {
  return !lists(kNoCurrencies, currency.code());
}

bool has_iban_check_digits(std::string_view iban) {
  int remainder = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    const int value = is_digit(c) ? digit(c) : c - 'A' + 10;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder == 1;
}

}  // namespace billctl
