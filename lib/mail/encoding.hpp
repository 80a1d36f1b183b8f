// Encoding: text and bytes as a mail carries them: ASCII in lines of at most 76 letters (RFC 2045,
// RFC 2047).
#pragma once

#include <string>
#include <string_view>

namespace billctl {

/// Text in quoted-printable; its line feeds become CR LF. "Työ = 5" -> "Ty=C3=B6 =3D 5".
std::string quoted_printable(std::string_view text);

/// Bytes in base64, 76 letters a line.
std::string base64_lines(std::string_view bytes);

/// A header whose value is free text, folded, with its CR LF: ASCII as it is, else encoded words
/// that end between letters.
std::string text_header(std::string_view name, std::string_view text);

/// A header with an address and the name before it, if any.
std::string address_header(std::string_view name, std::string_view shown_name,
                           std::string_view address);

}  // namespace billctl
