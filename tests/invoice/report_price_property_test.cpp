#include <doctest/doctest.h>

#include <map>
#include <utility>

#include "invoice/report_price.hpp"
#include "splitmix.hpp"

using namespace billctl;

namespace {

struct Case {
  std::vector<MatchedLine> lines;
  std::vector<MatchedPlace> places;
};

Case random_case(Splitmix& random) {
  Case made;
  const auto lines = random.between(0, 6);
  for (std::int64_t line = 1; line <= lines; ++line)
    made.lines.push_back({line, random.between(0, 5) == 0 ? 0 : random.between(-9000, 90000)});
  const auto places = random.between(0, 14);
  for (std::int64_t item = 1; item <= places; ++item) {
    MatchedPlace place;
    place.item = ItemId{item * 7 % 31};
    place.line = random.between(0, 3) == 0 ? 0 : random.between(0, lines);
    place.floats = random.between(0, 2) != 0;
    place.update_row_minor = random.between(0, 9) == 0 ? 0 : random.between(-2000, 30000);
    place.original_weight = random.between(0, 7) == 0 ? 0 : random.between(1, 1'000'000);
    made.places.push_back(place);
  }
  return made;
}

template <class T>
void shuffle(Splitmix& random, std::vector<T>& values) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1],
              values[static_cast<std::size_t>(random.between(0, static_cast<int>(i) - 1))]);
}

/// What X4 says in words, told again: what the hours of a line, and those that take from the pool,
/// have to share.
struct Shared {
  std::map<std::int64_t, std::int64_t> of_line;  ///< what a line's hours share
  std::int64_t pool = 0;
  bool pool_feeds = false;
};

Shared shared_of(const Case& made) {
  Shared shared;
  for (const MatchedLine& line : made.lines) {
    std::int64_t rest = line.amount_minor;
    int items = 0, hours = 0;
    for (const MatchedPlace& place : made.places) {
      if (place.line != line.line) continue;
      ++items;
      place.floats ? void(++hours) : void(rest -= place.update_row_minor);
    }
    if (hours > 0) {
      shared.of_line[line.line] = rest;
      continue;
    }
    shared.pool += rest;
    if (items == 0 || rest != 0) shared.pool_feeds = true;
  }
  return shared;
}

std::map<std::int64_t, std::int64_t> by_item(const Case& made) {
  const ReportPrices prices = match_report_prices(made.lines, made.places);
  std::map<std::int64_t, std::int64_t> minor;
  for (std::size_t i = 0; i < made.places.size(); ++i)
    minor[made.places[i].item.value] = prices.minor[i];
  minor[-1] = prices.unallocated_minor;
  return minor;
}

void check_sum(const Case& made, const ReportPrices& prices) {
  std::int64_t lines = 0, told = prices.unallocated_minor;
  for (const MatchedLine& line : made.lines) lines += line.amount_minor;
  for (const std::int64_t minor : prices.minor) told += minor;
  CHECK(told == lines);
}

void check_kept(const Case& made, const Shared& shared, const ReportPrices& prices) {
  for (std::size_t i = 0; i < made.places.size(); ++i) {
    const MatchedPlace& place = made.places[i];
    const bool orphan = place.line == 0;
    if (!place.floats)
      CHECK(prices.minor[i] == (orphan && !shared.pool_feeds ? 0 : place.update_row_minor));
    if (place.floats && orphan && !shared.pool_feeds) CHECK(prices.minor[i] == 0);
  }
}

/// Hours have their part of what their line leaves them to less than a cent, and those of the pool
/// to less than another.
void check_parts(const Case& made, const Shared& shared, const ReportPrices& prices) {
  std::int64_t pool = shared.pool;
  bool orphaned_hours = false;
  for (const MatchedPlace& place : made.places) {
    if (place.line != 0) continue;
    place.floats ? void(orphaned_hours = true) : void(pool -= place.update_row_minor);
  }
  if (!shared.pool_feeds) pool = 0;
  const auto takes = [&](const MatchedPlace& place) {
    return place.floats && (place.line == 0 || !orphaned_hours);
  };
  Int128 pool_weight = 0;
  std::map<std::int64_t, Int128> weight;
  for (const MatchedPlace& place : made.places) {
    if (place.floats) weight[place.line] += place.original_weight;
    if (takes(place)) pool_weight += place.original_weight;
  }
  for (std::size_t i = 0; i < made.places.size(); ++i) {
    const MatchedPlace& place = made.places[i];
    if (!place.floats) continue;
    const std::int64_t line_part =
        place.line != 0 && weight[place.line] != 0 ? shared.of_line.at(place.line) : 0;
    const std::int64_t pool_part = takes(place) && pool_weight != 0 ? pool : 0;
    const Int128 a = weight[place.line] == 0 ? Int128{1} : weight[place.line];
    const Int128 b = pool_weight == 0 ? Int128{1} : pool_weight;
    // price - line_part * w / a - pool_part * w / b, times a * b
    const Int128 off = prices.minor[i] * a * b - line_part * place.original_weight * b -
                       pool_part * place.original_weight * a;
    const Int128 bound = a * b * ((line_part != 0) + (pool_part != 0));
    CHECK((off < 0 ? -off : off) <= (bound == 0 ? Int128{0} : bound - 1));
  }
}

}  // namespace

TEST_CASE("X4 report prices and unallocated are the lines and order does not matter") {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Splitmix random(seed);
    INFO(random.seed_text());
    Case made = random_case(random);
    const Shared shared = shared_of(made);
    const ReportPrices prices = match_report_prices(made.lines, made.places);
    REQUIRE(prices.minor.size() == made.places.size());
    check_sum(made, prices);
    check_kept(made, shared, prices);
    check_parts(made, shared, prices);
    const auto before = by_item(made);
    shuffle(random, made.lines);
    shuffle(random, made.places);
    CHECK(by_item(made) == before);
  }
}

TEST_CASE("X4 the cents go by the largest remainder and ties by item") {
  const std::vector<MatchedLine> lines = {{1, 1000}};
  std::vector<MatchedPlace> places;
  for (const std::int64_t item : {3, 1, 2}) places.push_back({ItemId{item}, 1, true, 0, Int128{1}});
  CHECK(match_report_prices(lines, places).minor == std::vector<std::int64_t>{333, 334, 333});
}

TEST_CASE("X4 the pool pays orphaned bills first and may go negative") {
  const std::vector<MatchedLine> lines = {{9, 50000}};
  const std::vector<MatchedPlace> places = {{ItemId{1}, 0, false, 80000, 80000},
                                            {ItemId{2}, 0, true, 20000, 20000}};
  CHECK(match_report_prices(lines, places).minor == std::vector<std::int64_t>{80000, -30000});
}
