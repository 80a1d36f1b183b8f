// Period: a range of local dates, half-open: 2026-10 is [2026-10-01, 2026-11-01). Every date is in
// exactly one month, quarter and ISO week (spec/arithmetic.md, X27).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/date.hpp"

namespace billctl {

class Period {
 public:
  /// Both inclusive, as people say it; first <= last.
  static Period from_to(Date first, Date last);
  static Period month(int year, int month);
  static Period one_day(Date date) { return from_to(date, date); }
  /// All dates there are: what no --period means.
  static Period always() { return from_to(Date::first_of_all(), Date::last_of_all()); }

  /// Reads what `--period` and a job file's `period` take (spec/cli.md, "Periods"): `2026-10`,
  /// `2026-Q4`, `2026-W44`, `this-month`, `last-month` (and week, quarter, year), `2026`,
  /// `2026-10-01`, and `A..B`, in which both are inclusive and one may be missing.
  /// @param today the local date from which this- and last- count.
  /// @param why told, when nothing is returned, what is wrong: "2026 has no week 54".
  static std::optional<Period> parse(std::string_view text, Date today, std::string* why = nullptr);

  Date first() const { return first_; }
  Date past() const { return past_; }               ///< the first date that is no longer in it
  Date last() const { return past_.add_days(-1); }  ///< inclusive
  std::int32_t days() const { return past_.days() - first_.days(); }

  bool contains(Date date) const { return first_ <= date && date < past_; }
  bool contains(const Period& other) const {
    return first_ <= other.first_ && other.past_ <= past_;
  }
  bool overlaps(const Period& other) const { return first_ < other.past_ && other.first_ < past_; }
  /// Widened just enough to hold the date (generate.md, "On the draft").
  Period widened(Date date) const;
  /// The dates in both; nothing when there are none.
  std::optional<Period> within(const Period& other) const;

  /// "2026-10-01..2026-10-31"; an open end is left out: "2026-10-01..".
  std::string to_text() const;
  /// The range as commands echo it: "2026-10-01..2026-10-31 (31 days)".
  std::string to_text_with_days() const;
  /// The shortest name that means the same: "2026-10", "2026-Q4", "2026-W44", "2026", "2026-10-01",
  /// else as to_text(). What {period} becomes in a template.
  std::string name() const;

  bool operator==(const Period&) const = default;

 private:
  Period(Date first, Date past) : first_(first), past_(past) {}
  Date first_;
  Date past_;
};

}  // namespace billctl
