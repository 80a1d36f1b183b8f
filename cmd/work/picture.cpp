#include "work/picture.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "output.hpp"
#include "render/whole_file.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

// From pale to dark: background colours of 256-colour terminals, and the same for SVG.
struct Shade {
  const char* terminal;
  const char* fill;
  const char* ink;
};
constexpr std::array<Shade, 5> kShades = {{{"\x1b[48;5;195;38;5;16m", "#dff3f5", "#123"},
                                           {"\x1b[48;5;152;38;5;16m", "#a9d8dc", "#123"},
                                           {"\x1b[48;5;74;38;5;16m", "#5fafd0", "#012"},
                                           {"\x1b[48;5;31;38;5;231m", "#2a7fa8", "#fff"},
                                           {"\x1b[48;5;24;38;5;231m", "#0f5575", "#fff"}}};

const Shade& shade(std::int64_t value, std::int64_t most) {
  const auto steps = static_cast<std::int64_t>(kShades.size());
  const std::int64_t step = most > 0 ? (value * steps - 1) / most : 0;
  return kShades[static_cast<std::size_t>(std::clamp<std::int64_t>(step, 0, steps - 1))];
}

std::string to_right(const std::string& text, std::size_t width) {
  const std::size_t wide = display_width(text);
  return std::string(width > wide ? width - wide : 0, ' ') + text;
}

std::string text_at(std::int64_t x, std::int64_t y, const std::string& more,
                    const std::string& text) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\"" + more + ">" +
         page_text(text) + "</text>\n";
}

std::string rect(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height,
                 const std::string& fill) {
  return "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
         std::to_string(width) + "\" height=\"" + std::to_string(height) + "\" fill=\"" + fill +
         "\"/>\n";
}

std::string svg(std::int64_t width, std::int64_t height, const std::string& body) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + std::to_string(width) +
         "\" height=\"" + std::to_string(height) + "\" viewBox=\"0 0 " + std::to_string(width) +
         " " + std::to_string(height) + "\" font-family=\"sans-serif\" font-size=\"13\">\n" + body +
         "</svg>\n";
}

/// Room for the longest of them, about as wide as its letters are.
std::int64_t width_of(const std::vector<std::string>& labels) {
  constexpr std::int64_t kLetter = 8;
  std::size_t most = 4;
  for (const std::string& label : labels) most = std::max(most, display_width(label));
  return static_cast<std::int64_t>(most) * kLetter + 12;
}

}  // namespace

std::string hours(std::int64_t seconds) {
  if (seconds == 0) return "";
  constexpr std::int64_t kMinute = 60;
  const std::int64_t minutes = seconds / kMinute;
  const std::string rest = std::to_string(minutes % kMinute);
  return std::to_string(minutes / kMinute) + (rest.size() < 2 ? ":0" : ":") + rest;
}

std::string hours(const Json& seconds) {
  return seconds.is_integer() ? hours(seconds.as_integer()) : "";
}

std::string unpriced_text(std::int64_t entries) {
  return std::to_string(entries) + (entries == 1 ? " entry without a price counts as 0"
                                                 : " entries without a price count as 0");
}

std::int64_t weight(const Json& amount) {
  if (!amount.is_string() || amount.as_string().starts_with('-')) return 0;
  std::int64_t digits = 0;
  for (const char c : amount.as_string())
    if (c >= '0' && c <= '9') digits = digits * 10 + (c - '0');
  return digits;
}

std::string bar(std::int64_t value, std::int64_t most, std::int64_t cells) {
  constexpr std::array kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (value <= 0 || most <= 0) return "";
  const std::int64_t eighths = std::max<std::int64_t>(1, value * cells * 8 / most);
  std::string text;
  for (std::int64_t i = 0; i < eighths / 8; ++i) text += "█";
  return text + kEighths[static_cast<std::size_t>(eighths % 8)];
}

bool in_colour(const Invocation& invocation) {
  return invocation.value_or("--color", "auto") == "always";
}

HeatMap HeatMap::of(const Json& rows) {
  std::set<std::string> weeks;
  for (const Json& row : rows.as_array())
    for (const Json& cell : row["weeks"].as_array()) weeks.insert(cell["week"].as_string());
  HeatMap map;
  map.weeks.assign(weeks.begin(), weeks.end());
  for (const Json& row : rows.as_array()) {
    map.members.push_back(row["member"].is_null() ? "(nobody)" : row["member"].as_string());
    auto& cells = map.seconds.emplace_back(map.weeks.size(), 0);
    for (const Json& cell : row["weeks"].as_array()) {
      const auto at = std::ranges::lower_bound(map.weeks, cell["week"].as_string());
      cells[static_cast<std::size_t>(at - map.weeks.begin())] = cell["seconds"].as_integer();
    }
  }
  return map;
}

std::int64_t HeatMap::most() const {
  std::int64_t most = 0;
  for (const auto& row : seconds)
    for (const std::int64_t cell : row) most = std::max(most, cell);
  return most;
}

std::int64_t HeatMap::of_member(std::size_t member) const {
  std::int64_t sum = 0;
  for (const std::int64_t cell : seconds[member]) sum += cell;
  return sum;
}

std::int64_t HeatMap::of_week(std::size_t week) const {
  std::int64_t sum = 0;
  for (const auto& row : seconds) sum += row[week];
  return sum;
}

