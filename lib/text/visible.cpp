#include "text/visible.hpp"

#include "text/utf8.hpp"

namespace billctl {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string_view sequence, std::string& out) {
  const unsigned code = code_point(sequence);
  const int digits = code > 0xFFFF ? 8 : code > 0xFF ? 4 : 2;
  out += code > 0xFFFF ? "\\U" : code > 0xFF ? "\\u" : "\\x";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += kHex[(code >> static_cast<unsigned>(shift)) & 0xFU];
  }
}

bool is_line_end_or_tab(std::string_view text, std::size_t at) {
  const bool of_crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
  return text[at] == '\n' || text[at] == '\t' || of_crlf;
}

/// The last two code points of each plane, and U+FDD0 to U+FDEF.
bool is_noncharacter(unsigned code) {
  return (code & 0xFFFEU) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

/// Of text that is valid UTF-8.
void append_valid(std::string_view text, bool keeps_lines, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = control_length(text, at);
    if (length == 0 || (keeps_lines && is_line_end_or_tab(text, at))) {
      out += text[at++];
      continue;
    }
    append_escape(text.substr(at, length), out);
    at += length;
  }
}

/// A byte that is no UTF-8 (0x9B is what an escape begins with on some terminals) as `\x9b` too.
void append_visible(std::string_view text, bool keeps_lines, std::string& out) {
  while (true) {
    const std::size_t broken = invalid_utf8(text);
    append_valid(text.substr(0, broken), keeps_lines, out);
    if (broken == std::string_view::npos) return;
    append_escape(text.substr(broken, 1), out);
    text.remove_prefix(broken + 1);
  }
}

constexpr std::string_view kFormulaStarts = "=+-@\t\r";

/// Behind any number of apostrophes, for the first of them may be part of the text.
bool is_formula_behind_apostrophes(std::string_view text) {
  const std::size_t at = text.find_first_not_of('\'');
  return at != std::string_view::npos && kFormulaStarts.find(text[at]) != std::string_view::npos;
}

}  // namespace

std::size_t control_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;
  if (byte(0) == 0xE2 && byte(1) == 0x80) {
    const unsigned last = byte(2);
    const bool separator = last == 0xA8 || last == 0xA9;
    const bool bidi = (last >= 0xAA && last <= 0xAE) || last == 0x8E || last == 0x8F;
    if (separator || bidi) return 3;
  }
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) return 3;
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;
  if (byte(0) < 0xEF) return 0;
  const std::size_t length = byte(0) == 0xEF ? 3 : 4;
  if (byte(0) > 0xF4 || text.size() - at < length) return 0;
  return is_noncharacter(code_point(text.substr(at, length))) ? length : 0;
}

unsigned code_point(std::string_view sequence) {
  const unsigned first = static_cast<unsigned char>(sequence[0]);
  const auto next = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]) & 0x3FU; };
  if (sequence.size() == 2) return ((first & 0x1FU) << 6U) | next(1);
  if (sequence.size() == 3) return ((first & 0x0FU) << 12U) | (next(1) << 6U) | next(2);
  if (sequence.size() == 4)
    return ((first & 0x07U) << 18U) | (next(1) << 12U) | (next(2) << 6U) | next(3);
  return first;
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_visible(text, false, out);
  return out;
}

std::string exact_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string table_cell(std::string_view text) {
  return exact_cell(is_formula_behind_apostrophes(text) ? "'" + std::string(text)
                                                        : std::string(text));
}

std::string_view without_apostrophe(std::string_view cell) {
  const bool is_quoted = cell.starts_with('\'') && is_formula_behind_apostrophes(cell);
  return is_quoted ? cell.substr(1) : cell;
}

std::string spreadsheet_cell(std::string_view text) {
  std::string shown;
  append_visible(text, true, shown);
  if (!shown.empty() && kFormulaStarts.find(shown.front()) != std::string_view::npos) {
    return exact_cell("'" + shown);
  }
  return exact_cell(shown);
}

}  // namespace billctl
