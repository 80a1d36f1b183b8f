#include "catalogue/rate_card.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Rate rate(std::int64_t id, std::int64_t price) {
  Rate one;
  one.id = {id};
  one.unit_price = Decimal::from_integer(price);
  return one;
}

RateCard::Query asked() {
  return {{1}, {2}, {3}, 0, {}, *Date::parse("2026-10-05"), *Currency::of("EUR")};
}

}  // namespace

TEST_CASE("a rate card without a fitting row has no price") {
  RateCard card;
  CHECK(card.find(asked()).row_id == 0);
  Rate other = rate(1, 10);
  other.project = {9};
  card.add(other, *Currency::of("EUR"));
  CHECK(card.find(asked()).row_id == 0);
  CHECK_FALSE(card.find(asked()).other_currency);
}

TEST_CASE("a row that names what the entry lacks does not fit") {
  RateCard card;
  Rate named = rate(1, 10);
  named.project = {1};
  card.add(named, *Currency::of("EUR"));
  card.add(rate(2, 20), *Currency::of("EUR"));
  RateCard::Query query = asked();
  query.project = {};
  CHECK(card.find(query).row_id == 2);
  CHECK(card.find(asked()).row_id == 1);
}

TEST_CASE("a rate of another currency is told and not taken") {
  RateCard card;
  Rate dollars = rate(1, 10);
  dollars.currency = "USD";
  card.add(dollars, *Currency::of("EUR"));
  CHECK(card.find(asked()).row_id == 0);
  CHECK(card.find(asked()).other_currency);
  Rate early = rate(2, 20);
  early.valid_until_on = "2026-10-05";
  card.add(early, *Currency::of("EUR"));
  CHECK(card.find(asked()).row_id == 2);
  Rate late = rate(3, 30);
  late.valid_from_on = "2026-10-06";
  card.add(late, *Currency::of("EUR"));
  CHECK(card.find(asked()).price == Decimal::from_integer(20));
}
