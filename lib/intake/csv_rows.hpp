// CsvRows: a table in CSV, its cells found by the columns that the reader was opened with.
#pragma once

#include <vector>

#include "intake/csv_reader.hpp"
#include "intake/row.hpp"

namespace billctl {

class CsvRows : public RowReader {
 public:
  /// A column of the file that is unknown, named twice or without a name, and a needed one that is
  /// not there, are mistakes; then there are no rows.
  CsvRows(Window window, std::vector<ColumnName> columns, Mistakes& mistakes);

  bool next(Row& row) override;

 private:
  void match_header(Mistakes& mistakes);
  void refuse_unknown(std::size_t place, Mistakes& mistakes);

  CsvReader reader_;
  std::vector<ColumnName> columns_;
  std::vector<int> places_;
  bool header_matches_ = false;
};

}  // namespace billctl
