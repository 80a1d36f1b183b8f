// Window: the bytes of a source that are in memory now. A reader looks at them, drops what it is
// done with, and asks for more; what it has not dropped stays, at the front.
//
// It begins at the size it is given (1 MiB for files) and grows only while one row does not fit,
// up to a limit: that is all the memory a file of any size takes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "intake/source.hpp"

namespace billctl {

class Window {
 public:
  static constexpr std::size_t kBytes = std::size_t{1} << 20U;
  static constexpr std::size_t kBytesMax = std::size_t{2} << 20U;

  explicit Window(Source& source, std::size_t bytes = kBytes);

  const char* begin() const { return buffer_.data() + first_; }
  const char* end() const { return buffer_.data() + past_; }
  std::size_t size() const { return past_ - first_; }
  std::string_view text() const { return {begin(), size()}; }

  const std::string& name() const { return source_->name(); }

  void drop(std::size_t bytes) { first_ += bytes; }

  /// Reads on behind what is there; pointers into the window no longer hold.
  /// @return false when nothing was added: the source has ended or the window is at its limit.
  bool more();
  /// True once the source has given its last byte to the window.
  bool ended() const { return ended_; }

 private:
  Source* source_;
  std::vector<char> buffer_;
  std::size_t first_ = 0;
  std::size_t past_ = 0;
  bool ended_ = false;
};

}  // namespace billctl
