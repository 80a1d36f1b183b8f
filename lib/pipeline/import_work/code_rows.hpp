// CodeRows: codes and their rows, packed: a hundred thousand codes of seven bytes take 4 MB, and a
// million entries find theirs among them at two glances at memory each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace billctl {

class CodeRows {
 public:
  /// Nothing for an unknown code.
  std::optional<std::int64_t> find(std::string_view code) const;
  /// Adds a code, or gives it another row.
  void set(std::string_view code, std::int64_t row);
  /// Adds a code, unless it is there.
  void add(std::string_view code, std::int64_t row);

  std::size_t size() const { return count_; }
  /// All codes, in the order in which they came.
  void each(const std::function<void(std::string_view)>& fn) const;

 private:
  /// A place in `bytes_`, 0 for none, and the low bits of what the code there is hashed to.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t at = 0;
  };
  struct Head {  ///< before the bytes of each code
    std::int64_t row;
    std::uint32_t size;
  };
  static constexpr std::uint32_t kFirst = 1;

  Head head(std::uint32_t at) const;
  std::string_view code(std::uint32_t at, const Head& of) const;
  std::size_t slot_of(std::string_view code, std::uint32_t hash) const;
  void append(std::size_t slot, std::string_view code, std::uint32_t hash, std::int64_t row);
  void grow();

  std::vector<Slot> slots_;  ///< a power of two of them, at most half in use
  std::vector<char> bytes_;
  std::size_t count_ = 0;
};

}  // namespace billctl
