#include "calendar/instant.hpp"

#include "calendar/digits.hpp"

namespace billctl {
namespace {

std::optional<std::int32_t> second_of_day(int hour, int minute, int second) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  return hour * 3600 + minute * 60 + second;
}

/// How long the time of day is at the start of the text: "09:00" 5, "09:00:00" 8.
std::size_t time_length(std::string_view text) {
  return text.size() >= 6 && text[5] == ':' ? 8 : 5;
}

/// Seconds east of UTC of "Z", "+03:00", "+0300" or "+03"; nothing for anything else.
std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int hours = digits::read(text, 1, 2);
  int minutes = 0;
  if (text.size() == 6 && text[3] == ':') {
    minutes = digits::read(text, 4, 2);
  } else if (text.size() == 5) {
    minutes = digits::read(text, 3, 2);
  } else if (text.size() != 3) {
    return std::nullopt;
  }
  const auto offset = second_of_day(hours, minutes, 0);
  if (!offset) return std::nullopt;
  return text[0] == '-' ? -*offset : *offset;
}

/// "20261001T060000Z".
std::optional<Instant> parse_basic(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  const auto date =
      Date::of(digits::read(text, 0, 4), digits::read(text, 4, 2), digits::read(text, 6, 2));
  const auto time =
      second_of_day(digits::read(text, 9, 2), digits::read(text, 11, 2), digits::read(text, 13, 2));
  if (!date || !time) return std::nullopt;
  return Instant::from_seconds(LocalTime{*date, *time}.seconds());
}

/// Takes a fraction of a second off the front; one without digits stays and will be refused.
std::string_view without_fraction(std::string_view rest) {
  if (rest.empty() || rest[0] != '.') return rest;
  std::size_t end = 1;
  while (end < rest.size() && rest[end] >= '0' && rest[end] <= '9') ++end;
  return end == 1 ? rest : rest.substr(end);
}

}  // namespace

std::optional<std::int32_t> parse_time_of_day(std::string_view text) {
  if (text.size() != time_length(text) || text[2] != ':') return std::nullopt;
  const int second = text.size() == 8 ? digits::read(text, 6, 2) : 0;
  return second_of_day(digits::read(text, 0, 2), digits::read(text, 3, 2), second);
}

std::optional<LocalTime> LocalTime::parse(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto date = Date::parse(text.substr(0, 10));
  const auto time = parse_time_of_day(text.substr(11));
  if (!date || !time) return std::nullopt;
  return LocalTime{*date, *time};
}

LocalTime LocalTime::from_seconds(std::int64_t seconds) {
  std::int64_t days = seconds / 86400;
  std::int64_t rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  return {Date::from_days(static_cast<std::int32_t>(days)), static_cast<std::int32_t>(rest)};
}

std::string LocalTime::to_text() const {
  std::string text;
  date.append_to(text);
  text += ' ';
  digits::append(text, hour(), 2);
  text += ':';
  digits::append(text, minute(), 2);
  text += ':';
  digits::append(text, second(), 2);
  return text;
}

std::optional<Instant> Instant::parse(std::string_view text) {
  if (text.size() < 17) return parse_basic(text);
  const std::size_t local_length = 11 + time_length(text.substr(11));
  const auto local = LocalTime::parse(text.substr(0, local_length));
  if (!local) return std::nullopt;
  const auto offset = parse_offset(without_fraction(text.substr(local_length)));
  if (!offset) return std::nullopt;
  return Instant(local->seconds() - *offset);
}

Date Instant::utc_date() const {
  return LocalTime::from_seconds(seconds_).date;
}

std::string Instant::to_text() const {
  std::string text;
  append_to(text);
  return text;
}

void Instant::append_to(std::string& out) const {
  const LocalTime utc = LocalTime::from_seconds(seconds_);
  utc.date.append_to(out);
  out += 'T';
  digits::append(out, utc.hour(), 2);
  out += ':';
  digits::append(out, utc.minute(), 2);
  out += ':';
  digits::append(out, utc.second(), 2);
  out += 'Z';
}

}  // namespace billctl
