// ExportSheet: a CSV export whose columns are found by any of the names that versions and languages
// give them. Its delimiter is `,` `;` or TAB, whichever the header has.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "intake/csv_reader.hpp"

namespace billctl {

class ExportSheet {
 public:
  using Names = std::initializer_list<std::string_view>;

  ExportSheet(Window window, Mistakes& mistakes);

  /// The column of one of these names, capitals or not; nothing when there is none.
  std::optional<std::size_t> find(Names names) const;
  /// The first column whose name begins so: `Amount (` finds `Amount (EUR)`.
  std::optional<std::size_t> find_beginning(std::string_view beginning) const;
  /// The same as find, but a column that is not there is a mistake and the sheet gives no rows.
  std::optional<std::size_t> need(Names names);
  /// How many columns there are; 0 when the header could not be read.
  std::size_t width() const { return reader_.header().size(); }
  const std::string& name(std::size_t column) const { return reader_.header()[column]; }

  bool next() { return complete_ && width() > 0 && reader_.next(); }

  /// The cell, empty when there is no such column.
  std::string_view cell(std::optional<std::size_t> column) const {
    return column ? reader_.cells()[*column].text : std::string_view();
  }
  Position at_row() const { return {reader_.file(), reader_.line(), 1}; }
  /// A mistake at that cell: `Start date is "31.2.2026", no date that exists`.
  void wrong(std::optional<std::size_t> column, std::string_view why, std::string hint = "");

 private:
  Mistakes& mistakes_;
  CsvReader reader_;
  bool complete_ = true;
};

}  // namespace billctl
