// Picture: how the reviewer's views look: bars and a heat map for a terminal, and the same as SVG
// in a page of one file. Numbers are always written beside or inside what is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "invocation.hpp"
#include "text/json.hpp"

namespace billctl::cmd {

/// 45000 -> "12:30"; 0 -> "".
std::string hours(std::int64_t seconds);
std::string hours(const Json& seconds);

/// 1 -> "1 entry without a price counts as 0"
std::string unpriced_text(std::int64_t entries);

/// "935.00" -> 93500, for what is only compared: digits without the point, 0 below it.
std::int64_t weight(const Json& amount);

/// A bar of at most `cells` blocks, in eighths; what is more than nothing is never empty.
std::string bar(std::int64_t value, std::int64_t most, std::int64_t cells);

/// Colour on stdout: only when --color always asks for it, for what is there never depends on a
/// terminal (spec/cli.md).
bool in_colour(const Invocation& invocation);

/// A member's weeks, and the sums of both.
struct HeatMap {
  std::vector<std::string> weeks;
  std::vector<std::string> members;
  std::vector<std::vector<std::int64_t>> seconds;  ///< by member, then week

  static HeatMap of(const Json& rows);
  std::int64_t most() const;
  std::int64_t of_member(std::size_t member) const;
  std::int64_t of_week(std::size_t week) const;
};
std::string heat_map_text(const HeatMap& map, bool colour);
std::string heat_map_svg(const HeatMap& map);

/// One bar with its words.
struct Bar {
  std::string label;
  std::int64_t value = 0;
  std::string text;    ///< the number as it is written
  std::string colour;  ///< of the fill
};
std::string bars_svg(const std::vector<Bar>& bars);

/// A page without scripts and without anything from elsewhere.
std::string page_html(const std::string& title, bool test, const std::string& body);
std::string table_html(const std::vector<std::string>& heads,
                       const std::vector<std::vector<std::string>>& rows);

/// Writes --html FILE, when it is given. @throws Error{io}.
void write_picture(Invocation& invocation, const std::string& html);

}  // namespace billctl::cmd
