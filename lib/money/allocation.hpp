// Allocation: sharing an amount out in whole minor units, so that the shares add up to it exactly.
// Largest remainder: each share is its exact one rounded down or up, and the cents left over go
// where the most was cut off, ties to the lower order key. Source: spec/arithmetic.md 7, X4.
//
//     10.00 over weights 1 1 1 -> 3.34 3.33 3.33;  -10.00 -> -3.34 -3.33 -3.33
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "money/wide.hpp"

namespace billctl {

/// One of those that share. Weights are on any common scale and may be negative.
struct Share {
  Int128 weight = 0;
  std::int64_t order = 0;  ///< who comes first when two remainders tie: the item id
  std::int64_t minor = 0;  ///< the result
};

/// Sets `minor` of every share: total x weight / sum of weights, in whole minor units.
///
/// The sum is exact, every share is less than 1 minor unit off its exact value, and all negated
/// arguments give all negated results. Without shares nothing happens. Weights that are all 0 share
/// equally. Weights of both signs that sum to 0 have no proportion: then the total is shared by
/// their sizes, on top of the weights themselves when `weight_per_minor` tells what they are worth
/// (a charge of 100.00 and its refund on one line: 100.00 and -100.00).
/// @param weight_per_minor the weight of one minor unit; 0: unknown.
/// @throws Error{failed} when a sum or a share does not fit.
void allocate(std::int64_t total_minor, std::span<Share> shares, Int128 weight_per_minor = 0);

/// The same for weights alone; the earlier weight comes first in a tie.
std::vector<std::int64_t> allocated(std::int64_t total_minor,
                                    std::span<const std::int64_t> weights);

}  // namespace billctl
