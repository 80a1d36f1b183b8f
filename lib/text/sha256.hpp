// SHA-256, of libsodium: for seals, the event chain and digests. It does not allocate.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace billctl {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
/// SHA-256 of the two pieces one after the other, without joining them.
Digest sha256(std::string_view first, std::string_view second);

/// The same of what comes in pieces, as a file does.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  Digest digest();

 private:
  alignas(std::uint64_t) std::array<std::uint8_t, 128> state_{};  // libsodium's
};

/// 64 lower-case hex digits.
std::string to_hex(const Digest& digest);

}  // namespace billctl
