#include "intake/line_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "intake/encoding.hpp"
#include "intake/row.hpp"

namespace billctl {

LineReader::LineReader(Window window, Mistakes& mistakes)
    : window_(std::move(window)), mistakes_(mistakes) {
  over_ = !pass_bom(window_, mistakes_);
}

bool LineReader::next() {
  while (!over_) {
    window_.drop(std::exchange(line_bytes_, 0));
    ++line_;
    if (!find_end()) continue;
    const std::size_t nul = text_.find('\0');
    if (nul != std::string_view::npos) {
      wrong(nul, "a NUL byte, text is needed");
    } else if (is_text(text_, file(), line_, mistakes_)) {
      return true;
    }
  }
  return false;
}

/// Sets text_ to the line at the front of the window; false when there is none to give.
bool LineReader::find_end() {
  std::size_t end = window_.text().find('\n');
  while (end == std::string_view::npos) {
    const std::size_t seen = window_.size();
    if (!window_.more()) break;
    end = window_.text().find('\n', seen);
  }
  const bool last = end == std::string_view::npos;
  if (last) end = window_.size();
  if (end > kLineBytesMax) return pass_long_line();
  if (last && end == 0) {
    over_ = true;
    return false;
  }
  text_ = window_.text().substr(0, end);
  if (text_.ends_with('\r')) text_.remove_suffix(1);
  line_bytes_ = last ? end : end + 1;
  return true;
}

bool LineReader::pass_long_line() {
  mistakes_.add({file(), line_, 1},
                fmt::format("the line is too long, {} KiB is the most", kLineBytesMax >> 10U));
  for (;;) {
    const std::size_t end = window_.text().find('\n');
    if (end != std::string_view::npos) {
      window_.drop(end + 1);
      return false;
    }
    window_.drop(window_.size());
    if (window_.more()) continue;
    over_ = true;
    return false;
  }
}

void LineReader::wrong(std::size_t offset, std::string message, std::string hint) {
  mistakes_.add(position_in(text_, offset, file(), line_), std::move(message), std::move(hint));
}

}  // namespace billctl
