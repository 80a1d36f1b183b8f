#include "config/template.hpp"

#include <algorithm>
#include <array>

#include "calendar/digits.hpp"
#include "outcome/error.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The run of one letter at `at`: "dd" of "dd/mm/yy".
std::string_view token_at(std::string_view format, std::size_t at) {
  std::size_t end = at;
  while (end < format.size() && format[end] == format[at]) ++end;
  return format.substr(at, end - at);
}

bool is_token(std::string_view token) {
  constexpr auto kTokens = std::to_array<std::string_view>({"dd", "mm", "yy", "yyyy", "hh", "ss"});
  return std::find(kTokens.begin(), kTokens.end(), token) != kTokens.end();
}

bool is_separator(char letter) {
  return std::string_view("./-: ").find(letter) != std::string_view::npos;
}

bool is_date_format(std::string_view format) {
  for (std::size_t at = 0; at < format.size();) {
    if (is_separator(format[at])) {
      ++at;
      continue;
    }
    const std::string_view token = token_at(format, at);
    if (!is_token(token)) return false;
    at += token.size();
  }
  return !format.empty();
}

void append_token(std::string& out, std::string_view token, const LocalTime& time,
                  bool after_hour) {
  const Date::Fields date = time.date.fields();
  if (token == "dd") {
    digits::append(out, date.day, 2);
  } else if (token == "mm") {
    digits::append(out, after_hour ? time.minute() : date.month, 2);
  } else if (token == "yy") {
    digits::append(out, date.year % 100, 2);
  } else if (token == "yyyy") {
    digits::append(out, date.year, 4);
  } else if (token == "hh") {
    digits::append(out, time.hour(), 2);
  } else {
    digits::append(out, time.second(), 2);
  }
}

std::string formatted(const LocalTime& time, std::string_view format) {
  std::string out;
  bool after_hour = false;
  for (std::size_t at = 0; at < format.size();) {
    if (is_separator(format[at])) {
      out += format[at++];
      continue;
    }
    const std::string_view token = token_at(format, at);
    append_token(out, token, time, after_hour);
    after_hour = token == "hh";
    at += token.size();
  }
  return out;
}

std::string shown(const TemplateValue& value, const std::string& format) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) {
    return format.empty() ? date->to_text() : formatted({*date, 0}, format);
  }
  const auto& time = std::get<LocalTime>(value);
  return format.empty() ? time.to_text() : formatted(time, format);
}

std::string list_of(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : " ") + word;
  return list;
}

const std::vector<std::string>& dated_document_fields() {
  static const std::vector<std::string> kFields = {"first", "last"};
  return kFields;
}

const std::vector<std::string>& dated_source_fields() {
  static const std::vector<std::string> kFields = {"start", "stop"};
  return kFields;
}

}  // namespace

std::optional<Template> Template::parse(std::string_view text,
                                        const std::vector<std::string>& fields,
                                        const std::vector<std::string>& dated,
                                        FormatMistake* mistake) {
  const auto refuse = [&](std::size_t offset, std::string message, std::string hint) {
    if (mistake != nullptr) *mistake = {offset, std::move(message), std::move(hint)};
    return std::nullopt;
  };
  Template made;
  made.text_ = text;
  std::string literal;
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (letter != '{' && letter != '}') {
      literal += letter;
      ++at;
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == letter) {
      literal += letter;
      at += 2;
      continue;
    }
    if (letter == '}') return refuse(at, "a } without {", "a brace itself is written twice");
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) {
      return refuse(at, "a { without }", "a brace itself is written twice");
    }
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const std::string field(inside.substr(0, colon));
    if (!has(fields, field)) {
      const std::string hint = did_you_mean(field, fields);
      return refuse(at, "unknown field {" + field + "}",
                    hint.empty() ? "fields are " + list_of(fields) : hint);
    }
    std::string format;
    if (colon < inside.size()) {
      format = inside.substr(colon + 1);
      if (!has(dated, field)) return refuse(at, "{" + field + "} takes no format", "");
      if (!is_date_format(format)) {
        return refuse(at, "no date format: " + format, "for example dd/mm/yy, yyyy-mm-dd, hh:mm");
      }
    }
    made.parts_.push_back({std::move(literal), field, std::move(format)});
    literal.clear();
    at = close + 1;
  }
  made.parts_.push_back({std::move(literal), "", ""});
  return made;
}

bool Template::uses(std::string_view field) const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [&](const Part& part) { return part.field == field; });
}

std::string Template::render(const TemplateValues& values) const {
  std::string out;
  for (const Part& part : parts_) {
    out += part.literal;
    const auto value = values.find(part.field);
    if (value != values.end()) out += shown(value->second, part.format);
  }
  return out;
}

const std::vector<std::string>& document_template_fields() {
  static const std::vector<std::string> kFields = {"client", "project", "engagement", "po",
                                                   "period", "first",   "last",       "month",
                                                   "year",   "title",   "number"};
  return kFields;
}

std::optional<Template> parse_document_template(std::string_view text, FormatMistake* mistake) {
  return Template::parse(text, document_template_fields(), dated_document_fields(), mistake);
}

const std::vector<std::string>& mail_template_fields() {
  static const std::vector<std::string> kFields = [] {
    std::vector<std::string> fields = document_template_fields();
    for (const char* field :
         {"seller", "document", "date", "due", "amount", "currency", "summary", "contact"})
      fields.emplace_back(field);
    return fields;
  }();
  return kFields;
}

std::optional<Template> parse_mail_template(std::string_view text, FormatMistake* mistake) {
  return Template::parse(text, mail_template_fields(), dated_document_fields(), mistake);
}

const std::vector<std::string>& source_template_fields() {
  static const std::vector<std::string> kFields = {"source_type", "source_ref", "task",
                                                   "member",      "start",      "stop"};
  return kFields;
}

std::optional<Template> parse_source_template(std::string_view text, FormatMistake* mistake) {
  return Template::parse(text, source_template_fields(), dated_source_fields(), mistake);
}

Template document_template(std::string_view text) {
  std::optional<Template> made = parse_document_template(text);
  expect(made.has_value(), "a template of ours is one");
  return *std::move(made);
}

Template mail_template(std::string_view text) {
  std::optional<Template> made = parse_mail_template(text);
  expect(made.has_value(), "a template of ours is one");
  return *std::move(made);
}

Template source_template(std::string_view text) {
  std::optional<Template> made = parse_source_template(text);
  expect(made.has_value(), "a template of ours is one");
  return *std::move(made);
}

std::map<std::string, Template> default_source_texts() {
  const auto text = [](const std::string& label) {
    return source_template(label + " n°{source_ref} of {start:dd/mm/yy} at {start:hh:mm}");
  };
  return {{"ticket", text("Ticket")},
          {"work_order", text("Work order")},
          {"delivery_note", text("Delivery note")},
          {"business_order", text("Business order")},
          {"contract", text("Contract")}};
}

TemplateValues period_values(const Period& period) {
  const Date first = period.first();
  std::string month;
  std::string year;
  digits::append(month, first.month(), 2);
  digits::append(year, first.year(), 4);
  return {{"period", period.name()},
          {"first", first},
          {"last", period.last()},
          {"month", month},
          {"year", year}};
}

}  // namespace billctl
