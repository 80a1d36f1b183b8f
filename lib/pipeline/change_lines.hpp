// Change lines: the lines of a draft typed, changed, removed and moved by hand, and an agreed total
// in place of them all (S1-1, S1-42, S1-43). The items behind them stay as they are; report prices
// follow by X4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/edit_verb.hpp"

namespace billctl {

/// What a person says of a line; what is absent stays, or is the default of a new line.
struct LineWords {
  std::optional<std::string> description;
  std::optional<std::string> kind;  ///< one of `line_kind_words`
  std::optional<std::string> unit;
  std::optional<Decimal> quantity;
  std::optional<Decimal> unit_price;
  std::optional<std::string> tax;  ///< codes with `;` between; empty: untaxed
};

/// The kinds a line may be typed as.
std::vector<std::string> line_kind_words();

/// A line at the end, `line` in the report. Without quantity and unit price it is text; otherwise
/// of kind goods, 1 pcs, and taxed as the client or else the tenant's defaults for that kind say,
/// unless told. Its amount is quantity x price, rounded once. @throws Error{usage} without a
/// description or price, for a negative price or a text line with a unit or tax; {unit_unknown},
/// {tax_invalid}, {too_many_taxes}, {wrong_state}.
Report add_line(Session& session, const EditTarget& target, const LineWords& words,
                const Json& arguments);

/// Its description alone leaves the line to its items; any other field makes it a typed one.
/// @throws as add_line; Error{not_found} with the lines there are.
Report edit_line(Session& session, const EditTarget& target, std::int64_t line,
                 const LineWords& words, const Json& arguments);

/// The items behind them stay linked, each with the warning `still_linked` (S1-43).
Report remove_lines(Session& session, const EditTarget& target,
                    const std::vector<std::int64_t>& lines, const Json& arguments);

/// Where a line goes; exactly one is given.
struct LinePosition {
  std::optional<std::int64_t> position;       ///< 1: the first; beyond the last: the last
  std::optional<std::int64_t> before, after;  ///< lines
};

Report move_line(Session& session, const EditTarget& target, std::int64_t line,
                 const LinePosition& place, const Json& arguments);

/// One line of 1 pcs in place of all others (S1-42), taxed as they were when all were taxed alike,
/// else by default. A negative amount is -1 pcs. @throws Error{usage} for what is no amount.
Report agree(Session& session, const EditTarget& target, const std::string& amount,
             const std::string& text, const Json& arguments);

}  // namespace billctl
