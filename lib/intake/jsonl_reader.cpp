#include "intake/jsonl_reader.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "intake/column_names.hpp"
#include "intake/csv_reader.hpp"

namespace billctl {

JsonlRows::JsonlRows(Window window, std::vector<ColumnName> columns, Mistakes& mistakes)
    : lines_(std::move(window), mistakes),
      columns_(std::move(columns)),
      cells_(columns_.size()),
      places_(columns_.size()) {
  std::iota(places_.begin(), places_.end(), 0);
}

bool JsonlRows::next(Row& row) {
  while (lines_.next()) {
    if (lines_.text().find_first_not_of(" \t") == std::string_view::npos) continue;
    if (!take_line()) continue;
    row.places_ = places_;
    row.cells_ = cells_.data();
    row.bytes_ = lines_.text();
    row.file_ = &lines_.file();
    row.line_ = lines_.line();
    return true;
  }
  return false;
}

bool JsonlRows::take_line() {
  const JsonNode* const found = record();
  if (found == nullptr) return false;
  cells_.assign(columns_.size(), {});
  if (!take_fields()) return false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].needed || cells_[i].text.data() != nullptr) continue;
    lines_.wrong(0, fmt::format("field \"{}\" is missing", columns_[i].name));
    return false;
  }
  return true;
}

/// The object on the line, or nullptr and a mistake.
const JsonNode* JsonlRows::record() {
  const std::string_view line = lines_.text();
  switch (tape_.read(line)) {
    case JsonTape::Result::unfinished:
      lines_.wrong(line.size(), "the record ends too early, it is one JSON object on one line");
      return nullptr;
    case JsonTape::Result::wrong:
      lines_.wrong(tape_.wrong_at(), tape_.message());
      return nullptr;
    case JsonTape::Result::value:
      break;
  }
  const JsonNode& found = tape_.nodes().front();
  if (found.kind != JsonNode::Kind::object) {
    lines_.wrong(found.start, "a record is one JSON object on one line, as {\"code\": \"acme\"}");
    return nullptr;
  }
  const std::size_t behind = line.find_first_not_of(" \t", tape_.taken());
  if (behind == std::string_view::npos) return &found;
  lines_.wrong(behind, "text behind the record, the next one begins on a line of its own");
  return nullptr;
}

bool JsonlRows::take_fields() {
  const std::vector<JsonNode>& nodes = tape_.nodes();
  std::size_t ordinal = 0;
  for (std::size_t i = 1; i < nodes.size(); i = nodes[i].past) {
    if (!take_field(nodes[i], ordinal++)) return false;
  }
  return true;
}

bool JsonlRows::take_field(const JsonNode& field, std::size_t ordinal) {
  const std::size_t column = column_of(field, ordinal);
  if (column == columns_.size()) {
    lines_.wrong(field.key_start, fmt::format("unknown field {}", shown(field.key)),
                 column_hint(columns_, field.key));
    return false;
  }
  if (ordinal >= last_order_.size()) last_order_.resize(ordinal + 1);
  last_order_[ordinal] = column;
  if (cells_[column].text.data() != nullptr) {
    lines_.wrong(field.key_start, fmt::format("field \"{}\" is there twice", field.key));
    return false;
  }
  switch (field.kind) {
    case JsonNode::Kind::null:
      return true;
    case JsonNode::Kind::array:
    case JsonNode::Kind::object:
      lines_.wrong(field.start,
                   fmt::format("field \"{}\" is nested, a text, a number, true, false or "
                               "null is needed",
                               field.key),
                   field.kind == JsonNode::Kind::array ? "a list is one text with ; between" : "");
      return false;
    default:
      break;
  }
  if (field.text.size() > CsvReader::kCellBytesMax) {
    lines_.wrong(field.start, fmt::format("field \"{}\" is too long, {} KiB is the most", field.key,
                                          CsvReader::kCellBytesMax >> 10U));
    return false;
  }
  cells_[column] = {field.text, field.start};
  return true;
}

/// columns_.size() when there is no such column.
std::size_t JsonlRows::column_of(const JsonNode& field, std::size_t ordinal) const {
  if (ordinal < last_order_.size() && columns_[last_order_[ordinal]].name == field.key) {
    return last_order_[ordinal];
  }
  return column_named(columns_, field.key).value_or(columns_.size());
}

}  // namespace billctl
