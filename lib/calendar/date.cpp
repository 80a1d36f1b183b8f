#include "calendar/date.hpp"

#include <algorithm>

#include "calendar/digits.hpp"

namespace billctl {
namespace {

constexpr int kDaysInEra = 146097;    // 400 years
constexpr int kDaysToEpoch = 719468;  // from 0000-03-01 to 1970-01-01

// Howard Hinnant's days_from_civil: years are counted from March, so that the leap day is the last.
constexpr std::int32_t days_from(int year, int month, int day) {
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysInEra + day_of_era - kDaysToEpoch;
}
static_assert(days_from(1970, 1, 1) == 0);
static_assert(days_from(1, 1, 1) == Date::first_of_all().days());
static_assert(days_from(9999, 12, 31) == Date::last_of_all().days());

constexpr bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

}  // namespace

std::string IsoWeek::to_text() const {
  std::string text;
  digits::append(text, year, 4);
  text += "-W";
  digits::append(text, week, 2);
  return text;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date(days_from(year, month, day));
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return of(digits::read(text, 0, 4), digits::read(text, 5, 2), digits::read(text, 8, 2));
}

Date::Fields Date::fields() const {
  const int shifted = days_ + kDaysToEpoch;
  const int era = (shifted >= 0 ? shifted : shifted - (kDaysInEra - 1)) / kDaysInEra;
  const int day_of_era = shifted - era * kDaysInEra;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

Weekday Date::weekday() const {
  // 1970-01-01 was a Thursday.
  const int from_monday = ((days_ + 3) % 7 + 7) % 7;
  return static_cast<Weekday>(from_monday + 1);
}

IsoWeek Date::iso_week() const {
  // A week belongs to the year of its Thursday.
  const Date thursday = add_days(4 - static_cast<int>(weekday()));
  const int year = thursday.year();
  return {year, (thursday.days_ - days_from(year, 1, 1)) / 7 + 1};
}

Date Date::add_months(int months) const {
  const auto [year, month, day] = fields();
  const int from_zero = year * 12 + (month - 1) + months;
  const int new_year = from_zero >= 0 ? from_zero / 12 : (from_zero - 11) / 12;
  const int new_month = from_zero - new_year * 12 + 1;
  return Date(days_from(new_year, new_month, std::min(day, days_in_month(new_year, new_month))));
}

Date Date::first_of_month() const {
  return add_days(1 - day());
}

Date Date::last_of_month() const {
  const auto [year, month, day] = fields();
  return add_days(days_in_month(year, month) - day);
}

std::string Date::to_text() const {
  std::string text;
  append_to(text);
  return text;
}

void Date::append_to(std::string& out) const {
  const auto [year, month, day] = fields();
  digits::append(out, year, 4);
  out += '-';
  digits::append(out, month, 2);
  out += '-';
  digits::append(out, day, 2);
}

std::optional<Date> monday_of(IsoWeek week) {
  const auto january_fourth = Date::of(week.year, 1, 4);  // always in week 1
  if (!january_fourth || week.week < 1 || week.week > 53) return std::nullopt;
  const int from_monday = static_cast<int>(january_fourth->weekday()) - 1;
  const Date monday = january_fourth->add_days((week.week - 1) * 7 - from_monday);
  if (monday.iso_week() != week) return std::nullopt;
  return monday;
}

std::optional<MonthDay> MonthDay::parse(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const int month = digits::read(text, 0, 2);
  const int day = digits::read(text, 3, 2);
  constexpr int kCommonYear = 2001;
  if (!Date::of(kCommonYear, month, day)) return std::nullopt;
  return MonthDay{month, day};
}

int fiscal_year(Date date, MonthDay start) {
  const auto [year, month, day] = date.fields();
  if (start.month == 1 && start.day == 1) return year;
  const bool started = month != start.month ? month > start.month : day >= start.day;
  return started ? year + 1 : year;
}

}  // namespace billctl
