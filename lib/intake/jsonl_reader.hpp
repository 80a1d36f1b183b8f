// JsonlRows: a table as JSON Lines: one object on each line, its fields named as the columns of the
// CSV.
//
// A value is a text, an integer, true, false, a number with a fraction (taken by its text: `0.1` is
// exactly 0.1) or null, which is as if the field were not there. Lists are texts with `;` between,
// as in CSV. Source: spec/import.md.
#pragma once

#include <vector>

#include "intake/json_tape.hpp"
#include "intake/line_reader.hpp"
#include "intake/row.hpp"

namespace billctl {

class JsonlRows : public RowReader {
 public:
  JsonlRows(Window window, std::vector<ColumnName> columns, Mistakes& mistakes);

  bool next(Row& row) override;

 private:
  bool take_line();
  bool take_fields();
  bool take_field(const JsonNode& field, std::size_t ordinal);
  const JsonNode* record();
  std::size_t column_of(const JsonNode& field, std::size_t ordinal) const;

  LineReader lines_;
  std::vector<ColumnName> columns_;
  JsonTape tape_;
  std::vector<CellPlace> cells_;
  std::vector<int> places_;              ///< column i is cell i
  std::vector<std::size_t> last_order_;  ///< columns of the last record's fields: most are alike
};

}  // namespace billctl
