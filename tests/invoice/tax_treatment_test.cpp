#include "invoice/tax_treatment.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Date day(int year, int month, int number) {
  return *Date::of(year, month, number);
}

TaxType tax(std::string code, std::string_view rate, std::optional<TaxCategory> category) {
  TaxType type;
  type.code = std::move(code);
  type.rates = {{Date::first_of_all(), *Decimal::parse(rate)}};
  type.category = category;
  return type;
}

std::vector<TaxType> types() {
  TaxType vat = tax("vat", "25.5", TaxCategory::standard);
  vat.rates = {{Date::first_of_all(), *Decimal::parse("24")},
               {day(2024, 9, 1), *Decimal::parse("25.5")}};
  vat.is_default = true;
  TaxType reverse = tax("reverse", "0", TaxCategory::reverse_charge);
  reverse.reason = {{"en", "Reverse charge"}, {"fi", "Käännetty verovelvollisuus"}};
  TaxType city = tax("city", "1", std::nullopt);
  city.applies_to = {true, false, false, false};
  city.by = TaxDate::work_date;
  city.rates = {{Date::first_of_all(), *Decimal::parse("1")},
                {day(2026, 10, 10), *Decimal::parse("2")}};
  return {vat, reverse, city, tax("outside", "0", TaxCategory::outside_scope)};
}

TaxTreatments::Taxed time_of(std::string_view client, std::string_view product = "") {
  return {client, product, "fi", ItemKind::time, day(2026, 10, 5)};
}

}  // namespace

TEST_CASE("taxes are the client's and else the product's and else the defaults") {
  const auto all = types();
  TaxTreatments treatments(all, day(2026, 11, 1));
  CHECK(treatments.at(treatments.of(time_of("reverse", "outside"))).codes == "reverse");
  CHECK(treatments.at(treatments.of(time_of("", "outside"))).codes == "outside");
  CHECK(treatments.at(treatments.of(time_of("", ""))).codes == "vat");
  CHECK(treatments.at(treatments.of(time_of("outside"))).outside_scope);
  CHECK(treatments.at(treatments.of(time_of("reverse"))).taxes.at(0).reason ==
        "Käännetty verovelvollisuus");
}

TEST_CASE("S4-33 a tax counts only for the kinds that it applies to") {
  const auto all = types();
  TaxTreatments treatments(all, day(2026, 11, 1));
  const auto codes_of = [&](ItemKind kind) {
    return treatments.at(treatments.of({"vat;city", "", "", kind, day(2026, 10, 5)})).codes;
  };
  for (const ItemKind kind : {ItemKind::time, ItemKind::joined, ItemKind::travel_time})
    CHECK(codes_of(kind) == "vat;city");
  for (const ItemKind kind :
       {ItemKind::mileage, ItemKind::allowance, ItemKind::expense, ItemKind::bill, ItemKind::goods,
        ItemKind::quote, ItemKind::instalment})
    CHECK(codes_of(kind) == "vat");
}

TEST_CASE("a rate by the work date is part of the treatment and one by the invoice date is not") {
  const auto all = types();
  TaxTreatments treatments(all, day(2024, 8, 31));
  const auto of = [&](std::string_view client, Date on) {
    return treatments.of({client, "", "", ItemKind::time, on});
  };
  CHECK(of("vat", day(2026, 10, 5)) == of("vat", day(2026, 10, 15)));
  CHECK(treatments.at(of("vat", day(2026, 10, 5))).taxes.at(0).identity.rate ==
        *Decimal::parse("24"));
  CHECK(of("city", day(2026, 10, 5)) == of("city", day(2026, 10, 9)));
  CHECK(of("city", day(2026, 10, 9)) != of("city", day(2026, 10, 10)));
  CHECK(treatments.at(of("city", day(2026, 10, 10))).taxes.at(0).identity.rate ==
        *Decimal::parse("2"));
}

TEST_CASE("an unknown tax and two categories and four taxes are told") {
  std::vector<TaxType> all = types();
  for (const char* code : {"a", "b", "c", "d"}) all.push_back(tax(code, "1", std::nullopt));
  TaxTreatments treatments(all, day(2026, 11, 1));
  const auto failure = [&](std::string_view client) {
    return treatments.at(treatments.of(time_of(client))).failure;
  };
  CHECK(failure("vta") == Finding{Reason::tax_invalid, "tax vta is not in the config"});
  CHECK(failure("vat;reverse")->code == Reason::tax_invalid);
  CHECK(failure("a;b;c;d")->code == Reason::too_many_taxes);
  CHECK_FALSE(failure("vat;a;b"));
}

TEST_CASE("a stored line is taxed again by its codes") {
  const auto all = types();
  const TaxTreatment treatment =
      treatment_of("vat;city", all, day(2026, 11, 1), day(2026, 10, 12), "en");
  CHECK(treatment.taxes.at(0).identity.rate == *Decimal::parse("25.5"));
  CHECK(treatment.taxes.at(1).identity.rate == *Decimal::parse("2"));
}

TEST_CASE("S4-32 what was picked for a draft joins or leaves the taxes of each item") {
  const auto all = types();
  const auto with = [&](std::string_view codes, TaxedKind kind, std::vector<PickedTax> picked) {
    return with_picked(codes, kind, picked, all);
  };
  CHECK(with("vat", TaxedKind::time, {}) == "vat");
  CHECK(with("vat", TaxedKind::time, {{"city", true}}) == "vat;city");
  CHECK(with("vat", TaxedKind::goods, {{"city", true}}) == "vat");
  CHECK(with("vat", TaxedKind::time, {{"city", true}, {"vat", false}}) == "city");
  CHECK(with("vat;city", TaxedKind::time, {{"city", true}}) == "vat;city");
  // One VAT a line: a product's own stays.
  CHECK(with("vat", TaxedKind::time, {{"reverse", true}, {"vat", false}}) == "reverse");
  CHECK(with("outside", TaxedKind::time, {{"reverse", true}, {"vat", false}}) == "outside");
  CHECK(with("vat", TaxedKind::time, {{"gone", true}}) == "vat");
  TaxTreatments treatments(all, day(2026, 11, 1));
  const std::vector<PickedTax> picked = {{"city", true}};
  CHECK(treatments.at(treatments.of(time_of(""), picked)).taxes.size() == 2);
  CHECK(treatments.of(time_of(""), {}) == treatments.of(time_of("")));
}
