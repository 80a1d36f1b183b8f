#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// The length of the control at `at` that must not be shown, 0 when the text there is harmless.
std::size_t harmful(std::string_view text, std::size_t at) {
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
  return 0;
}

void append_escape(std::string_view sequence, std::string& out) {
  unsigned code = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 2) {
    code = ((code & 0x1FU) << 6U) | (static_cast<unsigned char>(sequence[1]) & 0x3FU);
  } else if (sequence.size() == 3) {
    code = ((code & 0x0FU) << 12U) | ((static_cast<unsigned char>(sequence[1]) & 0x3FU) << 6U) |
           (static_cast<unsigned char>(sequence[2]) & 0x3FU);
  }
  out += code > 0xFF ? "\\u" : "\\x";
  for (int shift = code > 0xFF ? 12 : 4; shift >= 0; shift -= 4) {
    out += kHex[(code >> static_cast<unsigned>(shift)) & 0xFU];
  }
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = harmful(text, at);
    if (length == 0) {
      out += text[at++];
      continue;
    }
    append_escape(text.substr(at, length), out);
    at += length;
  }
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

std::string spreadsheet_cell(std::string_view text) {
  constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  if (!text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos) {
    return exact_cell("'" + std::string(text));
  }
  return exact_cell(text);
}

}  // namespace billctl
