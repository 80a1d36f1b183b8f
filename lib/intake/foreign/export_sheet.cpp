#include "intake/foreign/export_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace billctl {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

ExportSheet::ExportSheet(Window window, Mistakes& mistakes)
    : mistakes_(mistakes), reader_(std::move(window), mistakes, std::nullopt) {}

std::optional<std::size_t> ExportSheet::find(Names names) const {
  for (const std::string_view wanted : names) {
    for (std::size_t i = 0; i < width(); ++i) {
      if (same(name(i), wanted)) return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> ExportSheet::find_beginning(std::string_view beginning) const {
  for (std::size_t i = 0; i < width(); ++i) {
    if (same(std::string_view(name(i)).substr(0, beginning.size()), beginning)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> ExportSheet::need(Names names) {
  const auto found = find(names);
  if (found || width() == 0) return found;
  complete_ = false;
  mistakes_.add({reader_.file(), reader_.at_header(0).line, 1},
                fmt::format("column \"{}\" is missing", *names.begin()),
                "export the detailed report as CSV, with all columns");
  return found;
}

void ExportSheet::wrong(std::optional<std::size_t> column, std::string_view why, std::string hint) {
  if (!column) {
    mistakes_.add(at_row(), std::string(why), std::move(hint));
    return;
  }
  const std::string_view seen = cell(column);
  mistakes_.add(reader_.at(*column),
                seen.empty() ? fmt::format("{} is empty, {}", name(*column), why)
                             : fmt::format("{} is {}, {}", name(*column), shown(seen), why),
                std::move(hint));
}

}  // namespace billctl
