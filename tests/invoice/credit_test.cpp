#include "invoice/credit.hpp"

#include <doctest/doctest.h>

#include "outcome/error.hpp"

using namespace billctl;

namespace {

const Currency kEuro = *Currency::of("EUR");
const TaxIdentity kVat = {"vat", TaxCategory::standard, *Decimal::parse("25.5")};

TaxRow row(std::int64_t base_minor, std::int64_t tax_minor) {
  return {kVat, Money(base_minor, kEuro), Money(tax_minor, kEuro), false, false, "", ""};
}

}  // namespace

TEST_CASE("X2 the credit that completes a base gives back exactly the tax that is left") {
  const std::vector<TaxRow> charged = {row(10001, 2551)};
  const std::vector<CreditedTax> credited = {{kVat, -5000, -1275}};
  std::vector<TaxRow> rows = {row(-5001, -1275)};
  hold_to_invoice(rows, charged, credited);
  CHECK(rows.front().amount == Money(-1276, kEuro));
  CHECK(rows.front().overridden);
}

TEST_CASE("X2 a credit of more than is left of a tax base is refused") {
  const std::vector<TaxRow> charged = {row(60990, 15552)};
  std::vector<TaxRow> rows = {row(-64000, -16320)};
  CHECK_THROWS_AS(hold_to_invoice(rows, charged, {}), Error);
}

TEST_CASE("X2 a credit of a negative line alone would charge more and is refused") {
  const std::vector<TaxRow> charged = {row(13305, 3393)};
  std::vector<TaxRow> rows = {row(27863, 7105)};
  CHECK_THROWS_AS(hold_to_invoice(rows, charged, {}), Error);
}

TEST_CASE("X2 an amount is shared over what is left of lines to the cent") {
  LineLeft first, second;
  first.line.line = 1;
  first.left_minor = 10000;
  second.line.line = 2;
  second.left_minor = 5000;
  const std::vector<LineLeft> lines = {first, second};
  CHECK(shared_credit(5000, lines) == std::vector<std::int64_t>{3333, 1667});
  CHECK(credit_of_amount(second, 1667, kEuro).amount_minor == -1667);
  CHECK(credit_of_amount(second, 1667, kEuro).unit_price == Decimal::parse("16.67"));
}
