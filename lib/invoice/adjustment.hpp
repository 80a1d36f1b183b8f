// Adjustment: a signed amount beside an item or a line, with its reason; the source never changes
// (arithmetic.md 8, S4-25, S4-26).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"
#include "outcome/words.hpp"

namespace billctl {

enum class AdjustmentKind { revalue, write, daily, rate_type, typed };
constexpr std::array<std::string_view, 5> kAdjustmentKindWords = {"revalue", "write", "daily",
                                                                  "rate_type", "typed"};
inline std::string_view word(AdjustmentKind kind) {
  return word_of(kAdjustmentKindWords, kind);
}
inline std::optional<AdjustmentKind> adjustment_kind_of(std::string_view word) {
  return find_word<AdjustmentKind>(kAdjustmentKindWords, word);
}

struct Adjustment {
  std::int64_t id = 0;
  InvoiceId invoice;
  ItemId item;            ///< none: the line alone
  std::int64_t line = 0;  ///< 0: none
  AdjustmentKind kind = AdjustmentKind::write;
  std::int64_t amount_minor = 0;
  std::optional<Decimal> unit_price;  ///< that it set (revalue, rate_type)
  std::string reason;
  Instant at = Instant::from_seconds(0);
  std::string actor;
  std::optional<Instant> undone_at;
  EventId event;  ///< of the journal, that made it
};

}  // namespace billctl
