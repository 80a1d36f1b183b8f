// Item history: what happened to an item since it was made, and the row that its price came from;
// what `explain` prints.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/instant.hpp"
#include "ledger/item_list.hpp"
#include "ledger/ledger.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// One thing that happened.
struct HistoryLine {
  Instant at = Instant::from_seconds(0);
  std::string by;
  std::string what;  ///< `item 12 made (time)`, `drafted`, `issued` …
};

/// Made, made anew, released, linked, and what became of its invoice; oldest first.
std::vector<HistoryLine> item_history(Ledger& ledger, TenantId tenant, const ListedItem& listed);

/// A row of a price list or of the rate card as it stands now.
struct PriceRowText {
  std::string text;  ///< `list std, product consult, from 2026-01-01`
  Decimal price;
};
/// Nothing for an item whose price came from elsewhere, or when the row is gone.
std::optional<PriceRowText> price_row_of(Ledger& ledger, const Item& item);

}  // namespace billctl
