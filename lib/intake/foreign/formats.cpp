#include "intake/foreign/formats.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "intake/foreign/foreign_text.hpp"
#include "money/rounding.hpp"

namespace billctl {
namespace {

constexpr std::array<std::string_view, 6> kWords = {"toggl",    "kimai",       "harvest",
                                                    "clockify", "timewarrior", "timeclock"};

/// Kimai exports its report as CSV and its API gives JSON: the first byte tells.
bool begins_with_bracket(Window& window) {
  constexpr std::size_t kEnough = 64;
  while (window.size() < kEnough && window.more()) {
  }
  const std::size_t first = window.text().find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && window.text()[first] == '[';
}

}  // namespace

std::string_view word(ForeignFormat format) {
  return kWords[static_cast<std::size_t>(format)];
}

std::optional<ForeignFormat> foreign_format_of(std::string_view word) {
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<ForeignFormat>(found - kWords.begin());
}

std::vector<std::string> foreign_format_words() {
  return {kWords.begin(), kWords.end()};
}

std::optional<DateOrder> date_order_of(std::string_view word) {
  if (word == "dmy") return DateOrder::dmy;
  if (word == "mdy") return DateOrder::mdy;
  return std::nullopt;
}

std::unique_ptr<ForeignReader> open_foreign(ForeignFormat format, Source& source,
                                            const ForeignOptions& options, Mistakes& mistakes) {
  Window window(source, options.buffer_bytes);
  switch (format) {
    case ForeignFormat::toggl:
      return open_toggl(std::move(window), options, mistakes);
    case ForeignFormat::clockify:
      return open_clockify(std::move(window), options, mistakes);
    case ForeignFormat::harvest:
      return open_harvest(std::move(window), options, mistakes);
    case ForeignFormat::kimai:
      return begins_with_bracket(window) ? open_kimai_json(std::move(window), options, mistakes)
                                         : open_kimai_csv(std::move(window), options, mistakes);
    case ForeignFormat::timewarrior:
      return open_timewarrior(std::move(window), options, mistakes);
    case ForeignFormat::timeclock:
      return open_timeclock(std::move(window), options, mistakes);
  }
  expect(false, "every foreign format has a reader");
  return nullptr;
}

bool read_billable(ExportSheet& sheet, std::optional<std::size_t> column, ForeignEntry& entry) {
  if (!column) return true;
  const auto billable = parse_foreign_flag(sheet.cell(column));
  if (!billable) {
    sheet.wrong(column, "yes or no is needed");
    return false;
  }
  entry.billable = *billable;
  return true;
}

void identify(RowIdentity& identity, const std::string& start, ForeignEntry& entry) {
  const std::string& person = entry.email.empty() ? entry.member : entry.email;
  entry.ref =
      identity.of({person, start, entry.client, entry.project, entry.task, entry.description});
  entry.slot = person + '|' + start;
}

bool read_hourly_price(ExportSheet& sheet, std::optional<std::size_t> column, std::string currency,
                       ForeignEntry& entry) {
  if (sheet.cell(column).empty()) return true;
  std::string why;
  const auto price = parse_foreign_price(sheet.cell(column), why);
  if (!price) {
    sheet.wrong(column, why);
    return false;
  }
  if (price->is_zero()) return true;
  entry.hourly_price = *price;
  entry.currency = std::move(currency);
  return true;
}

bool read_amount_as_price(ExportSheet& sheet, std::optional<std::size_t> column,
                          std::string currency, ForeignEntry& entry) {
  if (!read_hourly_price(sheet, column, std::move(currency), entry)) return false;
  if (entry.hourly_price) entry.hourly_price = price_of(*entry.hourly_price, *entry.seconds);
  return true;
}

std::optional<Decimal> price_of(Decimal amount, std::int64_t seconds) {
  if (seconds == 0 || amount.is_zero()) return std::nullopt;
  const Int128 micro = round_divide(Int128{amount.micro()} * 3600, seconds, Rounding::half_away);
  return Decimal::from_micro(narrowed(micro, "a price"));
}

}  // namespace billctl
