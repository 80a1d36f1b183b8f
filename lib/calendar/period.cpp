#include "calendar/period.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "calendar/digits.hpp"
#include "outcome/error.hpp"

namespace billctl {
namespace {

Period months(int year, int month, int count) {
  const Date first = *Date::of(year, month, 1);
  return Period::from_to(first, first.add_months(count).add_days(-1));
}

Period quarter_of(Date date) {
  return months(date.year(), (date.month() - 1) / 3 * 3 + 1, 3);
}
Period month_of(Date date) {
  return months(date.year(), date.month(), 1);
}
Period year_of(Date date) {
  return months(date.year(), 1, 12);
}
Period week_of(Date date) {
  const Date monday = date.add_days(1 - static_cast<int>(date.weekday()));
  return Period::from_to(monday, monday.add_days(6));
}

using PeriodOf = Period (*)(Date);
constexpr std::array<std::pair<std::string_view, PeriodOf>, 4> kSpans = {
    {{"month", month_of}, {"week", week_of}, {"quarter", quarter_of}, {"year", year_of}}};

/// `this-month`, `last-quarter`, `today`, `yesterday`.
std::optional<Period> parse_relative(std::string_view text, Date today) {
  if (text == "today") return Period::one_day(today);
  if (text == "yesterday") return Period::one_day(today.add_days(-1));
  const bool this_one = text.starts_with("this-");
  if (!this_one && !text.starts_with("last-")) return std::nullopt;
  for (const auto& [word, period_of] : kSpans) {
    if (text.substr(5) != word) continue;
    const Period now = period_of(today);
    return this_one ? now : period_of(now.first().add_days(-1));
  }
  return std::nullopt;
}

void tell(std::string* why, std::string reason) {
  if (why != nullptr) *why = std::move(reason);
}

/// The part behind the year: "10", "Q4", "W44".
std::optional<Period> parse_part_of_year(int year, std::string_view part, std::string* why) {
  const std::string in_year = std::to_string(year) + " has no ";
  if (part.size() == 2 && part[0] == 'Q') {
    const int quarter = digits::read(part, 1, 1);
    if (quarter >= 1 && quarter <= 4) return months(year, (quarter - 1) * 3 + 1, 3);
    tell(why, in_year + "quarter " + std::string(part.substr(1)));
    return std::nullopt;
  }
  if (part.size() == 3 && part[0] == 'W' && digits::read(part, 1, 2) >= 0) {
    if (const auto monday = monday_of({year, digits::read(part, 1, 2)})) return week_of(*monday);
    tell(why, in_year + "week " + std::string(part.substr(1)));
    return std::nullopt;
  }
  const int month = part.size() == 2 ? digits::read(part, 0, 2) : -1;
  if (month < 0) return std::nullopt;
  if (month >= 1 && month <= 12) return months(year, month, 1);
  tell(why, in_year + "month " + std::string(part));
  return std::nullopt;
}

/// One period without `..`.
std::optional<Period> parse_one(std::string_view text, Date today, std::string* why) {
  tell(why, "\"" + std::string(text) + "\" is no period");
  if (const auto relative = parse_relative(text, today)) return relative;
  const int year = digits::read(text, 0, 4);
  if (year < 1) return std::nullopt;
  if (text.size() == 4) return months(year, 1, 12);
  if (text[4] != '-') return std::nullopt;
  if (text.size() == 10 && text[7] == '-') {
    if (const auto date = Date::parse(text)) return Period::one_day(*date);
    tell(why, "there is no date " + std::string(text));
    return std::nullopt;
  }
  return parse_part_of_year(year, text.substr(5), why);
}

}  // namespace

Period Period::from_to(Date first, Date last) {
  expect(first <= last, "a period begins before it ends");
  return Period(first, last.add_days(1));
}

Period Period::month(int year, int month) {
  return months(year, month, 1);
}

std::optional<Period> Period::parse(std::string_view text, Date today, std::string* why) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return parse_one(text, today, why);
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  if (from.empty() && to.empty()) {
    tell(why, "\"..\" has no dates");
    return std::nullopt;
  }
  const auto begin = from.empty() ? std::optional(always()) : parse_one(from, today, why);
  if (!begin) return std::nullopt;
  const auto end = to.empty() ? std::optional(always()) : parse_one(to, today, why);
  if (!end) return std::nullopt;
  if (begin->first_ > end->last()) {
    tell(why, begin->first_.to_text() + " is after " + end->last().to_text());
    return std::nullopt;
  }
  return Period(begin->first_, end->past_);
}

Period Period::widened(Date date) const {
  return Period(std::min(first_, date), std::max(past_, date.add_days(1)));
}

std::optional<Period> Period::within(const Period& other) const {
  if (!overlaps(other)) return std::nullopt;
  return Period(std::max(first_, other.first_), std::min(past_, other.past_));
}

std::string Period::to_text() const {
  std::string text;
  if (first_ != Date::first_of_all()) first_.append_to(text);
  text += "..";
  if (last() != Date::last_of_all()) last().append_to(text);
  return text;
}

std::string Period::to_text_with_days() const {
  if (first_ == Date::first_of_all() || last() == Date::last_of_all()) return to_text();
  return to_text() + " (" + std::to_string(days()) + (days() == 1 ? " day)" : " days)");
}

std::string Period::name() const {
  const std::string first = first_.to_text();
  const std::string year = first.substr(0, 4);
  if (*this == one_day(first_)) return first;
  if (*this == month_of(first_)) return first.substr(0, 7);
  if (*this == quarter_of(first_)) return year + "-Q" + std::to_string((first_.month() + 2) / 3);
  if (*this == year_of(first_)) return year;
  if (*this == week_of(first_)) return first_.iso_week().to_text();
  return to_text();
}

}  // namespace billctl
