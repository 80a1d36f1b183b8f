// Split entry: one recorded entry becomes two whose seconds, quantities and amounts add up to it.
//
//   e1 9:00-12:00 split at 10:00  -> e1 9:00-10:00, 3600 s and e1~2 10:00-12:00, 7200 s
//   e2 25.00 of expenses, 10.00   -> e2 10.00 and e2~2 15.00
//
// The first keeps its id and what was edited here stays in later imports; the second is known here
// alone, and goes when a `--replace` withdraws the first.
#pragma once

#include <optional>
#include <string>

#include "intake/cell_text.hpp"
#include "money/decimal.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// One of them says where to divide: what the first one keeps.
struct SplitRequest {
  std::string entry;
  std::optional<Moment> at;  ///< an instant between start and stop
  std::optional<std::int64_t> seconds;
  std::optional<std::int64_t> distance_metres;
  std::optional<Decimal> quantity;
  std::string amount;
  std::string description;  ///< of the second; empty: the same
};

/// `{entry, share, entries: [both as entry show begins], remade, released}`.
/// @throws Error{not_found}, {entry_locked}, {usage} when a part would be nothing or more than all,
/// {wrong_state} for a quote.
Report split_entry(Session& session, const SplitRequest& request);

}  // namespace billctl
