// Tax rows of a document (arithmetic 9 and 10, S4-31 to S4-33, X25).
#include "money/tax.hpp"

#include <doctest/doctest.h>

#include "outcome/error.hpp"

using namespace billctl;

namespace {

const Currency kEur = *Currency::of("EUR");
const Currency kJpy = *Currency::of("JPY");
constexpr auto kAway = Rounding::half_away;

Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}
Money eur(std::string_view text) {
  return Money::parse(text, kEur).value();
}

AppliedTax tax(std::string code, std::string_view rate,
               std::optional<TaxCategory> category = TaxCategory::standard) {
  return {{std::move(code), category, decimal(rate)}, "", ""};
}
using Taxes = std::vector<AppliedTax>;

/// The rows of one line.
std::vector<TaxRow> rows_of(const Taxes& taxes, std::string_view base,
                            std::span<const TaxRow> earlier = {}) {
  const TaxedAmount line{taxes, eur(base)};
  return tax_rows({&line, 1}, kEur, kAway, earlier);
}

std::vector<TaxRow> typed_vat(std::string_view base, std::string_view typed) {
  std::vector<TaxRow> rows = rows_of({tax("vat", "25.5")}, base);
  type_tax(rows[0], eur(typed));
  return rows;
}

}  // namespace

TEST_CASE("arithmetic 9: one row for each tax type and category and rate") {
  const Taxes full = {tax("vat", "25.5")};
  const Taxes reduced = {tax("vat", "14")};
  const Taxes reverse = {tax("vat", "0", TaxCategory::reverse_charge)};
  const Taxes none;
  const std::vector<TaxedAmount> lines = {{full, eur("100.01")},
                                          {reduced, eur("50")},
                                          {full, eur("0.01")},
                                          {reverse, eur("7")},
                                          {none, eur("1000")}};
  const std::vector<TaxRow> rows = tax_rows(lines, kEur, kAway);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].identity.rate == decimal("14"));
  CHECK(rows[0].amount == eur("7.00"));
  CHECK(rows[1].base == eur("100.02"));
  CHECK(rows[1].amount == eur("25.51"));
  CHECK(rows[2].identity.category == TaxCategory::reverse_charge);
  CHECK(rows[2].amount == eur("0"));
  CHECK(total_tax(rows, kEur) == eur("32.51"));
}

TEST_CASE("arithmetic 9: taxes are additive and there is no tax on tax") {
  const Taxes both = {tax("gst", "5", std::nullopt), tax("pst", "7", std::nullopt)};
  const std::vector<TaxRow> rows = rows_of(both, "200.00");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].amount == eur("10.00"));
  CHECK(rows[1].amount == eur("14.00"));
}

TEST_CASE("arithmetic 9: the rows do not depend on the order of the lines") {
  const Taxes a = {tax("vat", "25.5")};
  const Taxes b = {tax("vat", "14"), tax("levy", "1", std::nullopt)};
  const std::vector<TaxedAmount> one = {{a, eur("10")}, {b, eur("20")}, {a, eur("30")}};
  const std::vector<TaxedAmount> other = {one[2], one[1], one[0]};
  CHECK(tax_rows(one, kEur, kAway) == tax_rows(other, kEur, kAway));
  CHECK(tax_rows({}, kEur, kAway).empty());
}

TEST_CASE("arithmetic 9: the tax of a credit is exactly minus that of its invoice") {
  CHECK(tax_of(eur("0.02"), decimal("25"), kAway) == eur("0.01"));
  CHECK(tax_of(eur("-0.02"), decimal("25"), kAway) == eur("-0.01"));
  CHECK(tax_of(eur("0.02"), decimal("25"), Rounding::half_even) == eur("0.00"));
  CHECK(tax_of(eur("0.06"), decimal("25"), Rounding::half_even) == eur("0.02"));
}

TEST_CASE("arithmetic 10: a tax on the whole base is charged once beside its prepayment") {
  const std::vector<TaxRow> rows = rows_of({tax("vat", "25.5")}, "1287.50");
  CHECK(total_tax(rows, kEur) == eur("328.31"));
  const Money prepaid = eur("1000.00") + tax_of(eur("1000.00"), decimal("25.5"), kAway);
  CHECK(prepaid == eur("1255.00"));
  CHECK(eur("1287.50") + total_tax(rows, kEur) - prepaid == eur("360.81"));
}

