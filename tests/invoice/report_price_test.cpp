#include "invoice/report_price.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

MatchedPlace hours(std::int64_t item, std::int64_t line, std::int64_t worth_minor) {
  return {ItemId{item}, line, true, worth_minor, worth_minor};
}
MatchedPlace fixed(std::int64_t item, std::int64_t line, std::int64_t price_minor) {
  return {ItemId{item}, line, false, price_minor, price_minor};
}
std::vector<std::int64_t> prices(std::vector<MatchedLine> lines, std::vector<MatchedPlace> places) {
  const ReportPrices result = match_report_prices(lines, places);
  CHECK(result.unallocated_minor == 0);
  return result.minor;
}
using Minor = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("S1-42 an agreed price re-prices the hours and leaves the bill") {
  CHECK(prices({{9, 500000}}, {fixed(1, 0, 100000), hours(2, 0, 500000)}) == Minor{100000, 400000});
}

TEST_CASE("S1-43 an entry whose line was removed stays linked at 0") {
  CHECK(prices({{2, 5000}}, {hours(1, 0, 5000), hours(2, 2, 5000)}) == Minor{0, 5000});
}

TEST_CASE("S1-38 a bill repriced for reports only gives the rest of its line to the hours") {
  CHECK(prices({{1, 100000}, {2, 500000}}, {fixed(1, 1, 80000), hours(2, 2, 500000)}) ==
        Minor{80000, 520000});
}

TEST_CASE("S1-37 a released entry raises the others in both line layouts") {
  CHECK(prices({{1, 15000}}, {hours(1, 1, 5000), hours(2, 1, 5000)}) == Minor{7500, 7500});
  CHECK(prices({{1, 5000}, {2, 5000}, {3, 5000}}, {hours(1, 1, 5000), hours(2, 2, 5000)}) ==
        Minor{7500, 7500});
}

TEST_CASE("X4 a bill whose line was removed gets 0 and takes nothing from the hours") {
  CHECK(prices({{2, 500000}}, {fixed(1, 0, 100000), hours(2, 2, 500000)}) == Minor{0, 500000});
}

TEST_CASE("X4 what has no hours to go to is unallocated") {
  const std::vector<MatchedLine> lines = {{1, 10000}};
  const std::vector<MatchedPlace> places = {fixed(1, 1, 4000)};
  const ReportPrices result = match_report_prices(lines, places);
  CHECK(result.minor == Minor{4000});
  CHECK(result.unallocated_minor == 6000);
}

TEST_CASE("X4 hours worth nothing leave their line unallocated") {
  const std::vector<MatchedLine> lines = {{1, 10000}};
  const std::vector<MatchedPlace> places = {hours(1, 1, 0), hours(2, 1, 0)};
  const ReportPrices result = match_report_prices(lines, places);
  CHECK(result.minor == Minor{0, 0});
  CHECK(result.unallocated_minor == 10000);
}
