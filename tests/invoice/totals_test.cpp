#include "invoice/totals.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

const Currency kEuro = *Currency::of("EUR");

AppliedTax vat(std::string_view rate) {
  return {{"vat", TaxCategory::standard, *Decimal::parse(rate)}, "", ""};
}

}  // namespace

TEST_CASE("X25 totals with tax on the whole base and a prepayment behind it") {
  const std::vector<AppliedTax> taxes = {vat("25.5")};
  const std::vector<TaxedAmount> lines = {{taxes, Money(100000, kEuro)},
                                          {taxes, Money(28750, kEuro)}};
  TotalsInput input;
  input.currency = kEuro;
  input.lines = lines;
  input.starting_minor = 128750;
  input.prepaid_minor = 125500;
  const Totals totals = totals_of(input);
  CHECK(totals.amounts == Amounts{128750, 128750, 32831, 161581, 125500, 36081});
  CHECK(totals.summary == Summary{128750, 0, 0, 0});
}

TEST_CASE("S4-24 S4-30 adjustments are what the lines differ from their items by") {
  const std::vector<TaxedAmount> lines = {{{}, Money(90000, kEuro)}};
  TotalsInput input;
  input.currency = kEuro;
  input.lines = lines;
  input.starting_minor = 100000;
  input.exclusions_minor = 20000;
  input.milestones_minor = 5000;
  const Summary summary = totals_of(input).summary;
  CHECK(summary.adjustments_minor == 5000);
  CHECK(summary.starting_minor + summary.adjustments_minor - summary.exclusions_minor +
            summary.milestones_minor ==
        90000);
}

TEST_CASE("G6 tax is computed once for each rate") {
  const std::vector<AppliedTax> taxes = {vat("20")};
  const std::vector<TaxedAmount> lines = {
      {taxes, Money(100003, kEuro)}, {taxes, Money(100003, kEuro)}, {taxes, Money(105269, kEuro)}};
  TotalsInput input;
  input.currency = kEuro;
  input.lines = lines;
  CHECK(totals_of(input).amounts.tax_minor == 61055);
}
