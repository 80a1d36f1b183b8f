// Every rounding against its definition, in exact integers: the result is the nearest, and an exact
// half goes where the mode says.
#include "money/rounding.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "splitmix.hpp"

using namespace billctl;

namespace {

const Currency kEur = *Currency::of("EUR");
const Currency kJpy = *Currency::of("JPY");
const Currency kKwd = *Currency::of("KWD");
constexpr auto kAway = Rounding::half_away;
constexpr auto kEven = Rounding::half_even;
constexpr auto kMax = std::numeric_limits<std::int64_t>::max();

Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}
Int128 size(Int128 value) {
  return value < 0 ? -value : value;
}

/// The definition: |n/d - r| <= 1/2, and at exactly 1/2 r is the larger, or the even one.
bool is_rounded(Int128 result, Int128 numerator, Int128 denominator, Rounding rounding) {
  const Int128 off = 2 * size(numerator - result * denominator);
  if (off != denominator) return off < denominator;
  if (rounding == kEven) return result % 2 == 0;
  return size(result * denominator) > size(numerator);
}

}  // namespace

TEST_CASE("arithmetic 1: an exact half goes away from zero or to the even neighbour") {
  CHECK(round_divide(5, 2, kAway) == 3);
  CHECK(round_divide(-5, 2, kAway) == -3);
  CHECK(round_divide(5, 2, kEven) == 2);
  CHECK(round_divide(7, 2, kEven) == 4);
  CHECK(round_divide(-5, 2, kEven) == -2);
  CHECK(round_divide(1, 2, kEven) == 0);
  CHECK(round_divide(1, 2, kAway) == 1);
  CHECK(round_divide(4, 3, kAway) == 1);
  CHECK(round_divide(-5, 3, kAway) == -2);
  CHECK(rounding_of("half-even") == kEven);
  CHECK(word(kAway) == "half-away");
  CHECK_FALSE(rounding_of("half_even"));
}

TEST_CASE("every quotient is the nearest integer and mirrored for its negative") {
  Splitmix random(1);
  INFO(random.seed_text());
  for (int i = 0; i < 100000; ++i) {
    // Half of them beyond 64 bits, a third built to be exact halves.
    Int128 denominator = size(random.any(40)) + 1;
    Int128 numerator = Int128{random.any(50)} * (i % 2 == 0 ? 1 : random.any(30));
    if (i % 3 == 0) numerator = denominator * random.any(40) + denominator / 2;
    for (const Rounding rounding : {kAway, kEven}) {
      const Int128 result = round_divide(numerator, denominator, rounding);
      if (!is_rounded(result, numerator, denominator, rounding)) FAIL("case ", i);
      if (round_divide(-numerator, denominator, rounding) != -result) FAIL("mirror of case ", i);
    }
  }
}

TEST_CASE("arithmetic 4: 100000 line amounts agree with the exact rational oracle") {
  Splitmix random(2);
  INFO(random.seed_text());
  const std::vector<Currency> currencies = {kEur, kJpy, kKwd};
  for (int i = 0; i < 100000; ++i) {
    const Decimal quantity = Decimal::from_micro(random.any(40));
    const Decimal price = Decimal::from_micro(size(random.any(45)) > 0 ? random.any(45) : 0);
    const Currency currency = currencies[static_cast<std::size_t>(i % 3)];
    const Rounding rounding = i % 2 == 0 ? kAway : kEven;
    const Money line = amount(quantity, price, currency, rounding);
    const Int128 exact = Int128{quantity.micro()} * price.micro();
    if (!is_rounded(line.minor(), exact, power_of_ten(12 - currency.digits()), rounding))
      FAIL(quantity.to_text(), " x ", price.to_text());
    if (amount(-quantity, price, currency, rounding) != -line) FAIL("the credit of case ", i);
  }
}

TEST_CASE("arithmetic 4: a printed quantity times a printed price is rounded once") {
  CHECK(amount(decimal("1.333333"), decimal("0.123456"), kEur, kAway).to_text() == "0.16");
  CHECK(amount(decimal("3"), decimal("13.5"), kJpy, kAway).to_text() == "41");
  CHECK(amount(decimal("3"), decimal("13.5"), kJpy, kEven).to_text() == "40");
  CHECK(amount(decimal("0.0005"), decimal("1"), kKwd, kAway).to_text() == "0.001");
  CHECK(amount(decimal("-1"), decimal("500.00"), kEur, kAway).to_text() == "-500.00");
}

