#include "mail/encoding.hpp"

#include <algorithm>
#include <vector>

#include "text/base64.hpp"

namespace billctl {
namespace {

constexpr std::size_t kLineMax = 76;
constexpr std::string_view kCrLf = "\r\n";

bool is_plain(char c) {
  return c >= ' ' && c <= '~';
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

void append_hex(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '=';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 15U];
}

/// One line of text, without its end. A blank at its end would be cut off on the way, a `.` or
/// "From " at its beginning be taken for something else by old programs.
void append_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool at_end = i + 1 == line.size();
    const bool risky = i == 0 && (c == '.' || line.starts_with("From "));
    const bool plain = is_plain(c) && c != '=' && !risky && !(c == ' ' && at_end);
    const std::size_t width = plain ? 1 : 3;
    if (column + width > kLineMax - 1) {
      out.append("=").append(kCrLf);
      column = 0;
    }
    if (plain) {
      out += c;
    } else {
      append_hex(out, c);
    }
    column += width;
  }
}

/// Pieces of at most so many bytes, cut between letters.
std::vector<std::string_view> pieces_of(std::string_view text, std::size_t bytes_max) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    std::size_t end = std::min(bytes_max, text.size());
    while (end < text.size() && end > 1 && is_continuation(text[end])) --end;
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return pieces;
}

/// Whether the text may stand in a header as it is: ASCII in words short enough to fold between.
bool stands_as_it_is(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_plain)) return false;
  if (text.find("=?") != std::string_view::npos || text.starts_with(' ') || text.ends_with(' '))
    return false;
  std::size_t word = 0;
  for (const char c : text) {
    word = c == ' ' ? 0 : word + 1;
    if (word > kLineMax - 16) return false;
  }
  return true;
}

std::string encoded_words(std::string_view text) {
  constexpr std::size_t kWordBytes = 39;  // 52 letters of base64 and 12 around them
  std::string out;
  for (const std::string_view piece : pieces_of(text, kWordBytes)) {
    if (!out.empty()) out.append(kCrLf).append(" ");
    out.append("=?UTF-8?B?").append(base64(piece)).append("?=");
  }
  return out;
}

std::string folded(std::string_view text, std::size_t column) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' ', 1), text.size());
    if (column + end > kLineMax && text.front() == ' ') {
      out.append(kCrLf);
      column = 0;
    }
    out.append(text.substr(0, end));
    column += end;
    text.remove_prefix(end);
  }
  return out;
}

/// A name in quotes, where it fits on its line as it is.
std::string shown(std::string_view name) {
  constexpr std::size_t kQuotedMax = 50;
  if (name.size() > kQuotedMax || !stands_as_it_is(name)) return encoded_words(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_line(out, text.substr(0, end));
    out.append(kCrLf);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string base64_lines(std::string_view bytes) {
  constexpr std::size_t kBytesOfLine = kLineMax / 4 * 3;
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + bytes.size() / kBytesOfLine * 2 + 8);
  for (std::size_t at = 0; at < bytes.size(); at += kBytesOfLine)
    out.append(base64(bytes.substr(at, kBytesOfLine))).append(kCrLf);
  return out;
}

std::string text_header(std::string_view name, std::string_view text) {
  std::string out(name);
  out += ": ";
  out += stands_as_it_is(text) ? folded(text, out.size()) : encoded_words(text);
  return out.append(kCrLf);
}

std::string address_header(std::string_view name, std::string_view shown_name,
                           std::string_view address) {
  std::string out(name);
  out += ": ";
  if (shown_name.empty()) return out.append(address).append(kCrLf);
  out += shown(shown_name);
  // On a line of its own: a name of some length and an address of 254 letters would not fit on one.
  return out.append(kCrLf).append(" <").append(address).append(">").append(kCrLf);
}

}  // namespace billctl
