// A session as the reports of toggl, clockify and kimai have it: a local date and time of start and
// stop in columns of their own, and a printed duration.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "intake/foreign/export_sheet.hpp"
#include "intake/foreign/foreign_entry.hpp"
#include "intake/foreign/foreign_text.hpp"
#include "intake/session_times.hpp"

namespace billctl {

struct SessionColumns {
  std::optional<std::size_t> start_date, start_time, stop_date, stop_time, duration;
};

/// The date and time of two cells; nothing and a mistake when one of them can't be read.
std::optional<LocalTime> read_local_time(ExportSheet& sheet, ForeignDates& dates,
                                         std::optional<std::size_t> date,
                                         std::optional<std::size_t> time);

/// A printed duration, where the column is there and filled.
/// @return false, and a mistake, when it can't be read.
bool read_duration(ExportSheet& sheet, std::optional<std::size_t> column,
                   std::optional<ForeignDuration>& duration);

/// Makes start, stop, work date and seconds of the entry. A printed duration that only rounding
/// parts from start and stop is the time between them; another one counts and is told.
/// @return false, and a mistake at the cell, when the times can't be.
bool set_times(ExportSheet& sheet, const SessionColumns& columns, const ForeignOptions& options,
               LocalTime started, std::optional<LocalTime> stopped,
               const std::optional<ForeignDuration>& duration, ForeignEntry& entry);

/// The same for a source that is no sheet.
std::optional<SessionTimes> resolve_foreign(const RecordedTimes& recorded,
                                            std::int64_t hidden_seconds, const Zone& zone,
                                            std::optional<TimesMistake>& mistake);

}  // namespace billctl
