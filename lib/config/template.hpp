// Template: text with fields, `{client} {period}`. Substitution only: no logic, nothing is
// evaluated, and what is put in is never read again (S4-12, X20; design/reliability.md, threats).
//
//     "Ticket n°{source_ref} of {start:dd/mm/yy} at {start:hh:mm}" -> Ticket n°77 of 05/10/26 at
//     09:30
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "calendar/period.hpp"
#include "text/format_mistake.hpp"

namespace billctl {

/// What a field becomes: a text as it is, a date (ISO, or as the field's format says), a local
/// time.
using TemplateValue = std::variant<std::string, Date, LocalTime>;
using TemplateValues = std::map<std::string, TemplateValue, std::less<>>;

class Template {
 public:
  /// Reads a template in which only these fields may stand; `{{` and `}}` are braces. Fields of
  /// `dated` take a format of dd mm yy yyyy hh mm ss and . / - : blanks; mm after hh is minutes.
  /// @return nothing for an unknown field, an open brace or a format that is none; `mistake` says
  /// which.
  static std::optional<Template> parse(std::string_view text,
                                       const std::vector<std::string>& fields,
                                       const std::vector<std::string>& dated,
                                       FormatMistake* mistake = nullptr);

  /// As it was read.
  const std::string& text() const { return text_; }
  bool uses(std::string_view field) const;

  /// The text with its fields put in; a field without a value becomes nothing.
  std::string render(const TemplateValues& values) const;

  bool operator==(const Template& other) const { return text_ == other.text_; }

 private:
  struct Part {
    std::string literal;  ///< stands before the field
    std::string field;    ///< empty: the end
    std::string format;
  };
  Template() = default;
  std::string text_;
  std::vector<Part> parts_;
};

/// Of names and titles: client project engagement po period first last month year title
/// number.
const std::vector<std::string>& document_template_fields();
std::optional<Template> parse_document_template(std::string_view text,
                                                FormatMistake* mistake = nullptr);
/// Of mails: those, and seller document date due amount currency summary contact.
const std::vector<std::string>& mail_template_fields();
std::optional<Template> parse_mail_template(std::string_view text,
                                            FormatMistake* mistake = nullptr);
/// Of the text of an entry's line: source_type source_ref task member start stop.
const std::vector<std::string>& source_template_fields();
std::optional<Template> parse_source_template(std::string_view text,
                                              FormatMistake* mistake = nullptr);

/// The same of texts that are ours; a mistake is a bug.
Template document_template(std::string_view text);
Template source_template(std::string_view text);
Template mail_template(std::string_view text);

/// The texts by source type: ticket, work_order, delivery_note, business_order, contract.
std::map<std::string, Template> default_source_texts();

/// period, first, last, month (10) and year (2026) of a period; the last two of its first date.
TemplateValues period_values(const Period& period);

}  // namespace billctl
