// Whole ledger: every row of every table as JSON Lines, for another engine or another program
// (design/architecture.md, "A second engine must stay possible").
//
//   {"billctl":"ledger","format":1,"schema":11}
//   {"table":"tenant","row":{"id":1,"code":"main","test":0,"created_at":1793520000}}
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ledger.hpp"

namespace billctl {

/// The tables in the order in which they were made, so that what a row names stands before it, and
/// in each the rows by their key; each line with its line feed, as of one moment. Numbers are
/// integers, bytes are `{"base64": …}`. @returns the tables and how many rows each has.
std::vector<std::pair<std::string, std::int64_t>> each_line(
    Ledger& ledger, const std::function<void(std::string_view)>& visit);

}  // namespace billctl
