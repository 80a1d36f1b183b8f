// XML text: any text as character data of XML 1.0. What the ledger holds of a client may carry
// characters that no XML document can, and a blank element is worse than none (Peppol R008).
#pragma once

#include <string>
#include <string_view>

namespace billctl {

/// Escaped for content and attributes alike, without blanks at its ends: "<A & B>" -> "&lt;A &amp;
/// B&gt;". A character that XML 1.0 forbids, such as U+0001 or a broken UTF-8 byte, becomes U+FFFD;
/// CR LF and CR become LF, as a reader would make of them.
std::string xml_text(std::string_view text);

/// Whether nothing is left of it but XML's white space: an element of it would be empty.
bool is_blank(std::string_view text);

/// The same text without blanks at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace billctl
