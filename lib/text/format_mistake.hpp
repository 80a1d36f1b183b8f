// A mistake inside a small format of ours, such as a number format or a template: how many bytes
// into it, what is wrong, and what to do. Whoever read the format from a file adds line and column.
#pragma once

#include <cstddef>
#include <string>

namespace billctl {

struct FormatMistake {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

}  // namespace billctl