TEST_CASE("amounts at the limit are exact and beyond it an error") {
  const Decimal most = Decimal::from_micro(kMax);
  CHECK_THROWS_AS(amount(most, most, kEur, kAway), Error);
  CHECK_THROWS_AS(amount(most, -most, kEur, kAway), Error);
  CHECK(amount(most, decimal("1"), kEur, kAway).to_text() == "9223372036854.78");
  CHECK(amount(decimal("92233720368"), decimal("1000000"), kEur, kAway).to_text() ==
        "92233720368000000.00");
  CHECK_THROWS_AS(amount(decimal("92233720369"), decimal("1000000"), kEur, kAway), Error);
  CHECK_THROWS_AS(seconds_in_unit(kMax, 60, 4, kAway), Error);
  CHECK_THROWS_AS(kilometres(kMax), Error);
  CHECK_THROWS_AS(hourly_price_in(TimeUnit::day, most, decimal("8"), kAway), Error);
  CHECK_THROWS_AS(percent_of(Money(kMax, kEur), decimal("101"), kAway), Error);
  CHECK_THROWS_AS(converted(Money(kMax, kEur), decimal("1000"), kKwd, kAway), Error);
}

TEST_CASE("arithmetic 3: seconds become a quantity at the asked decimals") {
  CHECK(seconds_in_unit(3000, 3600, 4, kAway).to_text() == "0.8333");
  CHECK(seconds_in_unit(3000, 3600, 6, kAway).to_text() == "0.833333");
  CHECK(seconds_in_unit(3000, 3600, 0, kAway).to_text() == "1");
  CHECK(seconds_in_unit(90, 60, 4, kAway).to_text() == "1.5");
  CHECK(seconds_in_unit(-3000, 3600, 4, kAway).to_text() == "-0.8333");
  CHECK(seconds_in_unit(1800, 3600, 0, kAway).to_text() == "1");
  CHECK(seconds_in_unit(1800, 3600, 0, kEven).to_text() == "0");
  CHECK(kilometres(12345).to_text() == "12.345");
}

TEST_CASE("whole and decimal seconds in a unit give the same quantity") {
  Splitmix random(3);
  INFO(random.seed_text());
  for (int i = 0; i < 20000; ++i) {
    const std::int64_t seconds = random.any(30);
    const int decimals = static_cast<int>(random.between(0, 6));
    const Decimal whole = seconds_in_unit(seconds, 3600, decimals, kAway);
    if (whole != seconds_in_unit(seconds, Decimal::from_integer(3600), decimals, kAway))
      FAIL(seconds, " s");
    const Int128 steps = whole.micro() / power_of_ten(6 - decimals);
    if (!is_rounded(steps, Int128{seconds} * power_of_ten(decimals), 3600, kAway))
      FAIL(seconds, " s");
  }
}

TEST_CASE("a decimal is rounded to fewer digits in both modes") {
  CHECK(rounded(decimal("2.345"), 2, kAway).to_text() == "2.35");
  CHECK(rounded(decimal("2.345"), 2, kEven).to_text() == "2.34");
  CHECK(rounded(decimal("-2.345"), 2, kAway).to_text() == "-2.35");
  CHECK(rounded(decimal("2.5"), 0, kEven).to_text() == "2");
  CHECK(rounded(decimal("2.345678"), 6, kAway).to_text() == "2.345678");
}

TEST_CASE("an hourly price is converted to the unit at six decimals") {
  CHECK(hourly_price_in(TimeUnit::hour, decimal("100"), decimal("8"), kAway).to_text() == "100");
  CHECK(hourly_price_in(TimeUnit::minute, decimal("100"), decimal("8"), kAway).to_text() ==
        "1.666667");
  CHECK(hourly_price_in(TimeUnit::day, decimal("100"), decimal("7.5"), kAway).to_text() == "750");
  CHECK(hourly_price_in(TimeUnit::day, decimal("0.000001"), decimal("7.5"), kEven).to_text() ==
        "0.000008");
}

TEST_CASE("arithmetic 11: an amount is converted at a rate and rounded once") {
  CHECK(converted(Money(10000, kEur), decimal("163.25"), kJpy, kAway).to_text() == "16325");
  CHECK(converted(Money(12345, kJpy), decimal("0.006126"), kEur, kAway).to_text() == "75.63");
  CHECK(converted(Money(-12345, kJpy), decimal("0.006126"), kEur, kAway).to_text() == "-75.63");
}
