#include "intake/csv_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "intake/column_names.hpp"

namespace billctl {

CsvRows::CsvRows(Window window, std::vector<ColumnName> columns, Mistakes& mistakes)
    : reader_(std::move(window), mistakes),
      columns_(std::move(columns)),
      places_(columns_.size(), -1) {
  if (!reader_.header().empty()) match_header(mistakes);
}

void CsvRows::match_header(Mistakes& mistakes) {
  const std::size_t before = mistakes.total();
  const std::vector<std::string>& header = reader_.header();
  for (std::size_t place = 0; place < header.size(); ++place) {
    const auto column = column_named(columns_, header[place]);
    if (!column) {
      refuse_unknown(place, mistakes);
    } else if (places_[*column] >= 0) {
      mistakes.add(reader_.at_header(place),
                   fmt::format("column {} is there twice", shown(header[place])));
    } else {
      places_[*column] = static_cast<int>(place);
    }
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (!columns_[column].needed || places_[column] >= 0) continue;
    mistakes.add({reader_.file(), reader_.at_header(0).line, 1},
                 fmt::format("column \"{}\" is missing", columns_[column].name));
  }
  header_matches_ = mistakes.total() == before;
}

void CsvRows::refuse_unknown(std::size_t place, Mistakes& mistakes) {
  const std::string& name = reader_.header()[place];
  if (name.empty()) {
    mistakes.add(reader_.at_header(place), fmt::format("column {} has no name", place + 1));
    return;
  }
  const bool other_delimiter =
      reader_.header().size() == 1 && name.find_first_of(";\t") != name.npos;
  mistakes.add(reader_.at_header(place), fmt::format("unknown column {}", shown(name)),
               other_delimiter ? "cells are separated by commas" : column_hint(columns_, name));
}

bool CsvRows::next(Row& row) {
  if (!header_matches_ || !reader_.next()) return false;
  reader_.drop_apostrophes();
  row.places_ = places_;
  row.cells_ = reader_.cells();
  row.bytes_ = reader_.bytes();
  row.file_ = &reader_.file();
  row.line_ = reader_.line();
  return true;
}

}  // namespace billctl
