// Mail carrier: what [mail] says mails go by.
#pragma once

#include <memory>
#include <string>

#include "config/settings.hpp"
#include "mail/mail.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// [mail], and that a test ledger's mails stay on this machine.
/// @throws Error{bad_config}, {not_permitted}.
const MailSettings& mail_settings(const Session& session);

/// The address that mails come from: [mail] from, else that of the tenant's contact.
/// @throws Error{bad_config} without one.
std::string sender_address(const Session& session);

/// @throws Error{bad_config} for a secret that is not there, {failed} for a transport that this
/// program was built without.
std::unique_ptr<MailCarrier> open_carrier(const MailSettings& settings, const std::string& sender);

}  // namespace billctl
