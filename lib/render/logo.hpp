// Logo: the picture on top of paper, a PNG that every document carries within itself.
#pragma once

#include <cstdint>
#include <string>

namespace billctl {

struct Logo {
  std::string png;
  std::uint32_t width = 0, height = 0;  ///< in its own dots, at least 1
};

/// Reads a PNG of at most 1 MiB and 4096 x 4096 dots.
/// @throws Error{bad_config} naming `tenant.logo` and what is wrong with the file.
Logo read_logo(const std::string& path);

}  // namespace billctl
