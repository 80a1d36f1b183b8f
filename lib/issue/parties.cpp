#include "issue/parties.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace billctl {
namespace {

template <class Party>
using Field = std::pair<const char*, std::string Party::*>;

constexpr std::array<Field<PostalAddress>, 6> kAddress = {
    {{"street", &PostalAddress::street},
     {"street2", &PostalAddress::street2},
     {"city", &PostalAddress::city},
     {"postal_code", &PostalAddress::postal_code},
     {"region", &PostalAddress::region},
     {"country", &PostalAddress::country}}};
constexpr std::array<Field<Seller>, 7> kSeller = {{{"vat_id", &Seller::vat_id},
                                                   {"registration_id", &Seller::registration_id},
                                                   {"endpoint", &Seller::endpoint},
                                                   {"endpoint_scheme", &Seller::endpoint_scheme},
                                                   {"iban", &Seller::iban},
                                                   {"bic", &Seller::bic},
                                                   {"terms_of_sale", &Seller::terms_of_sale}}};
constexpr std::array<Field<Seller>, 3> kContact = {{{"name", &Seller::contact_name},
                                                    {"phone", &Seller::contact_phone},
                                                    {"email", &Seller::contact_email}}};
constexpr std::array<Field<Buyer>, 6> kBuyer = {{{"vat_id", &Buyer::vat_id},
                                                 {"registration_id", &Buyer::registration_id},
                                                 {"endpoint", &Buyer::endpoint},
                                                 {"endpoint_scheme", &Buyer::endpoint_scheme},
                                                 {"buyer_reference", &Buyer::buyer_reference},
                                                 {"language", &Buyer::language}}};

template <class Party, std::size_t N>
void put(Json& json, const std::array<Field<Party>, N>& fields, const Party& party) {
  for (const auto& [name, field] : fields) json.set(name, Json::text_or_null(party.*field));
}

std::string text_at(const Json& json, std::string_view name) {
  const Json& value = json[name];
  return value.is_string() ? value.as_string() : "";
}

template <class Party, std::size_t N>
void take(const Json& json, const std::array<Field<Party>, N>& fields, Party& party) {
  for (const auto& [name, field] : fields) party.*field = text_at(json, name);
}

// What follows the country's letters: 9 a digit, A a letter, * either; `|` between forms.
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kVatForms = {{
    {"AT", "U99999999"},
    {"BE", "9999999999"},
    {"BG", "999999999|9999999999"},
    {"CY", "99999999A"},
    {"CZ", "99999999|999999999|9999999999"},
    {"DE", "999999999"},
    {"DK", "99999999"},
    {"EE", "999999999"},
    {"EL", "999999999"},
    {"ES", "*9999999*"},
    {"FI", "99999999"},
    {"FR", "**999999999"},
    {"HR", "99999999999"},
    {"HU", "99999999"},
    {"IE", "9*99999A|9999999AA"},
    {"IT", "99999999999"},
    {"LT", "999999999|999999999999"},
    {"LU", "99999999"},
    {"LV", "99999999999"},
    {"MT", "99999999"},
    {"NL", "999999999B99"},
    {"PL", "9999999999"},
    {"PT", "999999999"},
    {"RO", "99|999|9999|99999|999999|9999999|99999999|999999999|9999999999"},
    {"SE", "999999999999"},
    {"SI", "99999999"},
    {"SK", "9999999999"},
    {"XI", "999999999|999999999999"},
}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool fits(char c, char form) {
  if (form == '9') return is_digit(c);
  if (form == '*') return is_digit(c) || is_capital(c);
  return form == 'A' ? is_capital(c) : c == form;
}

bool fits_one_of(std::string_view text, std::string_view forms) {
  while (!forms.empty()) {
    const auto end = std::min(forms.find('|'), forms.size());
    if (std::equal(text.begin(), text.end(), forms.begin(),
                   forms.begin() + static_cast<std::ptrdiff_t>(end), fits)) {
      return true;
    }
    forms.remove_prefix(std::min(end + 1, forms.size()));
  }
  return false;
}

}  // namespace

Buyer buyer_of(const Client& client, const Client* parent) {
  Buyer buyer;
  buyer.name = client.name;
  buyer.legal_name = client.legal_name;
  if (parent != nullptr) buyer.parent = parent->name;
  buyer.address = {client.street,      client.street2, client.city,
                   client.postal_code, client.region,  client.country};
  buyer.vat_id = client.vat_id;
  buyer.registration_id = client.registration_id;
  buyer.endpoint = client.endpoint;
  buyer.endpoint_scheme = client.endpoint_scheme;
  buyer.buyer_reference = client.buyer_reference;
  buyer.language = client.language;
  return buyer;
}

Json to_json(const Seller& seller) {
  Json json = Json::object({{"name", Json::text_or_null(seller.name)}});
  put(json, kAddress, seller.address);
  put(json, kSeller, seller);
  Json contact = Json::object();
  put(contact, kContact, seller);
  json.set("contact", std::move(contact));
  return json;
}

Json to_json(const Buyer& buyer) {
  Json json = Json::object({{"name", Json::text_or_null(buyer.name)},
                            {"legal_name", Json::text_or_null(buyer.legal_name)},
                            {"parent", Json::text_or_null(buyer.parent)}});
  put(json, kAddress, buyer.address);
  put(json, kBuyer, buyer);
  return json;
}

Seller seller_of(const Json& json) {
  Seller seller;
  seller.name = text_at(json, "name");
  take(json, kAddress, seller.address);
  take(json, kSeller, seller);
  take(json["contact"], kContact, seller);
  return seller;
}

Buyer buyer_of(const Json& json) {
  Buyer buyer;
  buyer.name = text_at(json, "name");
  buyer.legal_name = text_at(json, "legal_name");
  buyer.parent = text_at(json, "parent");
  take(json, kAddress, buyer.address);
  take(json, kBuyer, buyer);
  return buyer;
}

Json to_json(const std::optional<PaymentTerms>& terms) {
  if (!terms) return Json();
  const auto percent = [](const std::optional<Decimal>& value) {
    return value ? Json(value->to_text()) : Json();
  };
  Json json = Json::object({{"code", terms->code},
                            {"days", terms->days ? Json(std::int64_t{*terms->days}) : Json()},
                            {"text", Json::text_or_null(terms->text)},
                            {"late_interest", percent(terms->late_interest)},
                            {"discount", Json()}});
  if (terms->discount) {
    json.set("discount", Json::object({{"days", std::int64_t{terms->discount->days}},
                                       {"percent", percent(terms->discount->percent)}}));
  }
  return json;
}

std::optional<PaymentTerms> terms_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto days = [](const Json& value) -> std::optional<std::int32_t> {
    if (!value.is_integer()) return std::nullopt;
    return static_cast<std::int32_t>(value.as_integer());
  };
  PaymentTerms terms;
  terms.code = text_at(json, "code");
  terms.days = days(json["days"]);
  terms.text = text_at(json, "text");
  terms.late_interest = Decimal::parse(text_at(json, "late_interest"));
  const Json& discount = json["discount"];
  if (discount.is_object()) {
    terms.discount =
        PaymentTerms::Discount{days(discount["days"]).value_or(0),
                               Decimal::parse(text_at(discount, "percent")).value_or(Decimal())};
  }
  return terms;
}

bool is_vat_id(std::string_view vat_id) {
  if (vat_id.size() < 4 || !is_capital(vat_id[0]) || !is_capital(vat_id[1])) return false;
  const std::string_view rest = vat_id.substr(2);
  for (const auto& [country, forms] : kVatForms) {
    if (vat_id.substr(0, 2) == country) return fits_one_of(rest, forms);
  }
  return rest.size() <= 18 &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return fits(c, '*'); });
}

bool is_eu_country(std::string_view country) {
  if (country == "GR") return true;
  return country != "XI" && std::any_of(kVatForms.begin(), kVatForms.end(),
                                        [&](const auto& form) { return form.first == country; });
}

}  // namespace billctl
