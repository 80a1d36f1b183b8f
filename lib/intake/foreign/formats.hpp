// The readers of the single formats, and what they share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "intake/foreign/export_sheet.hpp"
#include "intake/foreign/foreign_entry.hpp"
#include "intake/foreign/row_identity.hpp"
#include "intake/window.hpp"

namespace billctl {

std::unique_ptr<ForeignReader> open_toggl(Window window, const ForeignOptions& options,
                                          Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_clockify(Window window, const ForeignOptions& options,
                                             Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_harvest(Window window, const ForeignOptions& options,
                                            Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_kimai_csv(Window window, const ForeignOptions& options,
                                              Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_kimai_json(Window window, const ForeignOptions& options,
                                               Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_timewarrior(Window window, const ForeignOptions& options,
                                                Mistakes& mistakes);
std::unique_ptr<ForeignReader> open_timeclock(Window window, const ForeignOptions& options,
                                              Mistakes& mistakes);

/// Yes or no; without the column every row is billable.
/// @return false, and a mistake, for any other text.
bool read_billable(ExportSheet& sheet, std::optional<std::size_t> column, ForeignEntry& entry);

/// Gives the entry its ref and slot from its names and its start, as the file has it.
void identify(RowIdentity& identity, const std::string& start, ForeignEntry& entry);

/// A price for an hour; 0 and an empty cell are none.
/// @return false, and a mistake, when it can't be read.
bool read_hourly_price(ExportSheet& sheet, std::optional<std::size_t> column, std::string currency,
                       ForeignEntry& entry);

/// An amount for the whole entry, as a price for an hour of it: 237.50 for 2:30 is 95.
bool read_amount_as_price(ExportSheet& sheet, std::optional<std::size_t> column,
                          std::string currency, ForeignEntry& entry);

/// The amount divided by the hours, rounded to 6 digits; nothing for 0 of either.
std::optional<Decimal> price_of(Decimal amount, std::int64_t seconds);

}  // namespace billctl
