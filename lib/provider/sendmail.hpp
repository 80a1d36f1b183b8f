// Sendmail: mails through a program of this machine that takes them on stdin, by its argv and
// without a shell.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mail/mail.hpp"

namespace billctl {

/// @param argv empty: `/usr/sbin/sendmail -t -i`, which takes the receiver from the message.
std::unique_ptr<MailCarrier> sendmail(const std::vector<std::string>& argv,
                                      std::int64_t timeout_seconds);

}  // namespace billctl
