// Splitmix64: the random numbers of the property tests. The same seed gives the same numbers on
// every machine; a case prints its seed when it fails (`INFO(random.seed_text())`).
#pragma once

#include <cstdint>
#include <string>

namespace billctl {

class Splitmix {
 public:
  explicit Splitmix(std::uint64_t seed) : seed_(seed), state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  /// From first to last, both included; the span is below 2^63.
  std::int64_t between(std::int64_t first, std::int64_t last) {
    const auto span = static_cast<std::uint64_t>(last - first) + 1;
    return first + static_cast<std::int64_t>(next() % span);
  }
  /// A number of random magnitude and sign, at most 2^bits.
  std::int64_t any(int bits) {
    const int shift = 64 - static_cast<int>(between(1, bits));
    const auto size = static_cast<std::int64_t>(next() >> shift);
    return next() % 2 == 0 ? size : -size;
  }
  std::string seed_text() const { return "seed " + std::to_string(seed_); }

 private:
  std::uint64_t seed_;
  std::uint64_t state_;
};

}  // namespace billctl
