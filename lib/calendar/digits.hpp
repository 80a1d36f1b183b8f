// Digits: fixed-width numbers inside dates and times, read and written without locale.
#pragma once

#include <string>
#include <string_view>

namespace billctl::digits {

/// The number of `count` digits at `at`, or -1 when one of them is none or lies beyond the text.
inline int read(std::string_view text, std::size_t at, int count) {
  if (at + static_cast<std::size_t>(count) > text.size()) return -1;
  int number = 0;
  for (int i = 0; i < count; ++i) {
    const char c = text[at + static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// Appends the number with leading zeros, `count` digits.
inline void append(std::string& out, int number, int count) {
  char buffer[8] = {};
  for (int i = count; i-- > 0; number /= 10) buffer[i] = static_cast<char>('0' + number % 10);
  out.append(buffer, static_cast<std::size_t>(count));
}

}  // namespace billctl::digits
