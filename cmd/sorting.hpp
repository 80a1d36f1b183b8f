// Sorting: `--sort FIELD` of a listing, on the rows of its answer.
#pragma once

#include <optional>
#include <string>

#include "text/json.hpp"
#include "work/filter.hpp"

namespace billctl::cmd {

/// Sorts an array of objects by a field, `-FIELD` downwards; numbers as numbers, null first, rows
/// that are equal as they stood. An empty sort changes nothing.
/// @throws Error{usage} when the rows have no such field, with the nearest.
void sort_rows(Json& rows, const std::string& sort);

/// The first `limit` of them.
void limit_rows(Json& rows, std::optional<std::int64_t> limit);

/// The rows behind the one whose field `key` is `after`; all of them when it is empty.
/// @throws Error{not_found} when no row is that one.
void rows_after(Json& rows, const std::string& key, const std::string& after);

/// The page of a listing: sorted, and then what `--after` and `--limit` leave of it. Unsorted rows
/// begin behind `--after` already.
void page_rows(Json& rows, const std::string& key, const Filter& filter);

}  // namespace billctl::cmd
