#include "intake/foreign/row_identity.hpp"

#include <cstring>

#include "text/sha256.hpp"

namespace billctl {

std::string RowIdentity::of(std::initializer_list<std::string_view> cells) {
  joined_.clear();
  for (const std::string_view cell : cells) {
    // Each cell with its length, so that no two rows join to the same bytes.
    joined_ += std::to_string(cell.size());
    joined_ += ':';
    joined_ += cell;
  }
  const Digest digest = sha256(joined_);
  std::uint64_t half = 0;
  std::memcpy(&half, digest.data(), sizeof half);
  constexpr std::size_t kHexDigits = 32;
  std::string ref = format_ + ':' + to_hex(digest).substr(0, kHexDigits);
  const std::uint32_t ordinal = ++seen_[half];
  if (ordinal > 1) ref += '-' + std::to_string(ordinal);
  return ref;
}

}  // namespace billctl
