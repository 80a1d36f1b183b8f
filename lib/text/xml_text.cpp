#include "text/xml_text.hpp"

#include "text/utf8.hpp"

namespace billctl {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// How many bytes at `at` stand for what XML 1.0 has no place for; 0: none do. The text is valid
/// UTF-8 from there to `end`.
std::size_t forbidden(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x20) return first == '\t' || first == '\n' || first == '\r' ? 0 : 1;
  const std::string_view three = text.substr(at, 3);
  return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF" ? 3 : 0;
}

std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

void append_valid(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const std::size_t bytes = forbidden(text, at)) {
      out += kReplacement;
      at += bytes - 1;
    } else if (text[at] == '\r') {
      if (text.substr(at + 1, 1) != "\n") out += '\n';
    } else if (const std::string_view escape = escape_of(text[at]); !escape.empty()) {
      out += escape;
    } else {
      out += text[at];
    }
  }
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_blank(std::string_view text) {
  return trimmed(text).empty();
}

std::string xml_text(std::string_view text) {
  text = trimmed(text);
  std::string out;
  out.reserve(text.size());
  while (true) {
    const std::size_t broken = invalid_utf8(text);
    append_valid(text.substr(0, broken), out);
    if (broken == std::string_view::npos) return out;
    out += kReplacement;
    text.remove_prefix(broken + 1);
  }
}

}  // namespace billctl
