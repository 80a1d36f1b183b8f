// Date: a day of the civil (proleptic Gregorian) calendar, held as days since 1970-01-01. The work
// date of an entry, the date of an invoice; no time of day and no zone (spec/arithmetic.md, X27).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace billctl {

enum class Weekday : std::uint8_t {
  monday = 1,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};

/// A week as ISO 8601 counts: 2027-01-01 is in week 53 of 2026.
struct IsoWeek {
  int year;
  int week;  ///< 1..53
  auto operator<=>(const IsoWeek&) const = default;
  /// "2026-W44".
  std::string to_text() const;
};

class Date {
 public:
  /// Years 1 to 9999; nothing for a day that does not exist, such as 2026-02-30.
  static std::optional<Date> of(int year, int month, int day);
  /// Reads exactly "YYYY-MM-DD"; nothing for everything else.
  static std::optional<Date> parse(std::string_view text);
  /// @param days since 1970-01-01: what the ledger stores.
  static constexpr Date from_days(std::int32_t days) { return Date(days); }
  static constexpr Date first_of_all() { return Date(-719162); }  ///< 0001-01-01
  static constexpr Date last_of_all() { return Date(2932896); }   ///< 9999-12-31

  constexpr std::int32_t days() const { return days_; }
  int year() const { return fields().year; }
  int month() const { return fields().month; }  ///< 1..12
  int day() const { return fields().day; }      ///< 1..31
  struct Fields {
    int year;
    int month;
    int day;
  };
  /// Year, month and day at once, for who needs all three.
  Fields fields() const;

  Weekday weekday() const;
  IsoWeek iso_week() const;

  Date add_days(std::int32_t days) const { return Date(days_ + days); }
  /// The same day of a later (or earlier) month, or its last when there is none: 2026-01-31 and
  /// one month -> 2026-02-28.
  Date add_months(int months) const;
  Date first_of_month() const;
  Date last_of_month() const;

  /// "2026-10-31".
  std::string to_text() const;
  void append_to(std::string& out) const;

  auto operator<=>(const Date&) const = default;

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  std::int32_t days_;
};

/// 28..31.
int days_in_month(int year, int month);
/// The Monday of that week; nothing when the year has no such week.
std::optional<Date> monday_of(IsoWeek week);

/// A day of every year, such as the start of the fiscal year.
struct MonthDay {
  int month;
  int day;
  /// Reads "MM-DD"; 02-29 is refused, since not every year has it.
  static std::optional<MonthDay> parse(std::string_view text);
  bool operator==(const MonthDay&) const = default;
};

/// The year in which the fiscal year of that date ends, `{fyear}` of the numbering: with a start at
/// 04-01, 2026-10-01 -> 2027 and 2026-03-31 -> 2026; with a start at 01-01 the year itself.
int fiscal_year(Date date, MonthDay start);

}  // namespace billctl
