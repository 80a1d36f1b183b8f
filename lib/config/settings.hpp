// Settings: the sections of billctl.toml as values, with the defaults of spec/config.md: those of
// [compile] (but go_live), [money], [invoice], [numbering], [einvoice], [rebill] and tenant.test
// are the values the page shows; elsewhere an absent key means none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "approval/roles.hpp"
#include "calendar/date.hpp"
#include "calendar/zone.hpp"
#include "config/template.hpp"
#include "invoice/options.hpp"
#include "issue/numbering.hpp"
#include "money/decimal.hpp"
#include "money/money.hpp"
#include "money/rounding.hpp"
#include "text/json.hpp"

namespace billctl {

/// One effective value and where it came from, for `config show --origin`.
struct Setting {
  std::string key;    ///< `tenant.currency`, `terms.net14.days`
  Json value;         ///< null: none. Never a secret: of those only where they are
  std::string where;  ///< `billctl.toml:4`, or `default`
};

/// [tenant]: who sells. The currency is the base currency, the zone that of work dates and periods.
struct TenantSettings {
  struct Contact {
    std::string name, phone, email;
  };

  std::string code = "main";
  bool test = false;
  std::string name;
  Currency currency = *Currency::of("EUR");  ///< always set in a config that loaded
  Zone zone = Zone::utc();                   ///< UTC when none is named; never the machine's
  std::string country;
  MonthDay fiscal_year_start{1, 1};
  std::string street, street2, city, postal_code, region;
  std::string vat_id, registration_id;
  std::string endpoint, endpoint_scheme;
  std::string iban, bic;
  std::string terms_of_sale;
  std::string language;
  std::string logo;  ///< a PNG file, from the folder of the config's file
  Contact contact;
};

/// [compile]
struct CompileSettings {
  bool require_confirmed = true;
  bool done_tasks_only = false;
  bool negotiated_prices = true;
  std::optional<Date> go_live;
  std::string time_rule;  ///< the tenant's; empty: none
  Decimal transport_km_price = Decimal::from_integer(5);
  Decimal transport_hour_price = Decimal::from_integer(1000);
  /// Whether the price is written in the file: one that is not is a `default_price` (pricing.md 5).
  bool transport_km_price_written = false;
  bool transport_hour_price_written = false;
};

/// [money]
struct MoneySettings {
  Rounding rounding = Rounding::half_away;
  RoundingMode mode = RoundingMode::line;
  int quantity_decimals = 4;
  Decimal hours_per_day = Decimal::from_integer(8);
};

/// [invoice]
struct InvoiceSettings {
  struct DateWindow {
    std::int32_t past = 60;
    std::int32_t future = 0;
  };

  InvoiceScope scope = InvoiceScope::client;
  ProjectGrouping group_projects = ProjectGrouping::project;
  GroupHours group_hours = GroupHours::jobtype;
  GroupTravel group_travel = GroupTravel::specified;
  QuoteRows quote_rows = QuoteRows::none;
  ContractualMode contractual = ContractualMode::show;
  LateMode late = LateMode::report;
  Annex annex = Annex::none;
  BillBy bill_by = BillBy::hour;
  Decimal day_step = Decimal::from_integer(1);  ///< 1 or 0.5
  std::vector<std::string> allow;               ///< of allowable_codes()
  DateWindow date_window;
  Template name = document_template("{client} {period}");
  std::string terms = "net14";  ///< may name terms that do not exist when nobody wrote it
  std::vector<std::string> sign_cmd;
  bool allow_number_override = false;
  bool allow_period_override = false;
  VoidMode void_mode = VoidMode::credit_note;
};

/// [numbering]
struct NumberingSettings {
  Series draft{*NumberFormat::parse("DRAFT{n:05}"), 1};
  Series issued{*NumberFormat::parse("INV{n:05}"), 1};
  std::optional<Series> credit;  ///< none: credit notes take numbers of `issued`
};

/// [einvoice]
struct EinvoiceSettings {
  EinvoiceRequire require = EinvoiceRequire::endpoint;
};

/// [rebill]. The texts are the second half of an entry's line (S3-17, X20), by source type.
struct RebillSettings {
  bool enabled = true;
  std::vector<std::string> auto_approve;  ///< words of ApprovalRole (X16)
  bool ticket_time_to_rebill = true;
  std::map<std::string, Template> texts = default_source_texts();
  Template by_member = source_template(" by {member}");
};

/// Where a secret is; never the secret. `name` is a variable or a path, `argv` a command.
struct SecretSource {
  enum class From : std::uint8_t { environment, file, command };
  From from = From::environment;
  std::string name;
  std::vector<std::string> argv;
};

enum class MailTransport : std::uint8_t { smtp, sendmail, file };
std::string_view word(MailTransport transport);

/// [mail]. Subject and text by language, `en fi sv de`; under "" for all that are not there. None:
/// the built-in ones.
struct MailSettings {
  MailTransport transport = MailTransport::smtp;
  std::string host = "localhost";
  int port = 587;
  std::string from;
  std::string reply_to;
  std::string user;
  std::optional<SecretSource> password;
  std::string path;                  ///< of the maildir, transport file
  std::vector<std::string> command;  ///< transport sendmail; empty: sendmail -t -i
  std::int64_t timeout_seconds = 60;
  bool starttls = true;  ///< smtp: encrypted or not at all; may be off on loopback
  std::string ca_file;   ///< whose certificates are trusted; empty: the system's
  std::vector<std::string> attach = {"pdf", "ubl"};  ///< words of `render --to`
  std::map<std::string, Template> subject, text;
};

enum class ProviderKind : std::uint8_t { file, http, tryton, journal, xero };
std::string_view word(ProviderKind kind);

enum class JournalFormat : std::uint8_t { hledger, ledger, beancount };
std::string_view word(JournalFormat format);

/// Whether a host is this machine: localhost, 127.0.0.0/8, ::1.
bool is_loopback_host(std::string_view host);

/// [providers.CODE]: a bookkeeping system that issued invoices are synced to.
struct ProviderSettings {
  std::string code;
  ProviderKind kind = ProviderKind::file;
  std::string path;                 ///< file: a folder; journal: a file
  std::vector<std::string> beside;  ///< file: `ubl`, `journal` written next to the document
  std::string url;                  ///< http, tryton, xero: https, or http to loopback
  std::string user, database, organisation;
  std::optional<SecretSource> token, secret, password;
  JournalFormat format = JournalFormat::hledger;
  std::map<std::string, std::string> accounts;  ///< journal, tryton, xero: ours -> theirs
  std::optional<int> batch_max, calls_per_minute;
  std::int64_t timeout_seconds = 30;
};

/// [bounds]: a client over one of these is parked.
struct BoundSettings {
  std::optional<std::int64_t> lines_max;
  std::map<Currency, Money> total_max;
  std::optional<Decimal> times_usual;  ///< of the client's median invoice
};

}  // namespace billctl
