// Cell text: what one cell of each type means. Each function gives the value, or nothing and in
// `why` what is wrong with the text. None of them sees files, rows or the ledger.
//
//     parse_flag("yes") -> true          parse_price("-1") -> nothing, "below 0"
//     parse_kilometres("12.345") -> 12345 metres
//
// Source: spec/import.md, "Cells".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "calendar/zone.hpp"
#include "money/decimal.hpp"
#include "money/money.hpp"
#include "work/entry.hpp"

namespace billctl {

/// A point in time as a cell has it: certain, or what a clock on the wall shows.
using Moment = std::variant<Instant, LocalTime>;

std::optional<bool> parse_flag(std::string_view text, std::string_view& why);
/// Whole, 0 to 1,000,000,000.
std::optional<std::int64_t> parse_count(std::string_view text, std::string_view& why);
/// A decimal that is not negative.
std::optional<Decimal> parse_price(std::string_view text, std::string_view& why);
/// A decimal above 0.
std::optional<Decimal> parse_positive(std::string_view text, std::string_view& why);
/// In metres.
std::optional<std::int64_t> parse_kilometres(std::string_view text, std::string_view& why);
std::optional<Moment> parse_moment(std::string_view text, std::string_view& why);
std::optional<std::string_view> parse_code(std::string_view text, std::string_view& why);
std::optional<Date> parse_date(std::string_view text, std::string_view& why);

/// The parts of a list, blanks around them left out; none for an empty text.
/// @return nothing when one part is empty or there twice.
std::optional<std::vector<std::string_view>> parse_list(std::string_view text,
                                                        std::string_view& why);
/// A list whose parts look like addresses: one @ with something on both sides, no blanks, no
/// commas.
std::optional<std::vector<std::string_view>> parse_emails(std::string_view text,
                                                          std::string_view& why);

/// A kind of entry that a project bills, from a date on or always.
struct BillableKind {
  EntryKind kind;
  std::optional<Date> from;
  bool operator==(const BillableKind&) const = default;
};
/// `time:2026-01-01;expense`.
std::optional<std::vector<BillableKind>> parse_kinds(std::string_view text, std::string_view& why);

}  // namespace billctl
