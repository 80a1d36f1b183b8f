// Row: one record of a table as text, whatever file it came from (CSV or JSON Lines).
//
// A row is a view: it and its texts hold until the reader's next row. Cells are asked for by the
// place of their column in the list the reader was opened with, not by the order of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mistakes.hpp"
#include "intake/source.hpp"
#include "outcome/error.hpp"

namespace billctl {

struct Cell {
  std::string_view text;
  bool present = false;  ///< false: the file has no such column, or the record no such field
};

/// A cell as a reader leaves it: its text, and where its first byte stands in the row's bytes.
struct CellPlace {
  std::string_view text;
  std::uint32_t start = 0;
};

class Row {
 public:
  /// Nothing there: {"", false}. There but empty: {"", true}.
  Cell cell(std::size_t column) const {
    const int place = places_[column];
    if (place < 0) return {};
    const CellPlace& found = cells_[static_cast<std::size_t>(place)];
    return {found.text, found.text.data() != nullptr};
  }
  /// Where the cell begins, for a message; where the row begins when the cell is not there.
  Position at(std::size_t column) const;
  /// Where the row begins.
  Position at_row() const;
  /// Line and column of the cell without the file's name: cheap enough to note for every row.
  struct Place {
    int line = 0;
    int column = 0;
  };
  Place place(std::size_t column) const;
  int line() const { return line_; }

 private:
  friend class CsvRows;
  friend class JsonlRows;
  std::span<const int> places_;
  const CellPlace* cells_ = nullptr;
  std::string_view bytes_;
  const std::string* file_ = nullptr;
  int line_ = 0;
};

/// Where the byte at `offset` stands when `bytes` begins at that line's column: columns count
/// characters from 1, so `ä` is one.
Position position_in(std::string_view bytes, std::size_t offset, const std::string& file, int line,
                     int column = 1);

/// A column that a reader looks for.
struct ColumnName {
  std::string name;
  bool needed = false;  ///< the file is refused without it
};

class RowReader {
 public:
  virtual ~RowReader() = default;
  /// The next row that can be read. Bad ones go to the mistakes and are passed over, so that one
  /// run tells all of them; after the last row the caller asks `Mistakes::refuse_if_any`.
  /// @return false at the end.
  virtual bool next(Row& row) = 0;
};

/// The first size of the buffer that a file is read through.
constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;

enum class TableFormat { csv, jsonl };

/// JSON Lines by the ending .jsonl, .json or .ndjson; otherwise by a first byte `{`; else CSV.
TableFormat table_format(std::string_view path, std::string_view first_bytes);

/// A reader of a table in either format; a wrong header is among the mistakes and gives no rows.
/// Source and mistakes must outlive it.
std::unique_ptr<RowReader> open_rows(Source& source, std::vector<ColumnName> columns,
                                     Mistakes& mistakes, std::size_t buffer_bytes = kBufferBytes);

/// `"the text"` for a message: control characters made visible, cut after 40 characters.
std::string shown(std::string_view text);

}  // namespace billctl
