#include "intake/column_names.hpp"

#include "text/nearest.hpp"

namespace billctl {

std::optional<std::size_t> column_named(const std::vector<ColumnName>& columns,
                                        std::string_view name) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  return std::nullopt;
}

std::string column_hint(const std::vector<ColumnName>& columns, std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  std::vector<std::string> known;
  std::string all;
  for (const ColumnName& column : columns) {
    known.push_back(column.name);
    all += (all.empty() ? "" : ",") + column.name;
  }
  const std::string near = did_you_mean(lower, known);
  return near.empty() ? "the columns are " + all : near;
}

}  // namespace billctl
