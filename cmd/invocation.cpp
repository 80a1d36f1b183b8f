#include "invocation.hpp"

#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "actor.hpp"
#include "calendar/duration.hpp"
#include "config/config_file.hpp"
#include "ledger/books_table.hpp"
#include "ledger/tenants.hpp"
#include "text/shared_files.hpp"

namespace billctl::cmd {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

/// The first of config_places that is there; one that a person named is taken without a look.
std::string find_config(const std::optional<std::string>& flag) {
  const ConfigSources sources{flag.value_or(""), environment("BILLCTL_CONFIG"),
                              environment("XDG_CONFIG_HOME"), environment("HOME")};
  for (const ConfigPlace& place : config_places(sources)) {
    if (place.required || is_file(place.path)) return place.path;
  }
  return "";
}

Instant system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant::from_seconds(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

}  // namespace

struct Invocation::Opened {
  std::optional<Config> config;
  std::string config_path;
  std::optional<Ledger> ledger;
  std::unique_ptr<Session> session;
  std::optional<Books> books;
  std::optional<Instant> now;
};

Invocation::Invocation(Parsed parsed)
    : parsed_(std::move(parsed)), opened_(std::make_unique<Opened>()) {}
Invocation::~Invocation() = default;

std::optional<std::string> Invocation::value(const std::string& option) const {
  const auto found = parsed_.options.find(option);
  if (found == parsed_.options.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::string Invocation::value_or(const std::string& option, const std::string& otherwise) const {
  return value(option).value_or(otherwise);
}

std::vector<std::string> Invocation::values(const std::string& option) const {
  const auto found = parsed_.options.find(option);
  return found == parsed_.options.end() ? std::vector<std::string>{} : found->second;
}

std::optional<Decimal> Invocation::decimal(const std::string& option) const {
  const auto text = value(option);
  if (!text) return std::nullopt;
  const auto parsed = Decimal::parse(*text);
  if (!parsed) {
    throw Error(Reason::usage, option + " \"" + *text + "\" is no decimal number",
                "write it with a point and at most 6 fraction digits, e.g. 12.50");
  }
  return parsed;
}

std::optional<std::int64_t> Invocation::integer(const std::string& option) const {
  const auto text = value(option);
  if (!text) return std::nullopt;
  const auto parsed = Decimal::parse(*text);
  constexpr std::int64_t kOne = 1'000'000;
  if (!parsed || parsed->micro() % kOne != 0 || parsed->micro() < 0) {
    throw Error(Reason::usage, option + " \"" + *text + "\" is no whole number");
  }
  return parsed->micro() / kOne;
}

std::optional<Date> Invocation::date(const std::string& option) {
  const auto text = value(option);
  if (!text) return std::nullopt;
  if (*text == "today") return today();
  const auto parsed = Date::parse(*text);
  if (!parsed) {
    throw Error(Reason::usage, option + " \"" + *text + "\" is no date", "write YYYY-MM-DD");
  }
  return parsed;
}

Format Invocation::format() const {
  if (has("--json")) return Format::json;
  const std::string word = value_or("--format", "table");
  if (word == "json") return Format::json;
  return word == "csv" ? Format::csv : Format::table;
}

void Invocation::confirm(const std::string& question) {
  if (has("--yes") || dry_run() == DryRun::yes) return;
  if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) {
    throw Error(Reason::needs_yes, question + ": nobody is here to ask",
                "add --yes to do it without asking");
  }
  confirm_on_terminal(question);
}

void Invocation::confirm_on_terminal(const std::string& question) {
  if (has("--yes") || dry_run() == DryRun::yes) return;
  if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) return;
  std::fprintf(stderr, "%s [y/N] ", question.c_str());
  std::string answer;
  std::getline(std::cin, answer);
  if (answer != "y" && answer != "yes" && answer != "Y") {
    throw Error(Reason::interrupted, "not confirmed; nothing was done");
  }
}

const std::string& Invocation::config_path() {
  config();
  return opened_->config_path;
}

const Config& Invocation::config() {
  if (opened_->config) return *opened_->config;
  opened_->config_path = find_config(value("--config"));
  if (opened_->config_path.empty()) {
    const Reason code = command().opens == Opens::ledger ? Reason::no_ledger : Reason::bad_config;
    throw Error(code, "no billctl.toml here, in the XDG config folder or in /etc/billctl",
                "make one, and a ledger, with `billctl init`; or name one with --config");
  }
  opened_->config = load_config(opened_->config_path);
  return *opened_->config;
}

OpenLedger Invocation::ledger_request() {
  OpenLedger request;
  request.path = value_or("--ledger", environment("BILLCTL_LEDGER"));
  if (request.path.empty()) request.path = config().ledger;
  if (request.path.empty()) request.path = "ledger.db";
  const bool rolled_back = command().writes == Writes::rolled_back;
  request.access = writes() || rolled_back ? Access::write : Access::read;
  request.holder = command().name;
  request.lock_wait_seconds = lock_wait_seconds();
  return request;
}

int Invocation::lock_wait_seconds() const {
  const std::string wait = value_or("--lock-wait", environment("BILLCTL_LOCK_WAIT"));
  if (wait.empty()) return OpenLedger{}.lock_wait_seconds;
  const auto seconds = parse_duration(wait == "0" ? "0s" : wait);
  if (!seconds)
    throw Error(Reason::usage, "--lock-wait \"" + wait + "\" is no time", "write 30s or 5m");
  return static_cast<int>(std::min<std::int64_t>(*seconds, 86'400));
}

Ledger& Invocation::ledger() {
  if (!opened_->ledger) use_ledger(Ledger::open(ledger_request()));
  return *opened_->ledger;
}

void Invocation::use_ledger(Ledger other) {
  close_ledger();
  opened_->ledger = std::move(other);
  share_files(access_of(opened_->ledger->path()).group.has_value());
}

void Invocation::close_ledger() {
  opened_->books.reset();
  opened_->session.reset();
  opened_->ledger.reset();
}

const Zone& Invocation::zone() {
  return config().tenant.zone;
}

Instant Invocation::now() {
  if (opened_->now) return *opened_->now;
  const std::string text = value_or("--now", environment("BILLCTL_NOW"));
  if (text.empty()) {
    opened_->now = system_now();
  } else if (const auto instant = Instant::parse(text)) {
    opened_->now = instant;
  } else if (const auto local = LocalTime::parse(text)) {
    opened_->now = zone().instants(*local).first;
  } else if (const auto date = Date::parse(text)) {
    opened_->now = zone().first_instant(*date);
  } else {
    throw Error(Reason::usage, "--now \"" + text + "\" is no instant",
                "write 2026-11-01T06:00:00Z");
  }
  return *opened_->now;
}

Date Invocation::today() {
  return zone().date(now());
}

const Books& Invocation::books() {
  if (!opened_->books)
    opened_->books = read_books(ledger(), session().tenant.id, BooksPart::as_needed);
  return *opened_->books;
}

Session& Invocation::session() {
  if (opened_->session) return *opened_->session;
  const bool set_clock = !value_or("--now", environment("BILLCTL_NOW")).empty();
  if (set_clock && writes() && !config().tenant.test) {
    throw Error(Reason::fixed_clock, "--now may not write to a real ledger",
                "it is for ledgers of [tenant] test = true");
  }
  if (has("--once") && value_or("--once", "").empty())
    throw Error(Reason::usage, "--once needs a key", "an empty one would do it every time");
  Ledger& open = ledger();
  Tenants tenants(open);
  std::optional<Tenant> tenant = tenants.find(config().tenant.code);
  if (!tenant && writes()) {
    open.write(DryRun::no,
               [&] { tenants.open(config().tenant.code, config().tenant.test, now()); });
    tenant = tenants.find(config().tenant.code);
  }
  if (!tenant) tenant = Tenant{TenantId{}, config().tenant.code, config().tenant.test};
  const Actor actor =
      resolve_actor(open, tenant->id, config().roles, value_or("--as", environment("BILLCTL_AS")));
  opened_->session = std::make_unique<Session>(
      Session{open, config(), *tenant, actor, now(), today(), dry_run(), value_or("--once", "")});
  return *opened_->session;
}

Outcome outcome_of(Report report) {
  Outcome outcome;
  outcome.body = std::move(report.body);
  outcome.exit = report.exit;
  return outcome;
}

}  // namespace billctl::cmd
