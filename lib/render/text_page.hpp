// TextPage: text set in columns by their width on a terminal, not by bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace billctl {

inline constexpr std::size_t kPageWidth = 80;

/// Filled up with blanks at its end, or at its beginning.
std::string padded(std::string_view text, std::size_t width);
std::string set_right(std::string_view text, std::size_t width);

/// The text in lines of at most `width` columns, broken at blanks where there are any and at the
/// text's own line feeds; control characters made visible. At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// A column of a table.
struct TextColumn {
  std::string head;
  std::size_t width = 0;
  bool right = false;
};

/// A table whose first column wraps; the others break only at their own line feeds, are never cut
/// and may push the line out.
class TextTable {
 public:
  explicit TextTable(std::vector<TextColumn> columns) : columns_(std::move(columns)) {}
  std::string head() const;
  std::string row(const std::vector<std::string>& cells) const;

 private:
  std::string line(const std::vector<std::string>& cells) const;
  std::vector<TextColumn> columns_;
};

std::string rule(char stroke = '-');

}  // namespace billctl
