// The columns of a table by name, and what to say of a name that none of them has.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/row.hpp"

namespace billctl {

std::optional<std::size_t> column_named(const std::vector<ColumnName>& columns,
                                        std::string_view name);

/// `did you mean "code"?`, or the names there are when none is near.
std::string column_hint(const std::vector<ColumnName>& columns, std::string_view name);

}  // namespace billctl
