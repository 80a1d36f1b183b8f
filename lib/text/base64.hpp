// Base64 of RFC 4648 with padding: bytes inside of text, as in data: addresses.
#pragma once

#include <string>
#include <string_view>

namespace billctl {

/// "light work." -> "bGlnaHQgd29yay4="
std::string base64(std::string_view bytes);

}  // namespace billctl
