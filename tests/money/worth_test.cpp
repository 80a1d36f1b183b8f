// What items are worth before rounding, on one scale (arithmetic 7, X26).
#include "money/worth.hpp"

#include <doctest/doctest.h>

#include "money/allocation.hpp"
#include "splitmix.hpp"

using namespace billctl;

namespace {

const Currency kEur = *Currency::of("EUR");
const Currency kJpy = *Currency::of("JPY");
constexpr auto kAway = Rounding::half_away;
Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

}  // namespace

TEST_CASE("hours and minutes and days and pieces of equal value weigh the same") {
  const Worth worth(decimal("7.5"));
  const Int128 hour = worth.of_seconds(27000, TimeUnit::hour, decimal("100"));
  CHECK(hour == worth.of_seconds(27000, TimeUnit::day, decimal("750")));
  CHECK(hour == worth.of_quantity(decimal("7.5"), decimal("100")));
  CHECK(hour == worth.of_metres(150000, decimal("5")));
  CHECK(worth.of_seconds(60, TimeUnit::minute, decimal("1.5")) ==
        worth.of_quantity(decimal("1"), decimal("1.5")));
  CHECK(hour == 75000 * worth.per_minor(kEur));
  CHECK(hour == 750 * worth.per_minor(kJpy));
}

TEST_CASE("a worth is rounded once to the minor unit") {
  const Worth worth(decimal("8"));
  const Int128 third = worth.of_seconds(1200, TimeUnit::hour, decimal("100"));
  CHECK(worth.rounded_to_minor(third, kEur, kAway).to_text() == "33.33");
  CHECK(worth.rounded_to_minor(3 * third, kEur, kAway).to_text() == "100.00");
}

TEST_CASE("X26 a day of mixed rates is sold at the hour-weighted rate") {
  const Worth worth(decimal("8"));
  // 2 h at 100 and 4 h at 70: 480.00 in 6 h, 80 an hour, 640.00 a day.
  const Int128 value = worth.of_seconds(7200, TimeUnit::hour, decimal("100")) +
                       worth.of_seconds(14400, TimeUnit::hour, decimal("70"));
  CHECK(worth.of_days(decimal("1"), value, 21600, kEur, kAway).to_text() == "640.00");
  CHECK(worth.of_days(decimal("0.5"), value, 21600, kEur, kAway).to_text() == "320.00");
  CHECK(worth.of_days(decimal("1"), -value, 21600, kEur, kAway).to_text() == "-640.00");
}

TEST_CASE("X26 a day price is rounded once from the unrounded value") {
  const Worth worth(decimal("7.5"));
  const Int128 value = worth.of_seconds(1000, TimeUnit::hour, decimal("99.99"));
  // 7.5 h x 99.99 whatever was recorded.
  CHECK(worth.of_days(decimal("1"), value, 1000, kEur, kAway).to_text() == "749.93");
}

TEST_CASE("an unlikely worth is an error and never a wrap") {
  const Worth worth(decimal("24"));
  const Decimal most = Decimal::from_integer(9'000'000'000'000);
  CHECK_THROWS_AS(worth.of_quantity(most, most), Error);
}

TEST_CASE("arithmetic 7: items of several units share a line by what they are worth") {
  const Worth worth(decimal("8"));
  std::vector<Share> shares = {
      {worth.of_seconds(1200, TimeUnit::hour, decimal("100")), 1, 0},
      {worth.of_seconds(1200, TimeUnit::minute, decimal("1.666667")), 2, 0},
      {worth.of_metres(12000, decimal("5")), 3, 0}};
  allocate(12667, shares);
  CHECK(shares[0].minor == 3333);
  CHECK(shares[1].minor == 3334);
  CHECK(shares[2].minor == 6000);
}
