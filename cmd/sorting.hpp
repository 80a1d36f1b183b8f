// Sorting: `--sort FIELD` of a listing, on the rows of its answer.
#pragma once

#include <optional>
#include <string>

#include "text/json.hpp"

namespace billctl::cmd {

/// Sorts an array of objects by a field, `-FIELD` downwards; numbers as numbers, null first, rows
/// that are equal as they stood. An empty sort changes nothing.
/// @throws Error{usage} when the rows have no such field, with the nearest.
void sort_rows(Json& rows, const std::string& sort);

/// The first `limit` of them.
void limit_rows(Json& rows, std::optional<std::int64_t> limit);

}  // namespace billctl::cmd
