#include "text/sha256.hpp"

#include <sodium.h>

namespace billctl {
namespace {
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
}  // namespace

Digest sha256(std::string_view bytes) {
  return sha256(bytes, {});
}

Digest sha256(std::string_view first, std::string_view second) {
  Digest digest{};
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, bytes_of(first), first.size());
  crypto_hash_sha256_update(&state, bytes_of(second), second.size());
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

namespace {
crypto_hash_sha256_state& state_of(std::array<std::uint8_t, 128>& bytes) {
  static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(bytes));
  return *reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}
}  // namespace

Sha256::Sha256() {
  crypto_hash_sha256_init(&state_of(state_));
}

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_of(state_), bytes_of(bytes), bytes.size());
}

Digest Sha256::digest() {
  Digest digest{};
  crypto_hash_sha256_final(&state_of(state_), digest.data());
  return digest;
}

std::string to_hex(const Digest& digest) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(digest.size() * 2);
  for (const std::uint8_t byte : digest) {
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
  return out;
}

}  // namespace billctl
