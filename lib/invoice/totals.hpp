// Totals: the amounts and the summary of a draft from its lines, the one computation of them
// (S4-24 to S4-30, S4-39; arithmetic.md 9 and 10).
//
//     lines of 1000.00 and 287.50 at 25.5 % -> tax 328.31, incl. tax 1615.81; with 1255.00 prepaid
//     -> payable 360.81
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "invoice/invoice.hpp"
#include "money/tax.hpp"

namespace billctl {

struct TotalsInput {
  Currency currency = Currency::none();
  Rounding rounding = Rounding::half_away;
  std::span<const TaxedAmount> lines;     ///< every line with an amount
  std::span<const TaxRow> earlier_taxes;  ///< what was typed in among them is kept (X25)
  // Known of the items, not of the lines.
  std::int64_t starting_minor = 0;    ///< initial value of all items but instalments, ever included
  std::int64_t exclusions_minor = 0;  ///< of those taken off again, at their initial value
  std::int64_t milestones_minor = 0;  ///< instalments
  std::int64_t prepaid_minor = 0;     ///< gross
};

struct Totals {
  Amounts amounts;
  Summary summary;
  std::vector<TaxRow> taxes;
};

/// Adjustments are whatever the lines differ from starting - exclusions + milestones by: so
/// invoiced = starting + adjustments - exclusions holds at every moment, also after a line was
/// typed, changed or removed by hand.
/// @throws Error{too_many_taxes}; {failed} when an amount does not fit.
Totals totals_of(const TotalsInput& input);

}  // namespace billctl
