// The part of the config that tests and prices read, as the pure levels want it.
#pragma once

#include <string>

#include "billable/tariff.hpp"
#include "config/config.hpp"

namespace billctl {

PricingRules pricing_rules(const Config& config);

/// A digest of that part: when it differs from the one of the last run, everything that is parked
/// or pending is looked at again (pricing.md 1).
/// The tenant's setting in which the digest of the last run stands.
inline constexpr const char* kCompileDigest = "compile_digest";
std::string pricing_digest(const Config& config);

}  // namespace billctl
