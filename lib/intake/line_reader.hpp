// LineReader: a text file by its lines, which end with LF or CRLF (the last may have no end). Lines
// that are no UTF-8, hold a NUL or are longer than 1 MiB are mistakes and are passed over.
#pragma once

#include <cstddef>
#include <string_view>

#include "intake/mistakes.hpp"
#include "intake/window.hpp"

namespace billctl {

class LineReader {
 public:
  static constexpr std::size_t kLineBytesMax = std::size_t{1} << 20U;

  LineReader(Window window, Mistakes& mistakes);

  /// The next good line, without its end; false at the end of the file.
  bool next();
  std::string_view text() const { return text_; }
  int line() const { return line_; }
  const std::string& file() const { return window_.name(); }
  /// Adds a mistake at that byte of the line.
  void wrong(std::size_t offset, std::string message, std::string hint = "");

 private:
  bool find_end();
  bool pass_long_line();

  Window window_;
  Mistakes& mistakes_;
  std::string_view text_;
  std::size_t line_bytes_ = 0;  ///< with its end
  int line_ = 0;
  bool over_ = false;
};

}  // namespace billctl
