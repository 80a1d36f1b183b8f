// SMTP reply: what an answer of a mail server, or its absence, means for the mail it was about.
//
//     450 after RCPT TO        deferred      550 after RCPT TO          rejected
//     connection refused       closed        535 to the password        closed
//     lost after 354 (DATA)    unknown: the server may have taken it
#pragma once

#include <cstdint>
#include <string>

#include "mail/mail.hpp"

namespace billctl {

/// How far the talk had come: what was asked last.
enum class SmtpStage : std::uint8_t {
  connecting,  ///< address, connection, greeting, TLS, password
  sender,      ///< MAIL FROM
  recipient,   ///< RCPT TO, and DATA until it is answered
  content,     ///< what follows 354, the server's word to go ahead
};

inline constexpr int kSmtpGoAhead = 354;  ///< the answer to DATA

struct SmtpEnd {
  bool taken = false;  ///< the server said 250 to the content
  SmtpStage stage = SmtpStage::connecting;
  int code = 0;         ///< of its last reply; 0: none
  std::string reply;    ///< that reply
  std::string failure;  ///< what went wrong here, such as a timeout; empty: nothing
  bool denied = false;  ///< the password or the certificate was refused
};

/// A lost answer after 354 is unknown, a 250 after it is sent whatever became of the connection
/// then, a password, a certificate or a sender that is refused closes the way for all, 5yz is final
/// for the recipient, and all else may be tried later (design/reliability.md).
MailResult meaning_of(const SmtpEnd& end);

/// What the exit code of a sendmail program means (sysexits.h): 75 is deferred, what names the
/// address or the data is rejected, a program that can't work is closed, and any other failure is
/// unknown.
MailResult meaning_of_exit(int code);

}  // namespace billctl
