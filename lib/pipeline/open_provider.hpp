// The provider that a section of [providers] is about.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "sync/provider.hpp"

namespace billctl {

/// @throws Error{bad_config} for a kind that this program can't reach.
std::unique_ptr<Provider> open_provider(const ProviderSettings& settings);

}  // namespace billctl
