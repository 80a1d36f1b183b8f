#include "pipeline/mail_maker.hpp"

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/mails.hpp"
#include "ledger/stored_documents.hpp"
#include "mail/address.hpp"
#include "pipeline/mail_carrier.hpp"
#include "pipeline/mail_text.hpp"
#include "pipeline/print_crew.hpp"
#include "render/whole_file.hpp"
#include "sync/submission.hpp"
#include "text/sha256.hpp"
#include "text/visible.hpp"

namespace billctl {

/// An order with what was read for it, and then what was printed.
struct MailMaker::Sheet {
  MailOrder order;
  Invoice invoice;
  MailText text;
  std::vector<PrintOrder> prints;
  std::vector<PrintedFile> files;
  std::int64_t mails_before = 0;
  bool was_sent = false;
  std::optional<Finding> refusal;
};

namespace {

/// What an invoice's form is missing is no reason to keep the invoice back: the paper goes alone.
bool may_be_left_out(const PrintedFile& file, std::string_view format) {
  return file.refusal && format == "ubl";
}

std::string type_of_medium(const Medium& medium) {
  return type_of_file(medium.extension == ".txt" ? "a.txt" : "a" + std::string(medium.extension));
}

}  // namespace

MailMaker::MailMaker(Session& session, const MailManner& manner)
    : session_(session),
      settings_(mail_settings(session)),
      manner_(manner),
      sender_(sender_address(session)),
      books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)),
      room_(session) {}

MailFacts MailMaker::facts(const Invoice& invoice) const {
  MailFacts facts;
  const ClientId payer = invoice.bill_to ? invoice.bill_to : invoice.client;
  facts.client = books_.clients.at(payer).name;
  if (invoice.project) facts.project = books_.projects.at(invoice.project).name;
  if (invoice.engagement) facts.engagement = books_.engagements.at(invoice.engagement).name;
  return facts;
}

MailMaker::Sheet MailMaker::read(const MailOrder& order) {
  Sheet sheet;
  sheet.order = order;
  Invoices invoices(session_.ledger, session_.tenant.id);
  StoredDocuments stored(session_.ledger, session_.tenant.id);
  sheet.invoice = invoices.header(order.invoice);
  sheet.mails_before = Mails(session_.ledger, session_.tenant.id).count_of(order.invoice);
  PrintManner manner;
  manner.annex = manner_.annex;
  RenderedInvoice rendered = room_.invoice(sheet.invoice.number, manner);
  sheet.text = mail_text(settings_, rendered.printed, facts(sheet.invoice));
  for (const std::string& format : settings_.attach) {
    PrintOrder print;
    print.medium = find_medium(format);
    print.invoice = rendered.invoice;
    print.sent = stored.stored({order.invoice, print.medium->word});
    if (!print.sent) print.printed = rendered.printed;
    sheet.was_sent = sheet.was_sent || print.sent;
    sheet.prints.push_back(std::move(print));
  }
  if (sheet.was_sent && manner_.annex)
    sheet.refusal = Finding{Reason::already_delivered,
                            "its document was sent before and goes as it was, without --annex"};
  return sheet;
}

MailMessage MailMaker::message(const Mail& mail) const {
  MailMessage message;
  message.message_id = mail.message_id;
  message.from_name = visible(session_.config.tenant.name);
  message.from = mail.from;
  message.to = mail.to;
  message.reply_to = settings_.reply_to;
  message.date = mail.queued_at;
  return message;
}

void MailMaker::freeze(Mail& mail, const MailMessage& message) const {
  mail.payload = eml_of(message);
  mail.payload_digest = to_hex(sha256(mail.payload));
}

MadeMail MailMaker::made(Sheet& sheet) {
  MadeMail made;
  Mail& mail = made.mail;
  mail.invoice = sheet.order.invoice;
  mail.purpose = sheet.order.purpose;
  const std::string what(sheet.order.again ? "resend" : word(mail.purpose));
  mail.revision = what + ":" + sheet.invoice.seal + ":" + std::to_string(sheet.mails_before);
  mail.key = submission_key(session_.tenant.code, sheet.invoice.draft_number, mail.revision);
  mail.from = sender_;
  mail.to = sheet.order.to;
  mail.message_id = "<" + mail.key + "@" + std::string(domain_of(sender_)) + ">";
  mail.queued_at = session_.now;
  MailMessage message = this->message(mail);
  message.subject = sheet.text.subject;
  message.language = sheet.text.language;
  message.text = sheet.text.text;
  message.html = html_of_text(sheet.text.text, sheet.text.language);
  for (std::size_t i = 0; i < sheet.files.size(); ++i) {
    PrintedFile& file = sheet.files[i];
    const Medium& medium = *sheet.prints[i].medium;
    if (may_be_left_out(file, medium.word)) continue;
    if (file.refusal) {
      made.refusal = Finding{file.refusal->code(), file.refusal->message()};
      return made;
    }
    message.attachments.push_back({safe_file_name(file.invoice) + std::string(medium.extension),
                                   type_of_medium(medium), file.content});
    made.documents.emplace_back(medium.word, std::move(file.content));
  }
  for (const MailAttachment& each : manner_.beside) message.attachments.push_back(each);
  freeze(mail, message);
  return made;
}

std::vector<MadeMail> MailMaker::make(const std::vector<MailOrder>& orders) {
  std::vector<Sheet> sheets;
  session_.ledger.read([&] {
    for (const MailOrder& order : orders) sheets.push_back(read(order));
  });
  PrintCrew crew(orders.size() < 2 ? 0 : cores(), DryRun::no);
  for (Sheet& sheet : sheets) {
    if (sheet.refusal) continue;
    for (PrintOrder& print : sheet.prints) {
      PrintOrder given = std::move(print);
      print.medium = given.medium;
      crew.give(std::move(given));
    }
  }
  std::vector<PrintedFile> files = crew.finish();
  auto next = files.begin();
  std::vector<MadeMail> all;
  for (Sheet& sheet : sheets) {
    if (sheet.refusal) {
      all.emplace_back();
      all.back().refusal = sheet.refusal;
      continue;
    }
    for (std::size_t i = 0; i < sheet.prints.size(); ++i) sheet.files.push_back(std::move(*next++));
    all.push_back(made(sheet));
  }
  return all;
}

Mail MailMaker::notice(const std::string& key, const std::string& to, const std::string& language,
                       const std::string& subject, const std::string& text) {
  Mail mail;
  mail.purpose = MailPurpose::notice;
  mail.revision = "notice:" + key;
  mail.key = submission_key(session_.tenant.code, "", mail.revision);
  mail.from = sender_;
  mail.to = to;
  mail.message_id = "<" + mail.key + "@" + std::string(domain_of(sender_)) + ">";
  mail.queued_at = session_.now;
  MailMessage message = this->message(mail);
  message.language = language.empty() ? session_.config.tenant.language : language;
  const std::string mark = session_.tenant.test ? "TEST " : "";
  message.subject = visible(mark + subject);
  message.text = (mark.empty() ? "" : "TEST\n\n") + text;
  freeze(mail, message);
  return mail;
}

}  // namespace billctl
