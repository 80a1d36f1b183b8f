// Shares by largest remainder (arithmetic 7, X4).
#include "money/allocation.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>

#include "outcome/error.hpp"
#include "splitmix.hpp"

using namespace billctl;

namespace {

using Minors = std::vector<std::int64_t>;

Minors shared(std::int64_t total, const Minors& weights) {
  return allocated(total, weights);
}

Minors minors(const std::vector<Share>& shares) {
  Minors result;
  for (const Share& share : shares) result.push_back(share.minor);
  return result;
}

Int128 sum_of(const std::vector<Share>& shares) {
  Int128 sum = 0;
  for (const Share& share : shares) sum += share.minor;
  return sum;
}

std::vector<Share> random_shares(Splitmix& random, bool both_signs) {
  std::vector<Share> shares(static_cast<std::size_t>(random.between(1, 30)));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const std::int64_t weight = random.any(24);
    shares[i].weight = both_signs || weight >= 0 ? weight : -weight;
    shares[i].order = static_cast<std::int64_t>(i);
  }
  return shares;
}

std::vector<Share> negated(std::vector<Share> shares) {
  for (Share& share : shares) share.weight = -share.weight;
  return shares;
}

}  // namespace

TEST_CASE("arithmetic 7: cents left over go where most was cut off and ties to the lower id") {
  CHECK(shared(1000, {1, 1, 1}) == Minors{334, 333, 333});
  CHECK(shared(-1000, {1, 1, 1}) == Minors{-334, -333, -333});
  CHECK(shared(1001, {1, 1, 1}) == Minors{334, 334, 333});
  CHECK(shared(100, {1, 2}) == Minors{33, 67});
  CHECK(shared(1376, {900, 900}) == Minors{688, 688});
  CHECK(shared(10, {0, 1, 0}) == Minors{0, 10, 0});
  CHECK(shared(7, {}).empty());
}

TEST_CASE("arithmetic 7: the order key decides a tie and not the place in the list") {
  std::vector<Share> shares = {{1, 30, 0}, {1, 10, 0}, {1, 20, 0}};
  allocate(100, shares);
  CHECK(minors(shares) == Minors{33, 34, 33});
}

TEST_CASE("arithmetic 7: weights that are all 0 share equally") {
  CHECK(shared(1001, {0, 0}) == Minors{501, 500});
  CHECK(shared(0, {0, 0, 0}) == Minors{0, 0, 0});
}

TEST_CASE("S1-42 the 4000.00 left over 100 hours is 40.00 an hour") {
  const Minors hours = shared(400000, Minors(100, 5000));
  CHECK(hours == Minors(100, 4000));
}

TEST_CASE("X4 a negative rest is shared with its sign kept") {
  CHECK(shared(-100, {1, 2}) == Minors{-33, -67});
  CHECK(shared(100, {-1, -2}) == Minors{33, 67});
}

TEST_CASE("weights of both signs keep their proportion and their sum") {
  CHECK(shared(9000, {10000, -1000}) == Minors{10000, -1000});
  CHECK(shared(-9000, {-10000, 1000}) == Minors{-10000, 1000});
}

TEST_CASE("a charge and its refund on one line keep what they are worth") {
  std::vector<Share> shares = {{10000, 1, 0}, {-10000, 2, 0}};
  allocate(0, shares, 1);
  CHECK(minors(shares) == Minors{10000, -10000});
  allocate(2, shares, 1);
  CHECK(minors(shares) == Minors{10001, -9999});
  allocate(2, shares);
  CHECK(minors(shares) == Minors{1, 1});
}

TEST_CASE("shares add up exactly and lie within one cent of the exact share") {
  Splitmix random(7);
  INFO(random.seed_text());
  for (int i = 0; i < 20000; ++i) {
    std::vector<Share> shares = random_shares(random, i % 3 == 0);
    const std::int64_t total = random.any(30);
    Int128 sum = 0;
    for (const Share& share : shares) sum += share.weight;
    allocate(total, shares, 1);
    if (sum_of(shares) != total) FAIL("sum of case ", i);
    for (const Share& share : shares) {
      if (sum == 0) break;
      const Int128 off = (share.minor * sum - total * share.weight);
      const Int128 allowed = sum < 0 ? -sum : sum;
      if (off >= allowed || -off >= allowed) FAIL("share of case ", i);
    }
  }
}

TEST_CASE("a credit is shared exactly as minus its invoice") {
  Splitmix random(8);
  INFO(random.seed_text());
  for (int i = 0; i < 20000; ++i) {
    std::vector<Share> invoice = random_shares(random, i % 2 == 0);
    std::vector<Share> total_turned = invoice;
    std::vector<Share> weights_turned = negated(invoice);
    const std::int64_t total = random.any(30);
    allocate(total, invoice);
    allocate(-total, total_turned);
    allocate(total, weights_turned);
    Int128 sum = 0;
    for (const Share& share : invoice) sum += share.weight;
    for (std::size_t k = 0; k < invoice.size(); ++k) {
      if (total_turned[k].minor != -invoice[k].minor) FAIL("total of case ", i);
      if (sum != 0 && weights_turned[k].minor != invoice[k].minor) FAIL("weights of case ", i);
    }
  }
}

TEST_CASE("a worthless line of charges and refunds is mirrored in its credit") {
  std::vector<Share> line = {{1, 1, 0}, {-1, 2, 0}, {3, 3, 0}, {-3, 4, 0}};
  std::vector<Share> credit = negated(line);
  allocate(0, line, 2);
  allocate(0, credit, 2);
  CHECK(sum_of(line) == 0);
  for (std::size_t k = 0; k < line.size(); ++k) CHECK(credit[k].minor == -line[k].minor);
}

TEST_CASE("weights beyond 64 bits are shared as exactly as small ones") {
  Splitmix random(9);
  INFO(random.seed_text());
  const Int128 scale = Int128{1} << 80;
  for (int i = 0; i < 2000; ++i) {
    std::vector<Share> small = random_shares(random, i % 3 == 0);
    std::vector<Share> large = small;
    for (Share& share : large) share.weight *= scale;
    const std::int64_t total = random.any(50);
    allocate(total, small);
    allocate(total, large);
    if (minors(small) != minors(large)) FAIL("case ", i);
  }
}

TEST_CASE("a share that does not fit is an error and never a wrap") {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  CHECK(shared(kMax, {1, 1}) == Minors{kMax / 2 + 1, kMax / 2});
  CHECK_THROWS_AS(shared(kMax, {1000, -999}), Error);
  CHECK_THROWS_AS(shared(std::numeric_limits<std::int64_t>::min(), {1, 1}), Error);
  std::vector<Share> huge(3, {Int128{1} << 126, 0, 0});
  CHECK_THROWS_AS(allocate(100, huge), Error);
}
