#include "mail/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "calendar/digits.hpp"
#include "mail/address.hpp"
#include "mail/encoding.hpp"
#include "outcome/error.hpp"
#include "text/visible.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr std::string_view kCrLf = "\r\n";

void require_header_text(const char* header, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (control_length(text, at) == 0) continue;
    throw Error(Reason::bad_input, std::string("mail header ") + header + ": \"" + visible(text) +
                                       "\" holds a line end or a control character");
  }
}

void require_address(const char* header, std::string_view address) {
  if (is_mail_address(address)) return;
  throw Error(Reason::bad_input, std::string("mail header ") + header + ": \"" + visible(address) +
                                     "\" is no e-mail address");
}

bool is_file_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

void require_file_name(const std::string& name) {
  if (!name.empty() && name.size() <= 100 && name.front() != '.' &&
      std::all_of(name.begin(), name.end(), is_file_letter))
    return;
  throw Error(Reason::bad_input, "attachment \"" + visible(name) +
                                     "\": a file is sent under a name of letters, digits, . _ -");
}

void require_sendable(const MailMessage& message) {
  require_address("From", message.from);
  require_address("To", message.to);
  if (!message.reply_to.empty()) require_address("Reply-To", message.reply_to);
  require_header_text("From", message.from_name);
  require_header_text("Subject", message.subject);
  require_header_text("Message-ID", message.message_id);
  for (const MailAttachment& each : message.attachments) {
    require_file_name(each.name);
    require_header_text("Content-Type", each.type);
  }
}

/// `=_` stands in no quoted-printable and no base64, so no part can hold it.
std::string boundary_of(const MailMessage& message, std::string_view which) {
  const std::string_view id = message.message_id;
  const std::size_t end = std::min(id.find('@'), id.size());
  std::string boundary = "=_";
  for (const char c : id.substr(0, end))
    if (is_file_letter(c)) boundary += c;
  return boundary.append("_").append(which);
}

std::string multipart_type(std::string_view kind, const std::string& boundary) {
  return "Content-Type: multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"\r\n";
}

std::string text_part(std::string_view type, std::string_view text) {
  std::string part = "Content-Type: text/" + std::string(type) + "; charset=utf-8\r\n";
  part += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
  return part + quoted_printable(text);
}

std::string body_part(const MailMessage& message) {
  if (message.html.empty()) return text_part("plain", message.text);
  const std::string boundary = boundary_of(message, "body");
  std::string part = multipart_type("alternative", boundary) + "\r\n";
  part += "--" + boundary + "\r\n" + text_part("plain", message.text);
  part += "--" + boundary + "\r\n" + text_part("html", message.html);
  return part + "--" + boundary + "--\r\n";
}

void append_attachment(std::string& out, const MailAttachment& each) {
  out += "Content-Type: " + each.type + ";\r\n name=\"" + each.name + "\"\r\n";
  out += "Content-Transfer-Encoding: base64\r\n";
  out += "Content-Disposition: attachment;\r\n filename=\"" + each.name + "\"\r\n\r\n";
  out += base64_lines(each.bytes);
}

std::string headers_of(const MailMessage& message) {
  std::string out = "Date: " + mail_date(message.date) + "\r\n";
  out += address_header("From", message.from_name, message.from);
  if (!message.reply_to.empty()) out += address_header("Reply-To", "", message.reply_to);
  out += address_header("To", "", message.to);
  out += text_header("Subject", message.subject);
  out += "Message-ID: " + message.message_id + "\r\n";
  out += "Auto-Submitted: auto-generated\r\n";
  out += "MIME-Version: 1.0\r\n";
  if (!message.language.empty()) out += text_header("Content-Language", message.language);
  return out;
}

}  // namespace

std::string eml_of(const MailMessage& message) {
  require_sendable(message);
  std::string out = headers_of(message);
  if (message.attachments.empty()) return out + body_part(message);
  const std::string boundary = boundary_of(message, "mixed");
  out += multipart_type("mixed", boundary) + "\r\n";
  out += "--" + boundary + "\r\n" + body_part(message);
  for (const MailAttachment& each : message.attachments) {
    out += "--" + boundary + "\r\n";
    append_attachment(out, each);
  }
  return out + "--" + boundary + "--\r\n";
}

std::string html_of_text(std::string_view text, std::string_view language) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + xml_text(language) +
                    "\">\n<head><meta charset=\"utf-8\"><title></title></head>\n<body>\n";
  bool open = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = xml_text(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      if (open) out += "</p>\n";
      open = false;
      continue;
    }
    out += (open ? "<br>\n" : "<p>") + line;
    open = true;
  }
  if (open) out += "</p>\n";
  return out + "</body>\n</html>\n";
}

std::string mail_date(Instant at) {
  constexpr std::array<const char*, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const LocalTime time = LocalTime::from_seconds(at.seconds());
  const Date::Fields fields = time.date.fields();
  // 1970-01-01 was a Thursday.
  const auto weekday = static_cast<std::size_t>(((time.date.days() + 3) % 7 + 7) % 7);
  std::string out = std::string(kDays[weekday]) + ", ";
  digits::append(out, fields.day, 2);
  out += std::string(" ") + kMonths[static_cast<std::size_t>(fields.month - 1)] + " ";
  digits::append(out, fields.year, 4);
  out += ' ';
  digits::append(out, time.hour(), 2);
  out += ':';
  digits::append(out, time.minute(), 2);
  out += ':';
  digits::append(out, time.second(), 2);
  return out + " +0000";
}

std::string type_of_file(std::string_view name) {
  using Type = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Type, 9> kTypes = {{{".pdf", "application/pdf"},
                                           {".xml", "application/xml"},
                                           {".csv", "text/csv; charset=utf-8"},
                                           {".txt", "text/plain; charset=utf-8"},
                                           {".html", "text/html; charset=utf-8"},
                                           {".png", "image/png"},
                                           {".jpg", "image/jpeg"},
                                           {".jpeg", "image/jpeg"},
                                           {".zip", "application/zip"}}};
  for (const auto& [ending, type] : kTypes)
    if (name.ends_with(ending)) return std::string(type);
  return "application/octet-stream";
}

std::string with_line_feeds(std::string_view crlf) {
  std::string out;
  out.reserve(crlf.size());
  for (std::size_t i = 0; i < crlf.size(); ++i) {
    const bool ends_line = crlf[i] == '\r' && i + 1 < crlf.size() && crlf[i + 1] == '\n';
    if (!ends_line) out += crlf[i];
  }
  return out;
}

}  // namespace billctl
