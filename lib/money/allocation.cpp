#include "money/allocation.hpp"

#include <algorithm>

namespace billctl {
namespace {

UInt128 magnitude(Int128 value) {
  return value < 0 ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

struct Quotient {
  UInt128 whole;
  UInt128 rest;
};

/// multiplier x value / divisor by doubling, for products beyond 128 bits; divisor < 2^127.
Quotient divide_long(std::uint64_t multiplier, UInt128 value, UInt128 divisor) {
  const UInt128 step_whole = value / divisor;
  const UInt128 step_rest = value % divisor;
  Quotient result{0, 0};
  const auto carry = [&] {
    if (result.rest < divisor) return;
    result.rest -= divisor;
    ++result.whole;
  };
  for (int bit = 63; bit >= 0; --bit) {
    if (result.whole >> 64 != 0) overflow("a share");
    result.whole *= 2;
    result.rest *= 2;
    carry();
    if ((multiplier >> bit & 1) == 0) continue;
    result.whole += step_whole;
    result.rest += step_rest;
    carry();
  }
  return result;
}

/// multiplier x value / divisor, exactly, rounded down.
Quotient divide(std::uint64_t multiplier, UInt128 value, UInt128 divisor) {
  UInt128 product = 0;
  if (__builtin_mul_overflow(UInt128{multiplier}, value, &product)) [[unlikely]]
    return divide_long(multiplier, value, divisor);
  return {product / divisor, product % divisor};
}

/// The exact share is multiplier x weight / divisor; `flipped` when both its sign and the total's
/// are turned round, so that a negative total is the mirror of a positive one.
struct Proportion {
  std::uint64_t multiplier;
  UInt128 divisor;
  bool flipped;
};

struct Remainder {
  UInt128 rest;
  std::int64_t order;
  std::size_t index;
};

/// Rounds one exact share down; tells by how much.
UInt128 round_down(const Proportion& by, Share& share) {
  const bool negative = (share.weight < 0) != by.flipped;
  Quotient part = divide(by.multiplier, magnitude(share.weight), by.divisor);
  if (negative && part.rest != 0) part = {part.whole + 1, by.divisor - part.rest};
  if (part.whole >> 63 != 0) overflow("a share");
  const auto minor = static_cast<std::int64_t>(part.whole);
  share.minor = negative ? -minor : minor;
  return part.rest;
}

/// Largest remainder for a total that is the sum of the exact shares, neither negative.
void share_out(std::int64_t total, const Proportion& by, std::span<Share> shares) {
  std::vector<Remainder> remainders;
  remainders.reserve(shares.size());
  Int128 left = total;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    remainders.push_back({round_down(by, shares[i]), shares[i].order, i});
    left -= shares[i].minor;
  }
  const auto first_of = [](const Remainder& a, const Remainder& b) {
    if (a.rest != b.rest) return a.rest > b.rest;
    return a.order != b.order ? a.order < b.order : a.index < b.index;
  };
  const auto cut = remainders.begin() + static_cast<std::ptrdiff_t>(left);
  if (cut != remainders.end())
    std::nth_element(remainders.begin(), cut, remainders.end(), first_of);
  for (auto taker = remainders.begin(); taker != cut; ++taker) ++shares[taker->index].minor;
}

void negate_all(std::span<Share> shares) {
  for (Share& share : shares) share.minor = -share.minor;
}

/// total x weight / sum, for a sum that is not 0.
void share_pro_rata(std::int64_t total, Int128 sum, std::span<Share> shares) {
  const UInt128 size = magnitude(total);
  if (size >> 63 != 0) overflow("an amount to share out");
  share_out(static_cast<std::int64_t>(size),
            {static_cast<std::uint64_t>(size), magnitude(sum), sum < 0}, shares);
  if (total < 0) negate_all(shares);
}

/// Each weight at its own worth; together they are worth nothing.
void share_at_worth(Int128 weight_per_minor, std::span<Share> shares) {
  const auto first = std::ranges::min_element(
      shares, {}, [](const Share& share) { return std::pair(share.weight == 0, share.order); });
  const bool flipped = first->weight < 0;
  share_out(0, {1, magnitude(weight_per_minor), flipped}, shares);
  if (flipped) negate_all(shares);
}

/// The total by the sizes of the weights, added to what the shares have.
void add_by_size(std::int64_t total, std::span<Share> shares) {
  std::vector<Share> extra(shares.begin(), shares.end());
  Int128 sum = 0;
  for (Share& share : extra) {
    if (share.weight < 0) share.weight = -share.weight;
    sum = checked_add(sum, share.weight, "a sum of weights");
  }
  share_pro_rata(total, sum, extra);
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i].minor = checked_add(shares[i].minor, extra[i].minor, "a share");
}

/// Equal shares for weights that are all 0.
void share_equally(std::int64_t total, std::span<Share> shares) {
  for (Share& share : shares) share.weight = 1;
  share_pro_rata(total, static_cast<Int128>(shares.size()), shares);
  for (Share& share : shares) share.weight = 0;
}

}  // namespace

void allocate(std::int64_t total_minor, std::span<Share> shares, Int128 weight_per_minor) {
  if (shares.empty()) return;
  Int128 sum = 0;
  bool all_zero = true;
  for (const Share& share : shares) {
    sum = checked_add(sum, share.weight, "a sum of weights");
    all_zero = all_zero && share.weight == 0;
  }
  if (all_zero) return share_equally(total_minor, shares);
  if (sum != 0) return share_pro_rata(total_minor, sum, shares);
  for (Share& share : shares) share.minor = 0;
  if (weight_per_minor > 0) share_at_worth(weight_per_minor, shares);
  if (total_minor != 0) add_by_size(total_minor, shares);
}

std::vector<std::int64_t> allocated(std::int64_t total_minor,
                                    std::span<const std::int64_t> weights) {
  std::vector<Share> shares;
  shares.reserve(weights.size());
  for (const std::int64_t weight : weights)
    shares.push_back({weight, static_cast<std::int64_t>(shares.size()), 0});
  allocate(total_minor, shares);
  std::vector<std::int64_t> minors;
  minors.reserve(shares.size());
  for (const Share& share : shares) minors.push_back(share.minor);
  return minors;
}

}  // namespace billctl
