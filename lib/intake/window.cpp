#include "intake/window.hpp"

#include <algorithm>
#include <cstring>

namespace billctl {

Window::Window(Source& source, std::size_t bytes)
    : source_(&source), buffer_(std::clamp<std::size_t>(bytes, 1, kBytesMax)) {}

bool Window::more() {
  if (ended_) return false;
  if (first_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + first_, size());
    past_ -= first_;
    first_ = 0;
  }
  if (past_ == buffer_.size()) {
    if (buffer_.size() >= kBytesMax) return false;
    buffer_.resize(std::min(buffer_.size() * 2, kBytesMax));
  }
  const std::size_t before = past_;
  while (past_ < buffer_.size()) {
    const std::size_t got = source_->read(buffer_.data() + past_, buffer_.size() - past_);
    past_ += got;
    if (got == 0) {
      ended_ = true;
      break;
    }
  }
  return past_ > before;
}

}  // namespace billctl
