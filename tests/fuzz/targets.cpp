#include "targets.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace billctl::fuzz {

void must(bool holds, const char* words) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", words);
  std::abort();
}

std::string_view taken(std::string_view& bytes, char end) {
  const std::size_t at = std::min(bytes.find(end), bytes.size());
  const std::string_view piece = bytes.substr(0, at);
  bytes.remove_prefix(std::min(at + 1, bytes.size()));
  return piece;
}

std::uint64_t number(std::string_view& bytes, int size) {
  std::uint64_t value = 0;
  for (; size > 0 && !bytes.empty(); --size) {
    value = (value << 8U) | static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
  }
  return value;
}

}  // namespace billctl::fuzz
