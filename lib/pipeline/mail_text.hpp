// Mail text: subject and text of the message that an invoice goes with, in the client's language,
// by templates that only substitute: those of [mail], else the built-in ones.
//
//     Invoice INV00042, Example Oy          Lasku INV00042, Example Oy
#pragma once

#include <string>

#include "config/settings.hpp"
#include "render/printed_document.hpp"

namespace billctl {

struct MailText {
  std::string language;  ///< of the words: en, fi, sv or de
  std::string subject;   ///< one line, of which control characters are made visible
  std::string text;      ///< ends with a line feed
};

/// What the templates can't read from the document.
struct MailFacts {
  std::string client, project, engagement;  ///< names
};

/// TEST stands before the subject and the text of a test ledger.
MailText mail_text(const MailSettings& settings, const PrintedDocument& printed,
                   const MailFacts& facts);

}  // namespace billctl
