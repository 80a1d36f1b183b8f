#include "pipeline/mail_text.hpp"

#include <algorithm>
#include <array>

#include "money/money.hpp"
#include "render/wording.hpp"
#include "text/visible.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr const char* kSubject = "{document} {number}, {seller}";
// By Language.
constexpr std::array<const char*, 4> kTexts = {
    "Hello,\n\n{document} {number} is attached to this message.\n\n{summary}\n\nKind "
    "regards\n{seller}\n{contact}\n",
    "Hei,\n\n{document} {number} on tämän viestin liitteenä.\n\n{summary}\n\nYstävällisin "
    "terveisin\n{seller}\n{contact}\n",
    "Hej,\n\n{document} {number} bifogas detta meddelande.\n\n{summary}\n\nMed vänlig "
    "hälsning\n{seller}\n{contact}\n",
    "Guten Tag,\n\n{document} {number} finden Sie im Anhang dieser Nachricht.\n\n{summary}\n\nMit "
    "freundlichen Grüßen\n{seller}\n{contact}\n",
};

const Template& chosen(const std::map<std::string, Template>& texts, Language language,
                       const Template& built_in) {
  auto found = texts.find(std::string(word(language)));
  if (found == texts.end()) found = texts.find("");
  return found == texts.end() ? built_in : found->second;
}

/// Data of one line: a line end in a name would begin another line of the message.
std::string one_line(const std::string& text) {
  return visible(text);
}

void add_line(std::string& lines, const std::string& label, const std::string& value) {
  if (value.empty()) return;
  if (!lines.empty()) lines += '\n';
  lines += label + ": " + value;
}

std::string amount_text(const PrintedDocument& printed, Language language) {
  const Invoice& invoice = printed.document.invoice;
  const std::int64_t minor = invoice.amounts.payable_minor;
  const Money shown(is_negated(printed) ? -minor : minor, invoice.currency);
  return number_text(shown.to_text(), language);
}

/// What a reader wants to know before opening a file: `Date: …`, `Due: …`, `Payable EUR: …`.
std::string summary(const PrintedDocument& printed, Language language) {
  const Invoice& invoice = printed.document.invoice;
  const auto date = [&](const std::optional<Date>& on) {
    return on ? date_text(*on, language) : "";
  };
  const Phrase amount = is_negated(printed) ? Phrase::credited : Phrase::payable;
  std::string lines;
  add_line(lines, phrase(Phrase::corrects, language), printed.corrects);
  add_line(lines, phrase(Phrase::date, language), date(invoice.invoice_on));
  if (!is_negated(printed)) add_line(lines, phrase(Phrase::due, language), date(invoice.due_on));
  add_line(lines, phrase(Phrase::po_number, language), one_line(invoice.po_number));
  add_line(lines, phrase(Phrase::buyer_reference, language),
           one_line(printed.buyer.buyer_reference));
  add_line(lines, phrase(amount, language, {invoice.currency.code()}),
           amount_text(printed, language));
  return lines;
}

std::string contact(const Seller& seller) {
  std::string lines;
  for (const std::string* each :
       {&seller.contact_name, &seller.contact_phone, &seller.contact_email}) {
    if (each->empty()) continue;
    if (!lines.empty()) lines += '\n';
    lines += one_line(*each);
  }
  return lines;
}

TemplateValues values_of(const PrintedDocument& printed, const MailFacts& facts,
                         Language language) {
  const Invoice& invoice = printed.document.invoice;
  TemplateValues values = period_values(invoice.period);
  const Phrase document = is_negated(printed) ? Phrase::credit_note : Phrase::invoice;
  values["document"] = phrase(document, language);
  values["number"] = one_line(invoice.number);
  values["client"] = one_line(facts.client);
  values["project"] = one_line(facts.project);
  values["engagement"] = one_line(facts.engagement);
  values["po"] = one_line(invoice.po_number);
  values["title"] = one_line(invoice.title);
  values["seller"] = one_line(printed.seller.name);
  values["date"] = invoice.invoice_on ? date_text(*invoice.invoice_on, language) : std::string();
  values["due"] = invoice.due_on ? date_text(*invoice.due_on, language) : std::string();
  values["amount"] = amount_text(printed, language);
  values["currency"] = std::string(invoice.currency.code());
  values["summary"] = summary(printed, language);
  values["contact"] = contact(printed.seller);
  return values;
}

}  // namespace

MailText mail_text(const MailSettings& settings, const PrintedDocument& printed,
                   const MailFacts& facts) {
  const Language language = language_of(printed.language);
  const TemplateValues values = values_of(printed, facts, language);
  const Template built_in_text = mail_template(kTexts[static_cast<std::size_t>(language)]);
  const Template built_in_subject = mail_template(kSubject);
  MailText made;
  made.language = std::string(word(language));
  made.subject = visible(chosen(settings.subject, language, built_in_subject).render(values));
  const std::string text = chosen(settings.text, language, built_in_text).render(values);
  made.text = std::string(trimmed(text)) + "\n";
  if (printed.test) {
    made.subject = "TEST " + made.subject;
    made.text = "TEST\n\n" + made.text;
  }
  return made;
}

}  // namespace billctl