std::string heat_map_text(const HeatMap& map, bool colour) {
  if (map.members.empty()) return "nothing is unconfirmed\n";
  std::size_t name_width = std::string("member").size();
  for (const std::string& member : map.members)
    name_width = std::max(name_width, display_width(visible(member)));
  constexpr std::size_t kCell = 8;  // as wide as 2026-W44
  const auto name = [&](const std::string& text) {
    return text + std::string(name_width - display_width(text), ' ');
  };
  std::string text = name("member");
  for (const std::string& week : map.weeks) text += "  " + to_right(week, kCell);
  text += "  " + to_right("total", kCell) + "\n";
  std::int64_t all = 0;
  for (std::size_t i = 0; i < map.members.size(); ++i) {
    text += name(visible(map.members[i]));
    for (const std::int64_t cell : map.seconds[i]) {
      const std::string shown = to_right(hours(cell), kCell) + " ";
      text += " ";
      text += colour && cell > 0 ? shade(cell, map.most()).terminal + shown + "\x1b[0m" : shown;
    }
    text += " " + to_right(hours(map.of_member(i)), kCell) + "\n";
    all += map.of_member(i);
  }
  text += name("total");
  for (std::size_t week = 0; week < map.weeks.size(); ++week)
    text += "  " + to_right(hours(map.of_week(week)), kCell);
  return text + "  " + to_right(hours(all), kCell) + "\n";
}

std::string heat_map_svg(const HeatMap& map) {
  constexpr std::int64_t kWide = 84, kHigh = 28;
  const std::int64_t left = width_of(map.members);
  const std::string centred = " text-anchor=\"middle\"";
  std::string body;
  std::int64_t x = left;
  for (const std::string& week : map.weeks) {
    body += text_at(x + kWide / 2, 18, centred + " fill=\"#444\"", week);
    x += kWide;
  }
  body += text_at(x + kWide / 2, 18, centred + " font-weight=\"bold\"", "total");
  std::int64_t y = kHigh;
  for (std::size_t i = 0; i < map.members.size(); ++i) {
    body += text_at(0, y + 18, "", map.members[i]);
    x = left;
    for (const std::int64_t cell : map.seconds[i]) {
      const Shade& one = shade(cell, map.most());
      body += rect(x + 1, y + 1, kWide - 2, kHigh - 2, cell > 0 ? one.fill : "#f6f6f6");
      if (cell > 0)
        body += text_at(x + kWide / 2, y + 18, centred + " fill=\"" + one.ink + "\"", hours(cell));
      x += kWide;
    }
    body +=
        text_at(x + kWide / 2, y + 18, centred + " font-weight=\"bold\"", hours(map.of_member(i)));
    y += kHigh;
  }
  x = left;
  body += text_at(0, y + 18, " font-weight=\"bold\"", "total");
  for (std::size_t week = 0; week < map.weeks.size(); ++week, x += kWide)
    body +=
        text_at(x + kWide / 2, y + 18, centred + " font-weight=\"bold\"", hours(map.of_week(week)));
  return svg(x + kWide, y + kHigh, body);
}

std::string bars_svg(const std::vector<Bar>& bars) {
  constexpr std::int64_t kHigh = 26, kWide = 360, kNumbers = 170;
  std::vector<std::string> labels;
  std::int64_t most = 1;
  for (const Bar& each : bars) {
    labels.push_back(each.label);
    most = std::max(most, each.value);
  }
  const std::int64_t left = width_of(labels);
  std::string body;
  std::int64_t y = 0;
  for (const Bar& each : bars) {
    const std::int64_t wide =
        each.value > 0 ? std::max<std::int64_t>(1, each.value * kWide / most) : 0;
    body += text_at(0, y + 17, "", each.label);
    if (wide > 0) body += rect(left, y + 4, wide, kHigh - 8, each.colour);
    body += text_at(left + wide + 6, y + 17, " fill=\"#222\"", each.text);
    y += kHigh;
  }
  return svg(left + kWide + kNumbers, std::max<std::int64_t>(y, 1), body);
}

std::string page_html(const std::string& title, bool test, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
         page_text(title) +
         "</title>\n<style>body{font-family:sans-serif;margin:2em;color:#222}h2{margin-top:1.6em}"
         "table{border-collapse:collapse;margin:1em 0}th,td{border-bottom:1px solid #ccc;padding:"
         ".25em .7em;text-align:left}.n{text-align:right}svg{display:block;margin:1em 0}"
         "</style>\n</head>\n<body>\n" +
         (test ? "<p><strong>TEST</strong></p>\n" : std::string()) + "<h1>" + page_text(title) +
         "</h1>\n" + body + "</body>\n</html>\n";
}

std::string table_html(const std::vector<std::string>& heads,
                       const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<table>\n<tr>";
  std::vector<bool> right;
  for (const std::string& head : heads) {
    right.push_back(head.starts_with('>'));
    html +=
        right.back() ? "<th class=\"n\">" + page_text(head.substr(1)) : "<th>" + page_text(head);
    html += "</th>";
  }
  html += "</tr>\n";
  for (const auto& row : rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      html += (right[i] ? "<td class=\"n\">" : "<td>") + page_text(row[i]) + "</td>";
    html += "</tr>\n";
  }
  return html + "</table>\n";
}

void write_picture(Invocation& invocation, const std::string& html) {
  if (invocation.dry_run() == DryRun::yes) return;
  if (const auto path = invocation.value("--html")) write_whole_file(*path, html);
}

}  // namespace billctl::cmd
