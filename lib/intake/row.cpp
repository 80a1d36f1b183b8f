#include "intake/row.hpp"

#include <algorithm>
#include <utility>

#include "intake/csv_rows.hpp"
#include "intake/jsonl_reader.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

/// Bytes that begin a character: all but UTF-8's continuation bytes.
bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

Position position_in(std::string_view bytes, std::size_t offset, const std::string& file, int line,
                     int column) {
  const std::string_view before = bytes.substr(0, offset);
  const std::size_t last_end = before.rfind('\n');
  std::string_view in_line = before;
  if (last_end != std::string_view::npos) {
    line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    in_line = before.substr(last_end + 1);
    column = 1;
  }
  column += static_cast<int>(std::count_if(in_line.begin(), in_line.end(), begins_character));
  return {file, line, column};
}

Position Row::at(std::size_t column) const {
  const int place = places_[column];
  if (place < 0) return at_row();
  const CellPlace& found = cells_[static_cast<std::size_t>(place)];
  if (found.text.data() == nullptr) return at_row();
  return position_in(bytes_, found.start, *file_, line_);
}

Row::Place Row::place(std::size_t column) const {
  static const std::string kNoName;
  const int place = places_[column];
  if (place < 0) return {line_, 1};
  const CellPlace& found = cells_[static_cast<std::size_t>(place)];
  if (found.text.data() == nullptr) return {line_, 1};
  const Position at = position_in(bytes_, found.start, kNoName, line_);
  return {at.line, at.column};
}

Position Row::at_row() const {
  return {*file_, line_, 1};
}

TableFormat table_format(std::string_view path, std::string_view first_bytes) {
  for (const std::string_view ending : {".jsonl", ".json", ".ndjson"}) {
    if (path.ends_with(ending)) return TableFormat::jsonl;
  }
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  const std::size_t first = first_bytes.find_first_not_of(" \t\r\n");
  const bool object = first != std::string_view::npos && first_bytes[first] == '{';
  return object ? TableFormat::jsonl : TableFormat::csv;
}

std::unique_ptr<RowReader> open_rows(Source& source, std::vector<ColumnName> columns,
                                     Mistakes& mistakes, std::size_t buffer_bytes) {
  Window window(source, buffer_bytes);
  constexpr std::size_t kEnoughToTell = 16;
  while (window.size() < kEnoughToTell && window.more()) {
  }
  if (table_format(source.name(), window.text()) == TableFormat::jsonl) {
    return std::make_unique<JsonlRows>(std::move(window), std::move(columns), mistakes);
  }
  return std::make_unique<CsvRows>(std::move(window), std::move(columns), mistakes);
}

std::string shown(std::string_view text) {
  constexpr std::size_t kBytes = 40;
  if (text.size() <= kBytes) return '"' + visible(text) + '"';
  std::size_t cut = kBytes;
  while (cut > 0 && !begins_character(text[cut])) --cut;
  return '"' + visible(text.substr(0, cut)) + "…\"";
}

}  // namespace billctl
