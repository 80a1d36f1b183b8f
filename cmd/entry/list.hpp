// The table of entries, as `entry list` and `work unconfirmed` print it.
#pragma once

#include <string>

#include "text/json.hpp"

namespace billctl::cmd {

std::string entries_text(const Json& entries);

}  // namespace billctl::cmd
