#include "intake/foreign/local_session.hpp"

#include <cstdlib>

namespace billctl {

std::optional<LocalTime> read_local_time(ExportSheet& sheet, ForeignDates& dates,
                                         std::optional<std::size_t> date,
                                         std::optional<std::size_t> time) {
  std::string why;
  const auto day = dates.parse(sheet.cell(date), why);
  if (!day) {
    const bool two_ways = why.ends_with("in two ways");
    sheet.wrong(date, why, two_ways ? "say which with --dates dmy or --dates mdy" : "");
    return std::nullopt;
  }
  const auto second = parse_foreign_time(sheet.cell(time));
  if (!second) {
    sheet.wrong(time, "no time of day");
    return std::nullopt;
  }
  return LocalTime{*day, *second};
}

bool read_duration(ExportSheet& sheet, std::optional<std::size_t> column,
                   std::optional<ForeignDuration>& duration) {
  duration.reset();
  if (sheet.cell(column).empty()) return true;
  std::string why;
  duration = parse_foreign_duration(sheet.cell(column), why);
  if (!duration) sheet.wrong(column, why);
  return duration.has_value();
}

std::optional<SessionTimes> resolve_foreign(const RecordedTimes& recorded,
                                            std::int64_t hidden_seconds, const Zone& zone,
                                            std::optional<TimesMistake>& mistake) {
  auto times = resolve_times(recorded, zone, Repeated::nearest, mistake);
  if (!times || !times->seconds_differ) return times;
  const std::int64_t length = times->stopped_at->seconds() - times->started_at->seconds();
  if (std::llabs(length - *times->seconds) > hidden_seconds) return times;
  times->seconds = length;
  times->seconds_differ = false;
  return times;
}

bool set_times(ExportSheet& sheet, const SessionColumns& columns, const ForeignOptions& options,
               LocalTime started, std::optional<LocalTime> stopped,
               const std::optional<ForeignDuration>& duration, ForeignEntry& entry) {
  RecordedTimes recorded;
  recorded.started = started;
  if (stopped) recorded.stopped = *stopped;
  if (duration) recorded.seconds = duration->seconds;
  std::optional<TimesMistake> mistake;
  const auto times =
      resolve_foreign(recorded, duration ? duration->hidden_seconds : 0, options.zone, mistake);
  if (!times) {
    const bool at_start = mistake->of == TimesMistake::Of::started;
    sheet.wrong(at_start ? columns.start_time : columns.stop_time, mistake->why,
                "say in which zone the file is with --zone");
    return false;
  }
  entry.started_at = times->started_at;
  entry.stopped_at = times->stopped_at;
  entry.seconds = times->seconds;
  entry.seconds_differ = times->seconds_differ;
  entry.work_on = started.date;
  return true;
}

}  // namespace billctl
