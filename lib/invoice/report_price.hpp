// Report prices: what each item on an invoice brought in, once a line or a link was changed by hand
// (X4; S1-34 to S1-44). Until then an item's report price is its share of its line (arithmetic 7).
//
//     a bill of 1000.00 and 100 h at 50.00, all lines removed and one of 5000.00 typed: the bill
//     keeps 1000.00 and the hours share 4000.00, 40.00 an hour (S1-42)
//
// Report prices + unallocated = line amounts before tax, always.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "money/wide.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// A line with an amount; text lines do not count.
struct MatchedLine {
  std::int64_t line = 0;
  std::int64_t amount_minor = 0;  ///< before tax, with allowance
};

/// An item's link to an invoice.
struct MatchedPlace {
  ItemId item;
  std::int64_t line = 0;  ///< 0: an orphan, its line was removed and it stays linked
  bool floats = false;    ///< hours priced otherwise than contractual; all else keeps its price
  std::int64_t update_row_minor = 0;  ///< what it keeps when it does not float
  Int128 original_weight = 0;         ///< quantity x price before any change, on any common scale
};

struct ReportPrices {
  std::vector<std::int64_t> minor;  ///< by place
  std::int64_t unallocated_minor = 0;
};

/// The order of the input is irrelevant: ties go to the lower item id.
/// @throws Error{failed} when a sum does not fit.
ReportPrices match_report_prices(std::span<const MatchedLine> lines,
                                 std::span<const MatchedPlace> places);

}  // namespace billctl
