// Time rules: raw seconds to billed seconds (arithmetic 2, pricing 6).
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "money/rounding.hpp"
#include "splitmix.hpp"

using namespace billctl;

namespace {

using Direction = TimeRule::Direction;

TimeRule rule(std::int64_t step, Direction direction, std::int64_t minimum = 0) {
  return {step, direction, minimum, TimeRule::Per::entry};
}

std::vector<std::int64_t> day(std::vector<std::int64_t> seconds, const TimeRule& rule) {
  bill_day(seconds, rule);
  return seconds;
}

}  // namespace

TEST_CASE("arithmetic 2: without a rule the billed seconds are the raw ones") {
  CHECK(billed_seconds(61, TimeRule{}) == 61);
  CHECK(billed_seconds(0, TimeRule{}) == 0);
}

TEST_CASE("arithmetic 2: a step goes up or down or to the nearest with a half going up") {
  CHECK(billed_seconds(1, rule(360, Direction::up)) == 360);
  CHECK(billed_seconds(360, rule(360, Direction::up)) == 360);
  CHECK(billed_seconds(361, rule(360, Direction::up)) == 720);
  CHECK(billed_seconds(179, rule(360, Direction::nearest)) == 0);
  CHECK(billed_seconds(180, rule(360, Direction::nearest)) == 360);
  CHECK(billed_seconds(539, rule(360, Direction::nearest)) == 360);
  CHECK(billed_seconds(540, rule(360, Direction::nearest)) == 720);
  CHECK(billed_seconds(719, rule(360, Direction::down)) == 360);
}

TEST_CASE("arithmetic 2: the minimum comes after the step and nothing stays nothing") {
  CHECK(billed_seconds(61, rule(360, Direction::up, 900)) == 900);
  CHECK(billed_seconds(901, rule(360, Direction::up, 900)) == 1080);
  CHECK(billed_seconds(10, rule(360, Direction::down, 900)) == 900);
  CHECK(billed_seconds(0, rule(360, Direction::up, 900)) == 0);
  CHECK(billed_seconds(100, rule(0, Direction::up, 1000)) == 1000);
}

TEST_CASE("every billed time is the step that its direction names") {
  Splitmix random(4);
  INFO(random.seed_text());
  for (int i = 0; i < 20000; ++i) {
    const std::int64_t raw = random.between(1, 200000);
    const std::int64_t step = random.between(1, 4000);
    const std::int64_t up = billed_seconds(raw, rule(step, Direction::up));
    const std::int64_t down = billed_seconds(raw, rule(step, Direction::down));
    const std::int64_t nearest = billed_seconds(raw, rule(step, Direction::nearest));
    const bool right = up % step == 0 && down % step == 0 && down <= raw && raw <= up &&
                       up - down == (raw % step == 0 ? 0 : step) &&
                       nearest == (raw - down < up - raw ? down : up);
    if (!right) FAIL(raw, " s by ", step);
  }
}

TEST_CASE("pricing 6: a rule per day puts the surplus on the last entry") {
  const TimeRule quarter = rule(900, Direction::up, 1800);
  CHECK(day({600, 600}, quarter) == std::vector<std::int64_t>{600, 1200});
  CHECK(day({900, 1000}, quarter) == std::vector<std::int64_t>{900, 1800});
  CHECK(day({0, 0}, quarter) == std::vector<std::int64_t>{0, 0});
  CHECK(day({}, quarter).empty());
}

TEST_CASE("pricing 6: what a day lacks is taken from the last and none falls below zero") {
  const TimeRule down = rule(3600, Direction::down);
  CHECK(day({3700, 10}, down) == std::vector<std::int64_t>{3600, 0});
  CHECK(day({3000, 3000}, down) == std::vector<std::int64_t>{3000, 600});
  Splitmix random(5);
  INFO(random.seed_text());
  for (int i = 0; i < 2000; ++i) {
    std::vector<std::int64_t> seconds(static_cast<std::size_t>(random.between(1, 9)));
    for (std::int64_t& one : seconds) one = random.between(0, 5000);
    const std::int64_t raw = std::accumulate(seconds.begin(), seconds.end(), std::int64_t{0});
    const auto billed = day(seconds, down);
    const std::int64_t sum = std::accumulate(billed.begin(), billed.end(), std::int64_t{0});
    if (sum != billed_seconds(raw, down) || std::ranges::min(billed) < 0) FAIL("case ", i);
  }
}

TEST_CASE("the words of a time rule are those of the config") {
  CHECK(direction_of("nearest") == Direction::nearest);
  CHECK(word(Direction::down) == "down");
  CHECK(per_of("day") == TimeRule::Per::day);
  CHECK(word(TimeRule::Per::entry) == "entry");
  CHECK_FALSE(direction_of("sideways"));
  CHECK_FALSE(per_of(""));
}
