#include "render/text_page.hpp"

#include <algorithm>
#include <limits>

#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::string_view kGap = "  ";

// The bytes of the first character that has a width, with the marks before it, if not too many.
std::size_t first_letter(std::string_view text) {
  constexpr std::size_t kMarksMax = 64;
  std::size_t end = 1;
  while (end < text.size() && ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U ||
                               (end < kMarksMax && display_width(text.substr(0, end + 1)) == 0))) {
    ++end;
  }
  return end;
}

// As much of a word as fits; a word wider than the page is broken anywhere.
std::size_t fitting(std::string_view word, std::size_t width) {
  std::size_t end = 0;
  std::size_t wide = 0;
  while (end < word.size()) {
    const std::size_t letter = first_letter(word.substr(end));
    wide += display_width(word.substr(end, letter));
    if (end > 0 && wide > width) break;
    end += letter;
  }
  return end;
}

// Without a look at all of a word that is 64 KiB long.
bool fits(std::string_view word, std::size_t width) {
  const std::size_t end = fitting(word, width);
  return end == word.size() && (word.empty() || display_width(word) <= width);
}

void wrap_line(std::string_view text, std::size_t width, std::vector<std::string>& lines) {
  std::string line;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    const std::size_t taken = display_width(line) + 1;
    if (!line.empty() && (taken > width || !fits(word, width - taken))) {
      lines.push_back(line);
      line.clear();
    }
    while (line.empty() && !fits(word, width)) {
      const std::size_t end = fitting(word, width);
      lines.emplace_back(word.substr(0, end));
      word.remove_prefix(end);
    }
    line += (line.empty() ? "" : " ") + std::string(word);
  }
  lines.push_back(line);
}

}  // namespace

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t wide = display_width(text);
  return std::string(text) + std::string(width > wide ? width - wide : 0, ' ');
}

std::string set_right(std::string_view text, std::size_t width) {
  const std::size_t wide = display_width(text);
  return std::string(width > wide ? width - wide : 0, ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  do {
    const std::size_t feed = std::min(text.find('\n'), text.size());
    wrap_line(visible(text.substr(0, feed)), width, lines);
    text.remove_prefix(std::min(feed + 1, text.size()));
  } while (!text.empty());
  return lines;
}

std::string rule(char stroke) {
  return std::string(kPageWidth, stroke) + "\n";
}

std::string TextTable::line(const std::vector<std::string>& cells) const {
  std::string text;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) text += kGap;
    const std::string& cell = cells[i];
    text +=
        columns_[i].right ? set_right(cell, columns_[i].width) : padded(cell, columns_[i].width);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string TextTable::head() const {
  std::vector<std::string> heads;
  for (const TextColumn& column : columns_) heads.push_back(column.head);
  return line(heads);
}

std::string TextTable::row(const std::vector<std::string>& cells) const {
  constexpr std::size_t kUncut = std::numeric_limits<std::size_t>::max();
  std::vector<std::vector<std::string>> columns;
  std::size_t height = 0;
  for (const std::string& cell : cells) {
    columns.push_back(wrapped(cell, columns.empty() ? columns_.front().width : kUncut));
    height = std::max(height, columns.back().size());
  }
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::vector<std::string> slice;
    for (const std::vector<std::string>& column : columns)
      slice.push_back(i < column.size() ? column[i] : "");
    text += line(slice);
  }
  return text;
}

}  // namespace billctl
