#include <algorithm>

#include "config/sections.hpp"
#include "issue/einvoice_codes.hpp"

namespace billctl {
namespace {

bool all_of(std::string_view text, bool (*holds)(char)) {
  return std::all_of(text.begin(), text.end(), holds);
}
bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_capital(char letter) {
  return letter >= 'A' && letter <= 'Z';
}
bool is_capital_or_digit(char letter) {
  return is_digit(letter) || is_capital(letter);
}

void read_currency(Section& section, Currency& into) {
  section.missing("currency", "a code of ISO 4217 such as EUR",
                  "add currency = \"EUR\" under [tenant]");
  bool known = false;
  if (const TomlMember* member = section.take_text("currency")) {
    if (const auto currency = Currency::of(member->value.text)) {
      into = *currency;
      known = true;
    } else {
      section.wrong("currency", "a code of ISO 4217 such as EUR, in capitals");
    }
  }
  section.note("currency", known ? Json(into.code()) : Json());
}

void read_zone(Section& section, Zone& into) {
  if (const TomlMember* member = section.take_text("zone")) {
    if (auto zone = Zone::load(member->value.text)) {
      into = *std::move(zone);
    } else {
      section.wrong("zone", "a zone of the IANA database such as Europe/Helsinki");
    }
  }
  section.note("zone", into.name());
}

void read_fiscal_year_start(Section& section, MonthDay& into) {
  if (const TomlMember* member = section.take_text("fiscal_year_start")) {
    if (const auto day = MonthDay::parse(member->value.text)) {
      into = *day;
    } else {
      section.wrong("fiscal_year_start", "MM-DD, a day of every year");
    }
  }
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  section.note("fiscal_year_start", two(into.month) + '-' + two(into.day));
}

void read_country(Section& section, std::string& into) {
  if (section.text("country", into) && (into.size() != 2 || !all_of(into, is_capital))) {
    section.wrong("country", "two capital letters of ISO 3166 such as FI");
  }
}

// Kept without blanks, as it is compared and put into e-invoices.
void read_iban(Section& section, std::string& into) {
  if (!section.text("iban", into)) return;
  std::string iban;
  std::copy_if(into.begin(), into.end(), std::back_inserter(iban),
               [](char letter) { return letter != ' '; });
  into = iban;
  if (iban.size() < 15 || iban.size() > 34 || !all_of(iban, is_capital_or_digit) ||
      !all_of(std::string_view(iban).substr(0, 2), is_capital)) {
    section.wrong("iban", "an IBAN such as FI2112345600000785");
  } else if (!has_iban_check_digits(iban)) {
    section.findings().warning(section.at("iban"), "tenant.iban: its check digits are wrong");
  }
}

void read_contact(Section section, TenantSettings::Contact& contact) {
  section.text("name", contact.name);
  section.text("phone", contact.phone);
  section.email("email", contact.email);
  section.finish();
}

}  // namespace

void read_tenant(Section section, TenantSettings& tenant) {
  if (section.text("code", tenant.code) && !is_code(tenant.code)) {
    section.wrong("code", "letters, digits and _ - .");
  }
  section.boolean("test", tenant.test);
  section.text("name", tenant.name);
  read_currency(section, tenant.currency);
  read_zone(section, tenant.zone);
  read_country(section, tenant.country);
  read_fiscal_year_start(section, tenant.fiscal_year_start);
  section.text("street", tenant.street);
  section.text("street2", tenant.street2);
  section.text("city", tenant.city);
  section.text("postal_code", tenant.postal_code);
  section.text("region", tenant.region);
  section.text("vat_id", tenant.vat_id);
  section.text("registration_id", tenant.registration_id);
  section.text("endpoint", tenant.endpoint);
  section.text("endpoint_scheme", tenant.endpoint_scheme);
  read_iban(section, tenant.iban);
  section.text("bic", tenant.bic);
  section.text("terms_of_sale", tenant.terms_of_sale);
  section.text("language", tenant.language);
  section.path("logo", tenant.logo);
  read_contact(section.table("contact"), tenant.contact);
  section.finish();
}

}  // namespace billctl
