// Adjust: an item or a line of a draft revalued, written up or down, or priced by another rate type
// (S4-25, S4-26). The source never changes: each adjustment is a signed amount beside it, with its
// reason, and starting + adjustments - exclusions stays what is invoiced (S4-24, S4-30).
//
//     an item of 2 h at 80.00: --price 60 -> its line is 2 x 60.00, adjustment -40.00
//                              --by -10   -> 2 x 80.00 less an allowance of 10.00
//                              --percent -5 -> an allowance of 8.00
#pragma once

#include <optional>
#include <string>

#include "money/decimal.hpp"
#include "pipeline/edit_verb.hpp"

namespace billctl {

/// How; exactly one is given.
struct AdjustManner {
  std::optional<Decimal> unit_price;  ///< per unit of the item, 0 or more
  std::string by;                     ///< an amount in the invoice's currency, signed
  std::optional<Decimal> percent;     ///< of what the item or line comes to now, signed
  std::string rate_type;              ///< `role:R` or `job_type:J`
};

struct AdjustRequest {
  EditTarget target;
  std::string item;  ///< by number; empty: the line
  std::int64_t line = 0;
  AdjustManner manner;
  std::string reason;
};

/// A second price of an item takes the place of the first. A line stands for all its items; amounts
/// are shared over them pro rata. Joined and contractual items and instalments are left out of it.
/// @throws Error{usage} without a reason or for what is no amount, {rate_fixed} when all is joined
/// or contractual, {wrong_target} for instalments, text, a price on a line changed by hand and what
/// has no line, {not_found} for an unknown item, line, job type, or when the rate card has no row,
/// {wrong_state} when it is issued.
Report adjust_invoice(Session& session, const AdjustRequest& request, const Json& arguments);

}  // namespace billctl
