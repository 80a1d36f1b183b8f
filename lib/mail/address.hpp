// Address: an e-mail address as one is written to. What stands in it goes into a header and into an
// SMTP command, so nothing that could end either, or name a second receiver, is an address.
#pragma once

#include <string>
#include <string_view>

namespace billctl {

/// Whether a text is one bare address: `local@domain` in ASCII, the local part of atoms with points
/// between, the domain of letters, digits, `-` and points; at most 254 letters in all. No quotes,
/// comments, blanks or control characters (RFC 5321 4.1.2 without what nobody uses).
bool is_mail_address(std::string_view text);

/// What stands behind the `@`: "bo@example.test" -> "example.test".
std::string_view domain_of(std::string_view address);

}  // namespace billctl
