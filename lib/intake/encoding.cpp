#include "intake/encoding.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

#include "intake/row.hpp"
#include "text/utf8.hpp"

namespace billctl {
namespace {

bool is_ascii(std::string_view text) {
  std::uint64_t high = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    high |= eight;
  }
  for (; at < text.size(); ++at) high |= static_cast<unsigned char>(text[at]);
  return (high & 0x8080808080808080U) == 0;
}

}  // namespace

bool pass_bom(Window& window, Mistakes& mistakes) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  while (window.size() < kBom.size() && window.more()) {
  }
  const std::string_view text = window.text();
  if (text.starts_with(kBom)) window.drop(kBom.size());
  if (!text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF")) return true;
  mistakes.add({window.name(), 1, 1}, "the text is UTF-16, UTF-8 is needed",
               "convert the file: iconv -f UTF-16 -t UTF-8 FILE");
  return false;
}

bool is_text(std::string_view bytes, const std::string& file, int line, Mistakes& mistakes,
             int column) {
  if (is_ascii(bytes)) return true;
  const std::size_t bad = invalid_utf8(bytes);
  if (bad == std::string_view::npos) return true;
  mistakes.add(position_in(bytes, bad, file, line, column),
               fmt::format("byte 0x{:02X} is no UTF-8", static_cast<unsigned char>(bytes[bad])),
               "convert the file: iconv -f LATIN1 -t UTF-8 FILE");
  return false;
}

}  // namespace billctl