TEST_CASE("S4-31 a fourth tax type is refused and three rates of one type are not") {
  const Taxes four = {tax("a", "1", std::nullopt), tax("b", "2", std::nullopt),
                      tax("c", "3", std::nullopt), tax("d", "4", std::nullopt)};
  const Taxes three(four.begin(), four.begin() + 3);
  CHECK(rows_of(three, "100").size() == 3);
  try {
    rows_of(four, "100");
    FAIL("four taxes were taken");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::too_many_taxes);
    CHECK(error.message() == "4 taxes (a, b, c, d): an invoice has at most three");
  }
  const Taxes rates = {tax("vat", "1"), tax("vat", "2"), tax("vat", "3"), tax("vat", "4")};
  CHECK(rows_of(rates, "100").size() == 4);
}

TEST_CASE("S4-32 a typed tax wins and the default comes back") {
  std::vector<TaxRow> rows = typed_vat("100.00", "25.00");
  CHECK(rows[0].overridden);
  rows = rows_of({tax("vat", "25.5")}, "100.00", rows);
  CHECK(rows[0].amount == eur("25.00"));
  CHECK_FALSE(rows[0].stale);
  reset_tax(rows[0], kAway);
  CHECK(rows[0].amount == eur("25.50"));
  CHECK_FALSE(rows[0].overridden);
}

TEST_CASE("arithmetic 9: a typed tax is within 1.00 of base times rate") {
  CHECK(typed_tax_fits(eur("100"), decimal("25.5"), eur("26.50")));
  CHECK(typed_tax_fits(eur("100"), decimal("25.5"), eur("24.50")));
  CHECK_FALSE(typed_tax_fits(eur("100"), decimal("25.5"), eur("26.51")));
  CHECK_FALSE(typed_tax_fits(eur("-100"), decimal("25.5"), eur("25.50")));
  CHECK(typed_tax_fits(Money(100, kJpy), decimal("10"), Money(11, kJpy)));
  CHECK_FALSE(typed_tax_fits(Money(100, kJpy), decimal("10"), Money(12, kJpy)));
  std::vector<TaxRow> rows = rows_of({tax("vat", "25.5")}, "100.00");
  try {
    type_tax(rows[0], eur("30"));
    FAIL("30.00 was taken");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::tax_invalid);
  }
  CHECK_FALSE(rows[0].overridden);
}

TEST_CASE("X25 a typed tax is stale once the lines change and stays so until typed again") {
  std::vector<TaxRow> rows = typed_vat("100.00", "25.00");
  rows = rows_of({tax("vat", "25.5")}, "101.00", rows);
  CHECK(rows[0].stale);
  CHECK(rows[0].amount == eur("25.00"));
  rows = rows_of({tax("vat", "25.5")}, "101.00", rows);
  CHECK(rows[0].stale);
  type_tax(rows[0], eur("25.60"));
  CHECK_FALSE(rows_of({tax("vat", "25.5")}, "101.00", rows)[0].stale);
}

TEST_CASE("X25 a typed tax whose rate has changed is kept and stale") {
  const std::vector<TaxRow> before = typed_vat("100.00", "25.00");
  const std::vector<TaxRow> rows = rows_of({tax("vat", "26")}, "100.00", before);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].amount == eur("25.00"));
  CHECK(rows[0].overridden);
  CHECK(rows[0].stale);
}

TEST_CASE("X25 a typed tax that is on no line any more is gone") {
  const std::vector<TaxRow> before = typed_vat("100.00", "25.00");
  CHECK(rows_of({}, "100.00", before).empty());
  const auto other = rows_of({tax("levy", "1", std::nullopt)}, "100.00", before);
  CHECK_FALSE(other[0].overridden);
}

TEST_CASE("the categories of UNCL5305 have their words and say when they need a reason") {
  for (const char* code : {"S", "Z", "E", "AE", "K", "G", "O"})
    CHECK(word(tax_category_of(code).value()) == code);
  CHECK_FALSE(tax_category_of("s"));
  CHECK_FALSE(tax_category_of("L"));
  CHECK_FALSE(needs_reason(TaxCategory::standard));
  CHECK_FALSE(needs_reason(TaxCategory::zero_rated));
  CHECK(needs_reason(TaxCategory::intra_community));
}
