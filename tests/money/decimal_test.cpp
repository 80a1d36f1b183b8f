#include <doctest/doctest.h>

#include <limits>

#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "outcome/error.hpp"
#include "splitmix.hpp"

using namespace billctl;

namespace {

constexpr auto kMax = std::numeric_limits<std::int64_t>::max();

std::string reason(std::string_view text, int digits = 6) {
  std::string_view why;
  return Decimal::parse(text, digits, &why) ? "accepted" : std::string(why);
}

}  // namespace

TEST_CASE("a decimal is read exactly and shown without trailing zeros") {
  CHECK(Decimal::parse("0.8333")->micro() == 833300);
  CHECK(Decimal::parse("-5")->micro() == -5000000);
  CHECK(Decimal::parse("+27.50")->micro() == 27500000);
  CHECK(Decimal::parse("-0")->micro() == 0);
  CHECK(Decimal::parse("007.10")->to_text() == "7.1");
  CHECK(Decimal::parse("0.000001")->to_text() == "0.000001");
  CHECK(Decimal::parse("-0.5")->to_text() == "-0.5");
  CHECK(Decimal::from_integer(5).to_text() == "5");
  CHECK(Decimal().to_text() == "0");
}

TEST_CASE("a price is shown with at least the digits of its currency") {
  CHECK(Decimal::parse("95")->to_text(2) == "95.00");
  CHECK(Decimal::parse("27.5")->to_text(2) == "27.50");
  CHECK(Decimal::parse("0.123456")->to_text(2) == "0.123456");
  CHECK(Decimal::parse("-0.1")->to_text(3) == "-0.100");
  CHECK(Decimal::parse("95")->to_text(0) == "95");
}

TEST_CASE("a text that is no plain decimal is refused with what is wrong") {
  CHECK(reason("") == "empty, where a number is needed");
  CHECK(reason("1,5") == "a comma, where a point and no grouping is needed");
  CHECK(reason("1e3") == "an exponent, where plain digits are needed");
  CHECK(reason("1 000") == "grouping or a blank, where plain digits are needed");
  CHECK(reason(" 1") == "grouping or a blank, where plain digits are needed");
  CHECK(reason("1.1234567") == "more than 6 fraction digits");
  CHECK(reason("1.0000000") == "more than 6 fraction digits");
  CHECK(reason("12.3456", 3) == "more than 3 fraction digits");
  CHECK(reason("12.345", 3) == "accepted");
  CHECK(reason("1.0", 0) == "a fraction, where only whole numbers are allowed");
  CHECK(reason(".5") == "no digit before the point");
  CHECK(reason("5.") == "no digit after the point");
  for (const char* text : {"-", "+", ".", "--1", "1-", "abc", "0x10", "1.2.3", "NaN", "inf", "٣"})
    CHECK_MESSAGE(!Decimal::parse(text), text);
}

TEST_CASE("the largest decimal is read and one more is refused") {
  CHECK(Decimal::parse("9223372036854.775807")->micro() == kMax);
  CHECK(Decimal::parse("-9223372036854.775807")->micro() == -kMax);
  CHECK(reason("9223372036854.775808") == "too large");
  CHECK(reason("99999999999999999999999999") == "too large");
  CHECK(Decimal::from_micro(std::numeric_limits<std::int64_t>::min()).to_text() ==
        "-9223372036854.775808");
}

TEST_CASE("a decimal sum that does not fit is an error and never a wrap") {
  const Decimal most = Decimal::from_micro(kMax);
  const Decimal least = Decimal::from_micro(std::numeric_limits<std::int64_t>::min());
  CHECK_THROWS_AS(most + Decimal::from_micro(1), Error);
  CHECK_THROWS_AS(least - Decimal::from_micro(1), Error);
  CHECK_THROWS_AS(-least, Error);
  CHECK_THROWS_AS(Decimal::from_integer(kMax), Error);
  CHECK((most - most).is_zero());
}

TEST_CASE("every decimal is read back from its own text") {
  Splitmix random(20261001);
  INFO(random.seed_text());
  for (int i = 0; i < 20000; ++i) {
    const Decimal value = Decimal::from_micro(random.any(63));
    const int digits = static_cast<int>(random.between(0, 6));
    const auto again = Decimal::parse(value.to_text(digits));
    if (!again || *again != value) FAIL(value.to_text(digits));
  }
}

TEST_CASE("currencies have the minor digits of ISO 4217 and unknown ones do not exist") {
  CHECK(Currency::of("EUR")->digits() == 2);
  CHECK(Currency::of("JPY")->digits() == 0);
  CHECK(Currency::of("KWD")->digits() == 3);
  CHECK(Currency::of("CLF")->digits() == 4);
  CHECK(Currency::of("ISK")->digits() == 0);
  CHECK(Currency::of("TND")->digits() == 3);
  CHECK(Currency::of("SEK")->code() == "SEK");
  for (const char* code : {"", "EU", "EURO", "eur", "XXX", "XAU", "ABC", "DEM"})
    CHECK_MESSAGE(!Currency::of(code), code);
  CHECK(sizeof(Currency) == 4);
}
