// Encoding: what an imported file has to be before anybody reads it: UTF-8, with or without BOM.
#pragma once

#include <string>
#include <string_view>

#include "intake/mistakes.hpp"
#include "intake/window.hpp"

namespace billctl {

/// Passes over a BOM at the start of a file.
/// @return false, and a mistake, when the file is UTF-16.
bool pass_bom(Window& window, Mistakes& mistakes);

/// @return false, and a mistake at the first byte that is wrong, when the bytes are no UTF-8.
bool is_text(std::string_view bytes, const std::string& file, int line, Mistakes& mistakes,
             int column = 1);

}  // namespace billctl
