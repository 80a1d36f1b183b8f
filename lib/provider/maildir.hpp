// Maildir: mails as files, `<path>/new/<seconds>.<key>.billctl`: written in `tmp`, on disk, then
// named. For a program that reads folders, and for test ledgers.
#pragma once

#include <memory>
#include <string>

#include "mail/mail.hpp"

namespace billctl {

/// @param folder made when it is missing; while it can't be, mails are deferred.
std::unique_ptr<MailCarrier> maildir(const std::string& folder);

}  // namespace billctl
