// Message: a mail as values, and its bytes by MIME (RFC 5322, 2045-2047): a text part, the same as
// HTML, and files. Same message, same bytes; every line ends in CR LF, is ASCII and at most 78
// letters long, so that no server on the way changes it.
//
//     Subject: Lasku INV00042, Työ Oy  ->  =?UTF-8?B?TGFza3UgSU5WMDAwNDIsIFR5w7YgT3k=?=
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"

namespace billctl {

struct MailAttachment {
  std::string name;  ///< letters, digits and `._-`
  std::string type;  ///< `application/pdf`
  std::string bytes;
};

struct MailMessage {
  std::string message_id;  ///< `<key@domain>`
  std::string from_name;   ///< empty: the bare address
  std::string from, to;
  std::string reply_to;  ///< empty: none
  std::string subject;
  std::string language;  ///< `fi`, or empty
  Instant date = Instant::from_seconds(0);
  std::string text;  ///< UTF-8, lines end in a line feed
  std::string html;  ///< empty: the text alone
  std::vector<MailAttachment> attachments;
};

/// The message's bytes. Its parts are parted by lines made of the Message-ID, which no encoded part
/// can hold.
/// @throws Error{bad_input} for an address that is none, a control character in a header, or a file
/// name of other letters.
std::string eml_of(const MailMessage& message);

/// The text as a page of HTML: paragraphs where lines are blank, everything escaped.
std::string html_of_text(std::string_view text, std::string_view language);

/// "2026-11-02T06:00:00Z" -> "Mon, 02 Nov 2026 06:00:00 +0000".
std::string mail_date(Instant at);

/// A type for a file by the ending of its name; application/octet-stream for endings not known.
std::string type_of_file(std::string_view name);

/// The lines of a stored message with line feeds alone, as files and programs of this machine have
/// them.
std::string with_line_feeds(std::string_view crlf);

}  // namespace billctl
