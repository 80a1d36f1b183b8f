// Numbering: how a series writes its numbers (S4-8 to S4-11, X28). A format is text with one {n}
// and perhaps a year, e.g. "INV{n:05}" -> INV00042, "{fyear}-{n:04}" -> 2027-0042. A series whose
// format names a year starts at 1 each year; which number comes next is the ledger's counter, not
// ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "text/format_mistake.hpp"

namespace billctl {

class NumberFormat {
 public:
  /// Reads "INV{n:05}". Fields: {n}, {n:0WIDTH} with a width of 1 to 18, {year}, {fyear}.
  /// @return nothing for a format without {n} or with two, with both years, with an unknown field,
  /// an open brace, blanks or control characters, or more than 60 characters; `mistake` then says
  /// which.
  static std::optional<NumberFormat> parse(std::string_view text, FormatMistake* mistake = nullptr);

  /// As it was read.
  const std::string& text() const { return text_; }

  /// The number of that count: n = 42 on 2026-10-01 in "INV{n:05}" is INV00042. More digits than
  /// the width are kept: INV123456.
  std::string number(std::int64_t n, Date invoice_date, MonthDay fiscal_year_start) const;

  /// The year whose count a document of that date takes part in; 0 when the series never starts
  /// anew.
  int counting_year(Date invoice_date, MonthDay fiscal_year_start) const;

  /// Whether the series itself could once produce this text, in whatever year: an override that it
  /// could is refused (X28). "INV{n:05}": INV00042 and INV123456 yes; INV42, INV00042-R1, INV012345
  /// no.
  bool could_produce(std::string_view number) const;

  /// Whether one text could be a number of both: two series must never give the same number.
  bool clashes_with(const NumberFormat& other) const;

  bool operator==(const NumberFormat& other) const { return text_ == other.text_; }

 private:
  struct Part {
    enum class Kind : std::uint8_t { literal, count, year, fiscal_year };
    Kind kind;
    std::string literal;
    int width = 0;
  };
  NumberFormat() = default;
  /// For each place of a number whose count has so many digits, the letters that may stand there.
  std::vector<std::string> letters(std::size_t count_digits) const;
  std::string text_;
  std::vector<Part> parts_;
};

/// What a re-issue proposes: "INV00042" -> "INV00042-R1" -> "INV00042-R2" (S4-11).
std::string reissue_number(std::string_view number);

/// A series as the config describes it; `credit` has none of its own when it shares `issued`.
struct Series {
  NumberFormat format;
  std::int64_t first = 1;  ///< read once, when the counter is made
};

}  // namespace billctl
