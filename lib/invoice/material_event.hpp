// Material event: what happened to an item on an invoice, after it was drafted. Append-only, also
// for what happens to the material of an issued invoice (X2, X3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "outcome/id.hpp"
#include "outcome/words.hpp"

namespace billctl {

enum class MaterialAct {
  link,      ///< it joined the material; the lines did not change
  release,   ///< it left the material; the lines did not change
  exclude,   ///< it left with its lines (S4-27)
  include,   ///< it joined with its lines (S4-24)
  transfer,  ///< excluded, released, and its entry moved to another task
  orphan,    ///< its line was removed by hand and it stays linked (S1-43)
  price,     ///< its update row was priced (S1-32)
  revert,    ///< its prices went back to the original ones (S1-36)
  voided,
  credit
};
constexpr std::array<std::string_view, 10> kMaterialActWords = {
    "link",   "release", "exclude", "include", "transfer",
    "orphan", "price",   "revert",  "void",    "credit"};
inline std::string_view word(MaterialAct act) {
  return word_of(kMaterialActWords, act);
}
inline std::optional<MaterialAct> material_act_of(std::string_view word) {
  return find_word<MaterialAct>(kMaterialActWords, word);
}

struct MaterialEvent {
  InvoiceId invoice;
  ItemId item;
  MaterialAct what = MaterialAct::link;
  /// Of release, exclude and transfer: what exclusions grew by, the item's initial value; of link
  /// and include: minus what was booked so before, since a card that comes back is fresh (S4-29);
  /// of price: the new price.
  std::int64_t amount_minor = 0;
  std::string reason;
  Instant at = Instant::from_seconds(0);
  std::string actor;
  EventId event;  ///< of the journal, that it is part of
};

}  // namespace billctl
