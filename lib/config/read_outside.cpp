// [rebill], [providers.*] and [bounds]: jobs, and what leaves the house.
#include <algorithm>

#include "approval/rules.hpp"
#include "config/sections.hpp"
#include "outcome/words.hpp"

namespace billctl {
namespace {

constexpr auto kProviderKinds =
    std::to_array<std::string_view>({"file", "http", "tryton", "journal", "xero"});
constexpr auto kJournalFormats =
    std::to_array<std::string_view>({"hledger", "ledger", "beancount"});

std::optional<ProviderKind> provider_kind_of(std::string_view text) {
  return find_word<ProviderKind>(kProviderKinds, text);
}
std::optional<JournalFormat> journal_format_of(std::string_view text) {
  return find_word<JournalFormat>(kJournalFormats, text);
}

void read_source_texts(Section section, std::map<std::string, Template>& texts) {
  for (auto& [source_type, text] : texts) {
    if (const TomlMember* member = section.take_text(source_type)) {
      FormatMistake mistake;
      if (auto read = parse_source_template(member->value.text, &mistake)) {
        text = *std::move(read);
      } else {
        section.findings().mistake(inside(member->value, mistake.offset),
                                   section.name(source_type) + ": " + mistake.message,
                                   mistake.hint);
      }
    }
    section.note(source_type, text.text());
  }
  section.finish();
}

void read_by_member(Section& section, Template& by_member) {
  if (const TomlMember* member = section.take_text("by_member")) {
    FormatMistake mistake;
    if (auto read = parse_source_template(member->value.text, &mistake)) {
      by_member = *std::move(read);
    } else {
      section.findings().mistake(inside(member->value, mistake.offset),
                                 section.name("by_member") + ": " + mistake.message, mistake.hint);
    }
  }
  section.note("by_member", by_member.text());
}

struct Address {
  std::string scheme;
  std::string host;
  bool user_inside = false;
};

Address address_of(std::string_view url) {
  Address address;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return address;
  address.scheme = url.substr(0, colon);
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t at = rest.rfind('@');
  address.user_inside = at != std::string_view::npos;
  if (address.user_inside) rest.remove_prefix(at + 1);
  const std::size_t end =
      rest.starts_with('[') ? std::min(rest.find(']') + 1, rest.size()) : rest.find(':');
  address.host = rest.substr(0, end);
  return address;
}

// https only, but for a server on this machine: an address that leaves it shows invoices to whoever
// listens (design/reliability.md, threats).
void read_url(Section& section, std::string& url, bool plain_loopback) {
  if (!section.text("url", url)) return;
  const Address address = address_of(url);
  if (address.user_inside) {
    section.findings().mistake(section.at("url"),
                               section.name("url") +
                                   " holds a user or password, which is never "
                                   "written here",
                               "name it by user and password_env, or token_env");
    url.clear();
    return;
  }
  const bool blank = url.find_first_of(" \"<>\\") != std::string::npos;
  const bool loopback = is_loopback_host(address.host);
  if (address.scheme == "https" && !address.host.empty() && !blank) return;
  if (address.scheme == "http" && loopback && !blank) {
    if (!plain_loopback) {
      section.wrong("url", "https", "to reach this machine without it add allow_loopback = true");
    }
    return;
  }
  section.wrong("url", "an address that begins with https://");
}

void need_for_kind(Section& section, const ProviderSettings& provider) {
  const std::string kind(word(provider.kind));
  const auto need = [&](std::string_view key, const std::string& what) {
    section.missing(key, what + " for kind \"" + kind + '"');
  };
  switch (provider.kind) {
    case ProviderKind::file:
      return need("path", "a folder");
    case ProviderKind::journal:
      return need("path", "a file");
    case ProviderKind::http:
      return need("url", "an address");
    case ProviderKind::tryton:
      need("url", "an address");
      need("database", "the name of the database");
      return need("user", "a user name");
    case ProviderKind::xero:
      if (!provider.token) section.missing("token_env", "token_env, token_file or token_command");
      return;
  }
}

void read_accounts(Section section, std::map<std::string, std::string>& accounts) {
  for (const TomlMember& member : section.members()) {
    if (section.text(member.key, accounts[member.key]) && accounts[member.key].empty()) {
      section.wrong(member.key, "the name of an account");
    }
  }
}

void read_provider(Section& section, ProviderSettings& provider, bool test) {
  bool allow_loopback = false;
  section.missing("kind", "one of file, http, tryton, journal, xero");
  const bool kind =
      section.word("kind", provider.kind, provider_kind_of, word_list(kProviderKinds));
  section.path("path", provider.path);
  section.words("beside", {"ubl", "journal"}, provider.beside);
  section.boolean("allow_loopback", allow_loopback);
  read_url(section, provider.url, allow_loopback || test);
  section.text("user", provider.user);
  section.text("database", provider.database);
  section.text("organisation", provider.organisation);
  section.secret("token", provider.token);
  section.secret("secret", provider.secret);
  section.secret("password", provider.password);
  section.word("format", provider.format, journal_format_of, word_list(kJournalFormats));
  read_accounts(section.table("accounts"), provider.accounts);
  section.whole_number("batch_max", provider.batch_max, 1, 10000);
  section.whole_number("calls_per_minute", provider.calls_per_minute, 1, 100000);
  section.duration("timeout", provider.timeout_seconds);
  if (kind) need_for_kind(section, provider);
  section.finish();
}

void read_total_max(Section section, std::map<Currency, Money>& total_max) {
  for (const TomlMember& member : section.members()) {
    const auto currency = Currency::of(member.key);
    std::optional<Money> most;
    if (!currency) {
      section.findings().mistake(member.key_at,
                                 section.path() + ": unknown currency " + seen(member.key),
                                 "a code of ISO 4217 such as EUR, in capitals");
    } else if (section.amount(member.key, most, *currency)) {
      total_max.emplace(*currency, *most);
    }
  }
}

}  // namespace

std::string_view word(ProviderKind kind) {
  return word_of(kProviderKinds, kind);
}
std::string_view word(JournalFormat format) {
  return word_of(kJournalFormats, format);
}

bool is_loopback_host(std::string_view host) {
  if (host == "localhost" || host == "[::1]" || host == "::1") return true;
  if (!host.starts_with("127.")) return false;
  return std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

void read_rebill(Section section, RebillSettings& rebill) {
  section.boolean("enabled", rebill.enabled);
  section.words("auto_approve", approval_role_words(), rebill.auto_approve);
  section.boolean("ticket_time_to_rebill", rebill.ticket_time_to_rebill);
  read_source_texts(section.table("texts"), rebill.texts);
  read_by_member(section, rebill.by_member);
  section.finish();
}

void read_providers(Section section, std::vector<ProviderSettings>& providers, bool test) {
  for (auto& [code, provider_section] : section.named_tables()) {
    ProviderSettings provider;
    provider.code = code;
    read_provider(provider_section, provider, test);
    providers.push_back(std::move(provider));
  }
  section.finish();
}

void read_bounds(Section section, BoundSettings& bounds) {
  std::optional<int> lines_max;
  section.whole_number("lines_max", lines_max, 1, 1'000'000'000);
  if (lines_max) bounds.lines_max = *lines_max;
  read_total_max(section.table("total_max"), bounds.total_max);
  const DecimalRange times{Decimal::from_micro(1), DecimalRange().most, "a number of more than 0"};
  section.decimal("times_usual", bounds.times_usual, times);
  section.finish();
}

}  // namespace billctl
