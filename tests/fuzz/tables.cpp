// Tables as CSV and as JSON Lines: what is read must not hang on how the bytes arrive, every
// mistake stands somewhere in the file, and a file without mistakes gives all its rows.
#include <algorithm>

#include "intake/row_cells.hpp"
#include "intake/tables.hpp"
#include "targets.hpp"

namespace billctl::fuzz {
namespace {

struct Reading {
  std::string cells;
  std::string mistakes;
  std::size_t rows = 0;
  std::size_t wrong = 0;
  bool operator==(const Reading&) const = default;
};

/// Asks for the cell as what its column is.
void read_cell(RowCells& cells, std::size_t column, CellType type) {
  switch (type) {
    case CellType::codes:
    case CellType::emails:
      cells.list(column);
      return;
    case CellType::kinds:
      cells.kinds(column);
      return;
    case CellType::flag:
      cells.flag(column);
      return;
    case CellType::count:
      cells.count(column);
      return;
    case CellType::decimal:
    case CellType::price:
    case CellType::positive:
      cells.number(column);
      return;
    case CellType::kilometres:
      cells.metres(column);
      return;
    case CellType::amount:
      cells.amount(column, *Currency::of("EUR"));
      return;
    case CellType::date:
      cells.date(column);
      return;
    case CellType::instant:
      cells.moment(column);
      return;
    default:
      cells.text(column);
  }
}

Reading read(const Table& table, const std::string& name, std::string_view text, std::size_t buffer,
             std::size_t piece) {
  const auto source = memory_source(name, std::string(text), piece);
  Mistakes mistakes;
  const auto reader = open_rows(*source, column_names(table), mistakes, buffer);
  RowCells cells(table, mistakes);
  Reading reading;
  for (Row row; reader->next(row); ++reading.rows) {
    cells.begin(row);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Cell cell = row.cell(i);
      reading.cells += cell.present ? std::string(cell.text) + '\x1f' : "\x1e";
      must(row.at(i).line >= row.line(), "a cell stands in its row or below its first line");
      read_cell(cells, i, table.columns[i].type);
    }
  }
  const auto lines = 2 + std::ranges::count(text, '\n') + std::ranges::count(text, '\r');
  for (const Mistake& mistake : mistakes.kept()) {
    reading.mistakes += to_text(mistake) + '\n';
    must(mistake.at.line >= 1 && mistake.at.line <= lines, "a mistake stands in the file");
    must(mistake.at.column >= 1, "columns count from 1");
  }
  reading.wrong = mistakes.total();
  return reading;
}

void table(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) return;
  const std::vector<std::string> kinds = table_kind_words();
  const auto kind = static_cast<std::size_t>(number(bytes, 1)) % kinds.size();
  const Table& columns = table_of(*table_kind_of(kinds[kind]));
  const Reading whole = read(columns, name, bytes, 8192, 0);
  must(whole == read(columns, name, bytes, 4, 0), "a small buffer reads the same");
  must(whole == read(columns, name, bytes, 64, 1), "a slow source reads the same");
}

}  // namespace

void csv(std::string_view bytes) {
  table(bytes, "t.csv");
}

void jsonl(std::string_view bytes) {
  table(bytes, "t.jsonl");
}

}  // namespace billctl::fuzz
