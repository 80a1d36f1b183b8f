// Foreign text: dates, times of day, durations and numbers as other programs and their users'
// settings write them. Each function gives the value, or nothing and in `why` what is wrong.
//
//     "26.01.2015", "03/04/2026" (with its order), "2026-10-01"     "9:00 AM", "21:30:15"
//     "2:30" -> 9000 s    "0,12" -> 432 s    "2.000,0" -> 2000
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "intake/foreign/foreign_entry.hpp"
#include "money/decimal.hpp"

namespace billctl {

/// Reads the dates of one file. A date that can be read in two ways is refused unless the order is
/// given; so is one that contradicts the order that an earlier date of the file has shown.
class ForeignDates {
 public:
  explicit ForeignDates(std::optional<DateOrder> order) : given_(order), order_(order) {}
  std::optional<Date> parse(std::string_view text, std::string& why);

 private:
  std::optional<Date> in_order(int first, int second, int year, DateOrder order, std::string& why);

  std::optional<DateOrder> given_;
  std::optional<DateOrder> order_;  ///< given, or shown by a date that can be read in one way only
};

/// A time of day with 24 hours or with AM or PM: the second of the day.
std::optional<std::int32_t> parse_foreign_time(std::string_view text);

struct ForeignDuration {
  std::int64_t seconds = 0;
  /// How far the true length may be from what was printed: `2:30` hides up to 59 s, 0.01 h up
  /// to 18.
  std::int64_t hidden_seconds = 0;
};
/// `h:mm`, `h:mm:ss`, or decimal hours with a point or a comma; to the nearest second.
std::optional<ForeignDuration> parse_foreign_duration(std::string_view text, std::string& why);

/// A price with its decimal mark and maybe grouping, rounded to 6 digits; not negative.
std::optional<Decimal> parse_foreign_price(std::string_view text, std::string& why);

/// Yes, no and their like in the languages of the exports; nothing for other text.
std::optional<bool> parse_foreign_flag(std::string_view text);

/// `support, urgent` -> two tags, blanks around them left out.
std::vector<std::string> parse_foreign_tags(std::string_view text);

/// The three capital letters of `EUR`, `Euro - EUR` or `Amount (EUR)`; empty when there are none.
std::string currency_in(std::string_view text);

}  // namespace billctl
