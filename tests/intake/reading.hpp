// Reading a table from memory, and its mistakes as text: what the tests of the readers compare.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/row.hpp"

namespace billctl {

using CellTexts = std::vector<std::optional<std::string>>;

struct ReadTable {
  std::vector<CellTexts> rows;
  std::vector<std::string> positions;  ///< of each cell of each row, `line:column`
  std::vector<std::string> mistakes;   ///< as a person reads them
  std::size_t mistakes_total = 0;
};

inline ReadTable read_table(const std::string& text, const std::vector<ColumnName>& columns,
                            const std::string& name = "t.csv", std::size_t buffer_bytes = 1U << 20U,
                            std::size_t piece = 0) {
  ReadTable table;
  const auto source = memory_source(name, text, piece);
  Mistakes mistakes;
  const auto reader = open_rows(*source, columns, mistakes, buffer_bytes);
  for (Row row; reader->next(row);) {
    CellTexts& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Cell cell = row.cell(i);
      cells.push_back(cell.present ? std::optional(std::string(cell.text)) : std::nullopt);
      const Position at = row.at(i);
      table.positions.push_back(std::to_string(at.line) + ':' + std::to_string(at.column));
    }
  }
  for (const Mistake& mistake : mistakes.kept()) table.mistakes.push_back(to_text(mistake));
  table.mistakes_total = mistakes.total();
  return table;
}

}  // namespace billctl
