// The golden numbers of spec/behaviours.md that are arithmetic alone, and spec/arithmetic.md 1
// to 5.
#include <doctest/doctest.h>

#include <vector>

#include "money/rounding.hpp"
#include "money/tax.hpp"
#include "money/worth.hpp"

using namespace billctl;

namespace {

const Currency kEur = *Currency::of("EUR");
Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}
constexpr auto kAway = Rounding::half_away;
constexpr auto kEven = Rounding::half_even;

Decimal hours(std::int64_t seconds, int decimals = 4) {
  return seconds_in_unit(seconds, 3600, decimals, kAway);
}
std::string amount_text(Decimal quantity, std::string_view price, Rounding rounding = kAway) {
  return amount(quantity, decimal(price), kEur, rounding).to_text();
}

}  // namespace

TEST_CASE("G1 133.33 times half an hour is 66.67 and its credit is exactly minus it") {
  CHECK(amount_text(decimal("0.5"), "133.33") == "66.67");
  CHECK(amount_text(decimal("-0.5"), "133.33") == "-66.67");
  CHECK(amount_text(decimal("0.5"), "133.33", kEven) == "66.66");
  CHECK(amount_text(decimal("-0.5"), "133.33", kEven) == "-66.66");
}

TEST_CASE("G2 two quarters of an hour at 27.50 are 13.75 by line and 13.76 by entry") {
  CHECK(amount_text(hours(2 * 900), "27.50") == "13.75");
  const Money quarter = amount(hours(900), decimal("27.50"), kEur, kAway);
  CHECK(quarter.to_text() == "6.88");
  CHECK((quarter + quarter).to_text() == "13.76");
}

TEST_CASE("G3 50 min at 100 is 83.33 and 83.00 with two decimals") {
  CHECK(hours(3000).to_text() == "0.8333");
  CHECK(amount_text(hours(3000), "100") == "83.33");
  CHECK(hours(3000, 2).to_text() == "0.83");
  CHECK(amount_text(hours(3000, 2), "100") == "83.00");
}

TEST_CASE("G4 25 min at 34.34 is 14.31 and 14.42 with two decimals") {
  CHECK(hours(1500).to_text() == "0.4167");
  CHECK(amount_text(hours(1500), "34.34") == "14.31");
  CHECK(hours(1500, 2).to_text() == "0.42");
  CHECK(amount_text(hours(1500, 2), "34.34") == "14.42");
}

TEST_CASE("G5 five entries summed before rounding are 6.6667 h and 6.67 with two decimals") {
  const std::int64_t seconds = (15 + 50 + 225 + 75 + 35) * 60;
  CHECK(hours(seconds).to_text() == "6.6667");
  CHECK(hours(seconds, 2).to_text() == "6.67");
}

TEST_CASE("G6 tax is computed per rate as 610.55 and never per line") {
  const std::vector<AppliedTax> vat = {{{"vat", TaxCategory::standard, decimal("20")}, "", ""}};
  std::vector<TaxedAmount> lines;
  Money per_line = Money::zero(kEur);
  for (const std::int64_t minor : {100003, 100003, 105269}) {
    lines.push_back({vat, Money(minor, kEur)});
    per_line += tax_of(Money(minor, kEur), decimal("20"), kAway);
  }
  const std::vector<TaxRow> rows = tax_rows(lines, kEur, kAway);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].base.to_text() == "3052.75");
  CHECK(rows[0].amount.to_text() == "610.55");
  CHECK(per_line.to_text() == "610.56");
}

TEST_CASE("G7 five hours at 100 and ten hours at 100 are 800 by the day") {
  const Worth worth(decimal("8"));
  for (const std::int64_t seconds : {5 * 3600, 10 * 3600}) {
    const Int128 value = worth.of_seconds(seconds, TimeUnit::hour, decimal("100"));
    CHECK(worth.of_days(decimal("1"), value, seconds, kEur, kAway).to_text() == "800.00");
    CHECK(worth.of_days(decimal("0.5"), value, seconds, kEur, kAway).to_text() == "400.00");
  }
}

TEST_CASE("G9 90 min and 12 km without a price are 60.00 and 1500.00") {
  CHECK(amount_text(kilometres(12000), "5.0") == "60.00");
  CHECK(amount_text(hours(5400), "1000.0") == "1500.00");
}

TEST_CASE("G11 28800 s on a product of unit day is 1") {
  const Decimal day = seconds_per(TimeUnit::day, decimal("8"));
  CHECK(seconds_in_unit(28800, day, 4, kAway).to_text() == "1");
  CHECK(seconds_in_unit(28800, seconds_per(TimeUnit::day, decimal("7.5")), 4, kAway).to_text() ==
        "1.0667");
}
