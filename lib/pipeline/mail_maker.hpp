// MailMaker: messages with an invoice in them, ready to be queued: the documents are printed, or
// given back where they were sent before, and frozen with the message.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/settings.hpp"
#include "mail/mail.hpp"
#include "mail/message.hpp"
#include "outcome/reason.hpp"
#include "pipeline/mail_text.hpp"
#include "pipeline/render_invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// How the messages of one run are made.
struct MailManner {
  std::optional<Annex> annex;          ///< none: the invoice's own
  std::vector<MailAttachment> beside;  ///< files that go with each
};

/// A message that is wanted.
struct MailOrder {
  InvoiceId invoice;
  MailPurpose purpose = MailPurpose::invoice;
  std::string to;
  bool again = false;  ///< a person asked for it, though it was sent or is unknown
};

struct MadeMail {
  Mail mail;
  /// Format and bytes of what is in it, to be kept as what was sent.
  std::vector<std::pair<std::string, std::string>> documents;
  std::optional<Finding> refusal;  ///< then there is no mail
};

class MailMaker {
 public:
  MailMaker(Session& session, const MailManner& manner);

  /// The messages in the order asked, printed on as many threads as there are cores; holds all of
  /// them, so a run makes a few at a time. Not inside a write.
  std::vector<MadeMail> make(const std::vector<MailOrder>& orders);

  /// A message without an invoice.
  Mail notice(const std::string& key, const std::string& to, const std::string& language,
              const std::string& subject, const std::string& text);

 private:
  struct Sheet;
  Sheet read(const MailOrder& order);
  MadeMail made(Sheet& sheet);
  MailMessage message(const Mail& mail) const;
  void freeze(Mail& mail, const MailMessage& message) const;
  MailFacts facts(const Invoice& invoice) const;

  Session& session_;
  const MailSettings& settings_;
  const MailManner& manner_;
  std::string sender_;
  Books books_;
  PrintRoom room_;
};

}  // namespace billctl
