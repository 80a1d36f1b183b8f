// [mail]: how invoices reach clients.
#include <algorithm>

#include "config/sections.hpp"
#include "outcome/words.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr auto kTransports = std::to_array<std::string_view>({"smtp", "sendmail", "file"});

std::optional<MailTransport> mail_transport_of(std::string_view text) {
  return find_word<MailTransport>(kTransports, text);
}

/// The texts of one key: in a subject a line end would begin another header, a message has lines.
class MailTexts {
 public:
  MailTexts(Section& section, std::string_view key, bool lines)
      : section_(section), key_(key), lines_(lines) {}

  /// One text for all, or a text for each language.
  void read(std::map<std::string, Template>& into) {
    const TomlMember* member = section_.take(key_);
    if (member != nullptr && member->value.kind == TomlValue::Kind::table) {
      for (const TomlMember& each : member->value.members) read_language(each, into);
    } else if (member != nullptr) {
      read_text(section_.name(key_), member->value, "", into);
    }
    Json noted;
    if (const auto all = into.find(""); all != into.end()) {
      noted = all->second.text();
    } else if (!into.empty()) {
      noted = Json::object();
      for (const auto& [language, text] : into) noted.set(language, text.text());
    }
    section_.note(key_, std::move(noted));
  }

 private:
  void read_language(const TomlMember& each, std::map<std::string, Template>& into) {
    constexpr auto kLanguages = std::to_array<std::string_view>({"en", "fi", "sv", "de"});
    if (std::ranges::find(kLanguages, each.key) == kLanguages.end()) {
      section_.findings().mistake(each.key_at,
                                  section_.name(key_) + ": there is no language " + seen(each.key),
                                  "one of en, fi, sv, de");
      return;
    }
    read_text(section_.name(key_) + '.' + each.key, each.value, each.key, into);
  }

  void read_text(const std::string& name, const TomlValue& value, const std::string& language,
                 std::map<std::string, Template>& into) {
    if (value.kind != TomlValue::Kind::text || has_control(value.text)) {
      const char* needed = lines_ ? "a text without control characters"
                                  : "a text of one line without control characters";
      section_.findings().mistake(value.at, name + " is " + seen(value) + "; needed " + needed);
      return;
    }
    FormatMistake mistake;
    if (auto read = parse_mail_template(value.text, &mistake)) {
      into.emplace(language, *std::move(read));
    } else {
      section_.findings().mistake(inside(value, mistake.offset), name + ": " + mistake.message,
                                  mistake.hint);
    }
  }

  bool has_control(std::string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (control_length(text, i) > 0 && !(lines_ && text[i] == '\n')) return true;
    }
    return false;
  }

  Section& section_;
  std::string key_;
  bool lines_;
};

// What leaves this machine unencrypted is read by whoever listens (design/reliability.md, threats).
void read_encryption(Section& section, MailSettings& mail) {
  mail.starttls = !is_loopback_host(mail.host);
  section.boolean("starttls", mail.starttls);
  if (mail.transport == MailTransport::smtp && !mail.starttls && !is_loopback_host(mail.host))
    section.wrong("starttls", "true, for " + seen(mail.host) + " is not this machine");
  section.path("ca_file", mail.ca_file);
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
  MailTexts(section, "subject", false).read(read.subject);
  MailTexts(section, "text", true).read(read.text);
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
