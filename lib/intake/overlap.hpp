// Overlap: times of one member that run beside each other, which one person can't have worked. A
// warning (`overlap`), never a refusal. Source: spec/import.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/instant.hpp"

namespace billctl {

struct Overlap {
  std::string member;
  int line = 0;  ///< of the session that starts later (of two that start together, the lower)
  int earlier_line = 0;      ///< of the one that it runs into
  std::int64_t seconds = 0;  ///< how long both run
};

/// Collects the sessions of one file, 32 bytes each, in any order.
class Overlaps {
 public:
  void add(std::string_view member, Instant started, Instant stopped, int line);
  /// Each session that runs into one that started before it, told once, by member and start.
  /// Sessions that only touch, and those of no length, overlap nothing.
  std::vector<Overlap> find();

 private:
  struct Session {
    std::uint32_t member;
    int line;
    std::int64_t started;
    std::int64_t stopped;
  };

  std::unordered_map<std::string, std::uint32_t> members_;
  std::vector<std::string> names_;
  std::vector<Session> sessions_;
};

}  // namespace billctl
