// UTF-8 as text must be before it enters the ledger.
#pragma once

#include <cstddef>
#include <string_view>

namespace billctl {

/// The offset of the first byte that is no valid UTF-8 (overlong forms and surrogates are not), or
/// npos when all is valid.
std::size_t invalid_utf8(std::string_view text);

/// How many terminal columns the text takes; combining marks take none, wide CJK two.
std::size_t display_width(std::string_view text);

}  // namespace billctl
