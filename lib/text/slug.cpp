#include "text/slug.hpp"

#include <array>
#include <cstdint>

namespace billctl {
namespace {

// U+00C0 … U+017F in plain letters, `-` for what is no letter; two letters where one sound needs
// them.
constexpr std::array<std::string_view, 64> kLatin1 = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "y"};
constexpr std::string_view kLatinA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatinA.size() == 128);

/// Takes the next character off the front; 0 for a byte that is no UTF-8.
std::uint32_t next_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  std::size_t length = 1;
  if (first >= 0xF0) {
    length = 4;
  } else if (first >= 0xE0) {
    length = 3;
  } else if (first >= 0xC0) {
    length = 2;
  }
  std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  const bool whole = length <= text.size() && (first < 0x80 || first >= 0xC0);
  for (std::size_t i = 1; whole && i < length; ++i) {
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(whole ? length : 1);
  return whole ? code : 0;
}

void append_plain(std::uint32_t code, std::string& out) {
  if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
    out += static_cast<char>(code);
  } else if (code >= 'A' && code <= 'Z') {
    out += static_cast<char>(code - 'A' + 'a');
  } else if (code >= 0xC0 && code <= 0xFF) {
    out += kLatin1[code - 0xC0];
  } else if (code == 0x152 || code == 0x153) {
    out += "oe";
  } else if (code >= 0x100 && code < 0x100 + kLatinA.size()) {
    out += kLatinA[code - 0x100];
  } else if (code == '\'' || code == 0x2019 || (code >= 0x300 && code <= 0x36F)) {
    return;  // an apostrophe or a mark on the letter before it joins, it does not part
  } else {
    out += '-';
  }
}

}  // namespace

std::string slug(std::string_view name) {
  constexpr std::size_t kLengthMax = 60;
  std::string plain;
  while (!name.empty()) append_plain(next_character(name), plain);
  std::string code;
  for (const char c : plain) {
    if (c == '-' && (code.empty() || code.back() == '-')) continue;
    code += c;
  }
  if (code.size() > kLengthMax) code.resize(kLengthMax);
  while (!code.empty() && code.back() == '-') code.pop_back();
  return code.empty() ? "x" : code;
}

std::string free_slug(std::string_view name, const std::function<bool(std::string_view)>& taken) {
  const std::string first = slug(name);
  std::string code = first;
  for (int i = 2; taken(code); ++i) code = first + '-' + std::to_string(i);
  return code;
}

}  // namespace billctl
