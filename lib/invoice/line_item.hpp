// LineItem: a pending item as generate needs it: plain bytes, so that a million of them can be
// sorted through a temporary file. What it measures depends on its kind: seconds, metres, pieces.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "billable/item.hpp"
#include "calendar/date.hpp"
#include "invoice/options.hpp"
#include "money/decimal.hpp"
#include "outcome/error.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// A unit's word held in place: ours or a Rec 20 code, at most 8 letters.
class UnitWord {
 public:
  UnitWord() = default;
  explicit UnitWord(std::string_view word) {
    expect(word.size() <= letters_.size(), "a unit has at most 8 letters");
    std::ranges::copy(word, letters_.begin());
  }
  std::string_view text() const {
    const auto end = std::ranges::find(letters_, '\0');
    return {letters_.data(), static_cast<std::size_t>(end - letters_.begin())};
  }
  auto operator<=>(const UnitWord&) const = default;

 private:
  std::array<char, 8> letters_{};
};

/// How one item wants to be grouped; it may differ from item to item of one invoice, by engagement.
struct ItemGrouping {
  ProjectGrouping projects = ProjectGrouping::project;
  GroupHours hours = GroupHours::jobtype;
  GroupTravel travel = GroupTravel::specified;
  bool operator==(const ItemGrouping&) const = default;
};

struct LineItem {
  ItemId id;
  EntryId entry;
  ProjectId project;
  EngagementId engagement;
  TaskId task;
  MemberId member;
  JobTypeId job_type;
  ProductId product;
  Decimal unit_price;
  /// Billed seconds of time, joined and travel_time; metres of mileage; millionths of the quantity
  /// of all else.
  std::int64_t measure = 0;
  Date work_on = Date::from_days(0);
  std::uint32_t treatment = 0;  ///< its taxes, an index into TaxTreatments
  UnitWord unit;
  ItemKind kind = ItemKind::time;
  bool uncharged = false;  ///< contractual or joined: at 0 on purpose (X7)
  ItemGrouping grouping;
};

/// Whether the item's measure is seconds: its unit is hour, min or day.
inline bool is_timed(ItemKind kind) {
  return kind == ItemKind::time || kind == ItemKind::joined || kind == ItemKind::travel_time;
}

}  // namespace billctl
