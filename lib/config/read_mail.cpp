// [mail]: how invoices reach clients.
#include <algorithm>

#include "config/sections.hpp"
#include "outcome/words.hpp"

namespace billctl {
namespace {

constexpr auto kTransports = std::to_array<std::string_view>({"smtp", "sendmail", "file"});

std::optional<MailTransport> mail_transport_of(std::string_view text) {
  return find_word<MailTransport>(kTransports, text);
}

void read_template(Section& section, const std::string& key, const TomlValue& value,
                   const std::string& language, std::map<std::string, Template>& into) {
  FormatMistake mistake;
  if (auto read = parse_mail_template(value.text, &mistake)) {
    into.emplace(language, *std::move(read));
    return;
  }
  section.findings().mistake(inside(value, mistake.offset), key + ": " + mistake.message,
                             mistake.hint);
}

void read_by_language(Section& section, std::string_view key, const TomlMember& member,
                      std::map<std::string, Template>& into) {
  constexpr auto kLanguages = std::to_array<std::string_view>({"en", "fi", "sv", "de"});
  const std::string name = section.name(key);
  for (const TomlMember& each : member.value.members) {
    const bool known = std::ranges::find(kLanguages, each.key) != kLanguages.end();
    if (!known) {
      section.findings().mistake(each.key_at, name + ": there is no language " + seen(each.key),
                                 "one of en, fi, sv, de");
    } else if (each.value.kind != TomlValue::Kind::text) {
      section.findings().mistake(
          each.value.at, name + '.' + each.key + " is " + seen(each.value) + "; needed a text");
    } else {
      read_template(section, name + '.' + each.key, each.value, each.key, into);
    }
  }
}

// One text for all, or a text for each language.
void read_texts(Section& section, std::string_view key, std::map<std::string, Template>& into) {
  const TomlMember* member = section.take(key);
  if (member != nullptr && member->value.kind == TomlValue::Kind::table) {
    read_by_language(section, key, *member, into);
  } else if (member != nullptr && section.take_text(key) != nullptr) {
    read_template(section, section.name(key), member->value, "", into);
  }
  Json noted;
  if (const auto all = into.find(""); all != into.end()) {
    noted = all->second.text();
  } else if (!into.empty()) {
    noted = Json::object();
    for (const auto& [language, text] : into) noted.set(language, text.text());
  }
  section.note(key, std::move(noted));
}

// What leaves this machine unencrypted is read by whoever listens (design/reliability.md, threats).
void read_encryption(Section& section, MailSettings& mail) {
  mail.starttls = !is_loopback_host(mail.host);
  section.boolean("starttls", mail.starttls);
  if (mail.transport == MailTransport::smtp && !mail.starttls && !is_loopback_host(mail.host))
    section.wrong("starttls", "true, for " + seen(mail.host) + " is not this machine");
  section.path("ca_file", mail.ca_file);
}

// A line end in a subject would begin another header.
void refuse_lines(Section& section, const std::map<std::string, Template>& subjects) {
  for (const auto& [language, subject] : subjects) {
    if (subject.text().find_first_of("\r\n") == std::string::npos) continue;
    section.wrong("subject", "one line");
  }
}

}  // namespace

std::string_view word(MailTransport transport) {
  return word_of(kTransports, transport);
}

void read_mail(Section section, std::optional<MailSettings>& mail) {
  MailSettings read;
  const bool transport =
      section.word("transport", read.transport, mail_transport_of, word_list(kTransports));
  section.text("host", read.host);
  section.whole_number("port", read.port, 1, 65535);
  section.email("from", read.from);
  section.email("reply_to", read.reply_to);
  section.text("user", read.user);
  section.secret("password", read.password);
  section.path("path", read.path);
  section.command("command", read.command);
  section.duration("timeout", read.timeout_seconds);
  read_encryption(section, read);
  section.words("attach", {"text", "html", "pdf", "ubl"}, read.attach);
  read_texts(section, "subject", read.subject);
  refuse_lines(section, read.subject);
  read_texts(section, "text", read.text);
  if (section.present()) {
    section.missing("transport", "smtp, sendmail or file");
    if (transport && read.transport == MailTransport::file) {
      section.missing("path", "a folder for transport \"file\"");
    }
    mail = std::move(read);
  }
  section.finish();
}

}  // namespace billctl
