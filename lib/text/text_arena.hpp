// TextArena: texts kept together in large blocks, so that a chunk of a thousand rows costs a few
// allocations and none is left when the chunk is done.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace billctl {

class TextArena {
 public:
  /// A copy that stays where it is until `clear`.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > room_) next_block(text.size());
    char* const place = at_;
    std::memcpy(place, text.data(), text.size());
    at_ += text.size();
    room_ -= text.size();
    return {place, text.size()};
  }

  /// Forgets all texts; the blocks are used again.
  void clear() {
    used_ = 0;
    room_ = 0;
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{64} << 10U;
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  void next_block(std::size_t needed) {
    if (used_ == blocks_.size() || blocks_[used_].size < needed) {
      const std::size_t size = needed > kBlockBytes ? needed : kBlockBytes;
      const auto place = blocks_.begin() + static_cast<std::ptrdiff_t>(used_);
      blocks_.insert(place, Block{std::make_unique<char[]>(size), size});
    }
    at_ = blocks_[used_].bytes.get();
    room_ = blocks_[used_].size;
    ++used_;
  }

  std::vector<Block> blocks_;
  std::size_t used_ = 0;
  char* at_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace billctl
