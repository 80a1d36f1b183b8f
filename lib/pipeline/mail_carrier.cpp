#include "pipeline/mail_carrier.hpp"

#include "mail/address.hpp"
#include "outcome/error.hpp"
#include "provider/maildir.hpp"
#include "provider/secret.hpp"
#include "provider/sendmail.hpp"
#include "provider/smtp.hpp"

namespace billctl {
namespace {

std::string secret_of(const SecretSource& source) {
  switch (source.from) {
    case SecretSource::From::environment:
      return secret_of_variable(source.name);
    case SecretSource::From::file:
      return secret_of_file(source.name);
    case SecretSource::From::command:
      return secret_of_command(source.argv);
  }
  return "";
}

// A program may carry a mail anywhere; a folder and a loopback address are seen to stay here.
void require_reach(const Session& session, const MailSettings& settings) {
  if (!session.tenant.test && !session.config.tenant.test) return;
  if (settings.transport == MailTransport::file) return;
  const bool smtp = settings.transport == MailTransport::smtp;
  if (smtp && is_loopback_host(settings.host)) return;
  throw Error(Reason::not_permitted,
              "a test ledger delivers only to files and loopback, and [mail] goes by " +
                  (smtp ? "smtp to " + settings.host : std::string("sendmail")),
              "use transport = \"file\", or host = \"localhost\"");
}

SmtpSettings smtp_settings(const MailSettings& mail, const std::string& sender) {
  SmtpSettings settings;
  settings.host = mail.host;
  settings.port = mail.port;
  settings.encrypted = mail.starttls;
  settings.ca_file = mail.ca_file;
  settings.user = mail.user.empty() ? sender : mail.user;
  if (mail.password) settings.password = secret_of(*mail.password);
  settings.timeout_seconds = mail.timeout_seconds;
  return settings;
}

}  // namespace

const MailSettings& mail_settings(const Session& session) {
  if (!session.config.mail) {
    throw Error(Reason::bad_config, "the config does not say how mail is sent",
                "add [mail] with transport = \"smtp\", host and from; see billctl.toml(5)");
  }
  require_reach(session, *session.config.mail);
  return *session.config.mail;
}

std::string sender_address(const Session& session) {
  std::string from = session.config.mail ? session.config.mail->from : "";
  if (from.empty()) from = session.config.tenant.contact.email;
  if (from.empty()) {
    throw Error(Reason::bad_config, "the config does not say whom mail comes from",
                "set [mail] from = \"billing@example.test\"");
  }
  if (!is_mail_address(from))
    throw Error(Reason::bad_config, "the sender \"" + from + "\" is no e-mail address",
                "set [mail] from to one address such as billing@example.test");
  return from;
}

std::unique_ptr<MailCarrier> open_carrier(const MailSettings& settings, const std::string& sender) {
  switch (settings.transport) {
    case MailTransport::smtp:
      return smtp(smtp_settings(settings, sender));
    case MailTransport::sendmail:
      return sendmail(settings.command, settings.timeout_seconds);
    case MailTransport::file:
      return maildir(settings.path);
  }
  return nullptr;
}

}  // namespace billctl
