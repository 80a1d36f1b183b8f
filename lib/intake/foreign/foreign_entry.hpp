// Foreign entries: recorded time as another program exports it, whatever the format: one value for
// each row, names instead of codes, instants instead of habits.
//
// Formats, and what each of them has:
//   toggl       detailed report, CSV: local start and stop, duration
//   clockify    detailed report, CSV: the same, in the user's date and time format; breaks
//   harvest     detailed report, CSV: a date and decimal hours; approved and invoiced
//   kimai       export, CSV (columns in any language) or the API's JSON: no end date in the CSV
//   timewarrior `timew export`, JSON: UTC, tags, maybe running
//   timeclock   `i` and `o` lines of hledger and ledger: account and description, maybe running
// Source: spec/import.md, "Other programs' exports".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "calendar/zone.hpp"
#include "intake/mistakes.hpp"
#include "intake/row.hpp"
#include "intake/source.hpp"
#include "money/decimal.hpp"

namespace billctl {

enum class ForeignFormat { toggl, kimai, harvest, clockify, timewarrior, timeclock };
std::string_view word(ForeignFormat format);
std::optional<ForeignFormat> foreign_format_of(std::string_view word);
std::vector<std::string> foreign_format_words();

/// How 03/04/2026 is read: on the third of April or on the fourth of March.
enum class DateOrder { dmy, mdy };
std::optional<DateOrder> date_order_of(std::string_view word);

struct ForeignEntry {
  /// The same in every export of the same work, as `toggl:5f3c…`: the format's own id, or a digest
  /// of the cells that describe the work, with `-2` for the second of equal rows.
  std::string ref;
  /// Who and when it started: what stays when the rest of a row is corrected (`--replace PERIOD`).
  std::string slot;

  // Names as the file has them; empty when it names none.
  std::string client, project, task;
  std::string member;
  std::string email;
  std::vector<std::string> tags;
  /// The format names no work but by tags: the map's [tags] say which is the client (naming.hpp).
  bool named_by_tags = false;
  /// The file has no client for this row because its export leaves them out, not because there is
  /// none: the project must be known, it is not internal.
  bool client_left_out = false;

  std::optional<Instant> started_at;    ///< absent where the format has dates only
  std::optional<Instant> stopped_at;    ///< absent while running
  Date work_on = Date::from_days(0);    ///< the local date of the start
  std::optional<std::int64_t> seconds;  ///< absent while running
  /// The file's duration is not that from start to stop, beyond what rounding explains: it counts.
  bool seconds_differ = false;

  std::string description;
  bool billable = true;
  std::optional<bool> approved;  ///< only where the format says (Harvest)
  std::string invoiced_as;  ///< a number or, without one, the format's word; empty: not invoiced
  std::optional<Decimal> hourly_price;  ///< only when asked for, and not 0
  std::string currency;                 ///< of the price, empty where the file has none
  Position at;                          ///< of the row
};

struct ForeignOptions {
  Zone zone;                       ///< of local times
  std::optional<DateOrder> dates;  ///< absent: a date that can be read in two ways is refused
  std::string member;              ///< who, in formats that name nobody: part of their identity
  bool take_prices = false;
  std::size_t buffer_bytes = kBufferBytes;
};

class ForeignReader {
 public:
  virtual ~ForeignReader() = default;
  /// The next entry; a row that can't be read is among the mistakes and is passed over.
  virtual bool next(ForeignEntry& entry) = 0;
};

/// Source and mistakes must outlive the reader.
std::unique_ptr<ForeignReader> open_foreign(ForeignFormat format, Source& source,
                                            const ForeignOptions& options, Mistakes& mistakes);

}  // namespace billctl
