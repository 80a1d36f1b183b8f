// Smtp: mails to a mail server, by libcurl. It is a module beside the library that is loaded with
// the first mail, since curl brings 30 libraries that no other command needs.
//
// One connection carries all mails of a run. Off this machine it is encrypted before anything is
// said, and the server's certificate is always checked (design/reliability.md, threats).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mail/mail.hpp"

namespace billctl {

struct SmtpSettings {
  std::string host;
  int port = 587;  ///< 465: encrypted from the first byte
  bool encrypted = true;
  std::string ca_file;         ///< empty: the system's certificates
  std::string user, password;  ///< empty: none is given
  std::int64_t timeout_seconds = 60;
};

/// Nothing is sent yet.
/// @throws Error{failed} for a billctl that was built without it.
std::unique_ptr<MailCarrier> smtp(const SmtpSettings& settings);

}  // namespace billctl
