#include "money/time_unit.hpp"

#include "outcome/error.hpp"

namespace billctl {

std::string_view word(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::hour:
      return "hour";
    case TimeUnit::minute:
      return "min";
    case TimeUnit::day:
      return "day";
  }
  expect(false, "a time unit is hour, min or day");
  return {};
}

std::optional<TimeUnit> time_unit_of(std::string_view text) {
  for (const TimeUnit unit : {TimeUnit::hour, TimeUnit::minute, TimeUnit::day})
    if (word(unit) == text) return unit;
  return std::nullopt;
}

Decimal seconds_per(TimeUnit unit, Decimal hours_per_day) {
  switch (unit) {
    case TimeUnit::hour:
      return Decimal::from_integer(3600);
    case TimeUnit::minute:
      return Decimal::from_integer(60);
    case TimeUnit::day:
      return Decimal::from_micro(
          checked_multiply(hours_per_day.micro(), std::int64_t{3600}, "the seconds of a day"));
  }
  expect(false, "a time unit is hour, min or day");
  return {};
}

}  // namespace billctl
