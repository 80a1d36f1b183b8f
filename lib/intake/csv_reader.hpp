// CsvReader: RFC 4180, streamed. A row's cells are views into the buffer; only a cell that holds
// doubled quotes is copied, and nothing is allocated for a cell.
//
// Strict: what a spreadsheet would guess at is a mistake with file:line:column (a quote never
// closed, text behind a closing quote, a quote inside a bare cell, too many or too few cells, NUL,
// text that is no UTF-8, a lone CR). The next row is tried after each. LF and CRLF end a row, also
// the last; a BOM is passed over; blank lines are no rows. CRLF inside quotes is read as LF.
//
// Limits: a cell 64 KiB, a row 1 MiB and 256 cells. Source: spec/import.md, design/reliability.md.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/row.hpp"
#include "intake/window.hpp"

namespace billctl {

class CsvReader {
 public:
  static constexpr std::size_t kCellBytesMax = std::size_t{64} << 10U;
  static constexpr std::size_t kRowBytesMax = std::size_t{1} << 20U;
  static constexpr std::size_t kCellsMax = 256;

  /// Reads the header row; when that is wrong, the mistakes say so and `next` gives nothing.
  /// Mistakes and the window's source must outlive the reader.
  /// @param delimiter absent: whichever of `,` `;` TAB the first line has most of.
  CsvReader(Window window, Mistakes& mistakes, std::optional<char> delimiter = ',');

  /// The names as the file has them; empty when the header could not be read.
  const std::vector<std::string>& header() const { return header_; }
  /// Where the name of that column stands.
  Position at_header(std::size_t column) const { return header_at_[column]; }
  char delimiter() const { return delimiter_; }

  /// The next good row; false at the end.
  bool next();
  /// As many as the header has; valid until the next `next`.
  const CellPlace* cells() const { return cells_.data(); }
  /// Of this row's cells the one that a spreadsheet needs before a formula: `'=1+1` is `=1+1`.
  void drop_apostrophes();
  /// The row's raw bytes, without the line end.
  std::string_view bytes() const { return bytes_; }
  int line() const { return line_; }
  const std::string& file() const { return file_; }
  Position at(std::size_t cell) const;

 private:
  enum class CellEnd { delimiter, line, file, more, mistake };

  void read_header();
  void sniff();
  bool read_row();
  CellEnd scan_row();
  CellEnd scan_cell(const char*& at);
  CellEnd scan_quoted(const char*& at);
  CellEnd end_of_cell(const char*& at, const char* after);
  CellEnd too_many(const char* start);
  CellEnd too_long(const char* start, bool quoted);
  CellEnd wrong(const char* at, std::string message, std::string hint = "");
  void pass_bad_row();
  void pass(std::size_t bytes);
  std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - window_.begin());
  }
  bool has_no_mistake();
  void unescape();

  Window window_;
  Mistakes& mistakes_;
  std::string file_;
  char delimiter_ = ',';
  std::array<bool, 256> stops_{};  ///< bytes at which a bare cell may end
  std::vector<std::string> header_;
  std::vector<Position> header_at_;

  std::vector<CellPlace> cells_;      ///< kCellsMax places
  std::size_t count_ = 0;             ///< of them in this row
  std::vector<std::size_t> escaped_;  ///< cells with doubled quotes or CRLF inside
  std::string unescaped_;
  std::string_view bytes_;
  std::size_t row_bytes_ = 0;  ///< with the line end: what the next read drops
  int line_ = 1;               ///< where the row begins
  int row_lines_ = 0;          ///< how many lines the row takes
  const char* wrong_at_ = nullptr;
  bool wrong_in_quotes_ = false;
  bool over_ = false;
};

}  // namespace billctl
