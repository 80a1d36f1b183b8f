#include "config/config.hpp"

#include <doctest/doctest.h>

#include <set>

#include "config/full_config.hpp"

using namespace billctl;

namespace {

Config parse(const std::string& text) {
  return parse_config(text, "billctl.toml");
}

const std::string kLeast = "[tenant]\ncurrency = \"EUR\"\n";

}  // namespace

TEST_CASE("a config with nothing but a currency has the defaults of the page") {
  const Config config = parse(kLeast);
  CHECK(config.ledger.empty());
  CHECK(config.tenant.code == "main");
  CHECK_FALSE(config.tenant.test);
  CHECK(config.tenant.zone.name() == "UTC");
  CHECK(config.compile.require_confirmed);
  CHECK_FALSE(config.compile.done_tasks_only);
  CHECK(config.compile.negotiated_prices);
  CHECK_FALSE(config.compile.go_live.has_value());
  CHECK(config.compile.time_rule.empty());
  CHECK(config.compile.transport_km_price.to_text() == "5");
  CHECK(config.compile.transport_hour_price.to_text() == "1000");
  CHECK_FALSE(config.compile.transport_km_price_written);
  CHECK(config.money.rounding == Rounding::half_away);
  CHECK(config.money.mode == RoundingMode::line);
  CHECK(config.money.quantity_decimals == 4);
  CHECK(config.money.hours_per_day.to_text() == "8");
  CHECK(config.invoice.scope == InvoiceScope::client);
  CHECK(config.invoice.group_projects == ProjectGrouping::project);
  CHECK(config.invoice.group_hours == GroupHours::jobtype);
  CHECK(config.invoice.group_travel == GroupTravel::specified);
  CHECK(config.invoice.quote_rows == QuoteRows::none);
  CHECK(config.invoice.contractual == ContractualMode::show);
  CHECK(config.invoice.late == LateMode::report);
  CHECK(config.invoice.annex == Annex::none);
  CHECK(config.invoice.bill_by == BillBy::hour);
  CHECK(config.invoice.day_step.to_text() == "1");
  CHECK(config.invoice.allow.empty());
  CHECK(config.invoice.date_window.past == 60);
  CHECK(config.invoice.date_window.future == 0);
  CHECK(config.invoice.name.text() == "{client} {period}");
  CHECK(config.invoice.terms == "net14");
  CHECK(config.find_terms("net14") == nullptr);
  CHECK(config.invoice.void_mode == VoidMode::credit_note);
  CHECK(config.numbering.draft.format.text() == "DRAFT{n:05}");
  CHECK(config.numbering.issued.format.text() == "INV{n:05}");
  CHECK(config.numbering.issued.first == 1);
  CHECK_FALSE(config.numbering.credit.has_value());
  CHECK(config.einvoice.require == EinvoiceRequire::endpoint);
  CHECK(config.approvals.required.empty());
  CHECK(config.approvals.distinct);
  CHECK_FALSE(config.roles.configured);
  CHECK(config.rebill.enabled);
  CHECK(config.rebill.auto_approve.empty());
  CHECK(config.rebill.ticket_time_to_rebill);
  CHECK_FALSE(config.mail.has_value());
  CHECK(config.providers.empty());
  CHECK_FALSE(config.bounds.lines_max.has_value());
}

TEST_CASE("every key of a config is read as it is written") {
  const Config config = parse_config(test::kFullConfig, "dir/billctl.toml");
  CHECK(config.ledger == "dir/ledger.db");
  CHECK(config.tenant.test);
  CHECK(config.tenant.zone.name() == "Europe/Helsinki");
  CHECK(config.tenant.fiscal_year_start == MonthDay{7, 1});
  CHECK(config.fiscal_year(*Date::parse("2026-08-01")) == 2027);
  CHECK(config.tenant.iban == "FI2112345600000785");
  CHECK(config.tenant.contact.email == "billing@example.test");
  CHECK_FALSE(config.compile.require_confirmed);
  CHECK(config.compile.go_live == Date::parse("2026-10-01"));
  CHECK(config.compile.transport_km_price.to_text() == "0.57");
  CHECK(config.compile.transport_km_price_written);
  CHECK(config.compile.transport_hour_price.to_text() == "40");
  CHECK(config.money.rounding == Rounding::half_even);
  CHECK(config.money.mode == RoundingMode::entry);
  CHECK(config.money.hours_per_day.to_text() == "7.5");
  REQUIRE(config.find_time_rule("six_minutes") != nullptr);
  CHECK(*config.find_time_rule("six_minutes") ==
        TimeRule{360, TimeRule::Direction::nearest, 900, TimeRule::Per::day});
  CHECK(config.invoice.group_hours == GroupHours::total_hours);
  CHECK(config.invoice.day_step.to_text() == "0.5");
  CHECK(config.invoice.allow == std::vector<std::string>{"unpriced", "default_price"});
  CHECK(config.invoice.date_window.past == 30);
  CHECK(config.invoice.sign_cmd == std::vector<std::string>{"gpg", "--detach-sign"});
  CHECK(config.invoice.void_mode == VoidMode::reopen);
  CHECK(config.number(config.numbering.issued, 25, *Date::parse("2026-08-01")) == "2027-0025");
  CHECK(config.numbering.draft.first == 100);
  CHECK(config.credit_series().format.text() == "CN{n:05}");
  CHECK(config.credit_series().first == 7);
  REQUIRE(config.find_terms("net14") != nullptr);
  CHECK(config.find_terms("net14")->due_date(*Date::parse("2026-10-31")) ==
        Date::parse("2026-11-14"));
  CHECK(config.find_terms("net14")->late_interest->to_text() == "8");
  CHECK(config.find_terms("net14")->discount->days == 7);
  CHECK(config.find_terms("on_issue")->due_date(*Date::parse("2026-10-31")) ==
        Date::parse("2026-10-31"));
  CHECK(config.einvoice.require == EinvoiceRequire::always);
  CHECK(config.approvals.required ==
        std::vector<ApprovalRole>{ApprovalRole::pm, ApprovalRole::finance});
  CHECK(config.approvals.adjustments_over->to_text() == "500.00");
  CHECK_FALSE(config.approvals.distinct);
  CHECK(config.approvals.deputies.at("max") == "anna");
  CHECK(config.rebill.auto_approve == std::vector<std::string>{"pm"});
  CHECK(config.rebill.texts.at("ticket").text() == "T {source_ref} {start:yyyy}");
  REQUIRE(config.mail.has_value());
  CHECK(config.mail->transport == MailTransport::file);
  CHECK(config.mail->path == "dir/maildir");
  CHECK(config.mail->password->from == SecretSource::From::file);
  CHECK(config.mail->password->name == "dir/secrets/mail");
  CHECK(config.mail->timeout_seconds == 90);
  REQUIRE(config.find_provider("books") != nullptr);
  const ProviderSettings& books = *config.find_provider("books");
  CHECK(books.kind == ProviderKind::http);
  CHECK(books.token->name == "TOKEN");
  CHECK(books.secret->argv == std::vector<std::string>{"pass", "billctl"});
  CHECK(books.password->name == "/etc/secret");
  CHECK(books.accounts.at("receivable") == "assets:receivable");
  CHECK(books.batch_max == 50);
  CHECK(config.bounds.lines_max == 5000);
  CHECK(config.bounds.total_max.at(*Currency::of("EUR")).to_text() == "1000000.00");
  CHECK(config.warnings.empty());
}

TEST_CASE("S4-33 the rate of a tax is the latest one that is valid on the date") {
  const Config config = parse_config(test::kFullConfig, "f");
  const TaxType* vat = config.find_tax("vat");
  REQUIRE(vat != nullptr);
  CHECK(vat->rate_on(*Date::parse("2012-12-31")) == std::nullopt);
  CHECK(vat->rate_on(*Date::parse("2024-08-31"))->to_text() == "24");
  CHECK(vat->rate_on(*Date::parse("2024-09-01"))->to_text() == "25.5");
  CHECK(vat->by == TaxDate::work_date);
  CHECK(vat->category == TaxCategory::standard);
  CHECK(vat->applies(TaxedKind::time));
  CHECK_FALSE(vat->applies(TaxedKind::milestone));
  CHECK(config.default_taxes() == std::vector<const TaxType*>{vat});
  const TaxType* reverse = config.find_tax("reverse_charge");
  CHECK(reverse->reason_in("fi") == "Käännetty verovelvollisuus");
  CHECK(reverse->reason_in("sv") == "Reverse charge");
  CHECK(reverse->applies(TaxedKind::milestone));
  CHECK(reverse->rate_on(*Date::parse("1999-01-01"))->is_zero());
}

TEST_CASE("a role table says which members an OS user may act as") {
  const Config config = parse_config(test::kFullConfig, "f");
  CHECK(config.roles.configured);
  CHECK(config.roles.allows("billing", "max"));
  CHECK(config.roles.allows("bo", "anna"));
  CHECK_FALSE(config.roles.allows("bo", "max"));
  CHECK_FALSE(config.roles.allows("root", "anna"));
}

TEST_CASE("a test tenant reaches plain http on this machine without a further word") {
  const std::string provider = "[providers.p]\nkind = \"http\"\nurl = \"http://localhost:1/x\"\n";
  CHECK_NOTHROW(parse(kLeast + "test = true\n" + provider));
  CHECK_THROWS_AS(parse(kLeast + provider), Error);
}

TEST_CASE("an IBAN with wrong check digits is taken with a warning") {
  const Config config = parse(kLeast + "iban = \"FI2112345600000786\"\n");
  REQUIRE(config.warnings.size() == 1);
  CHECK(to_text(config.warnings[0]) == "billctl.toml:3:8: tenant.iban: its check digits are wrong");
}

TEST_CASE("config show tells each value and the line it came from or that it is the default") {
  const Config config = parse("ledger = \"l.db\"\n" + kLeast + "[terms.net14]\ndays = 14\n");
  const std::string text = settings_text(config.settings, true);
  CHECK(
      text.starts_with("ledger = \"l.db\"  # billctl.toml:1\ntenant.code = \"main\"  # default\n"));
  CHECK(text.find("tenant.currency = \"EUR\"  # billctl.toml:3\n") != std::string::npos);
  CHECK(text.find("tenant.name = -  # default\n") != std::string::npos);
  CHECK(text.find("money.quantity_decimals = 4  # default\n") != std::string::npos);
  CHECK(text.find("numbering.credit.series = \"issued\"  # default\n") != std::string::npos);
  CHECK(text.find("terms.net14.days = 14  # billctl.toml:5\n") != std::string::npos);
  CHECK(settings_text(config.settings, false).find('#') == std::string::npos);
  const Json json = settings_json(config.settings);
  CHECK(json.as_array()[0].compact() ==
        R"({"key":"ledger","value":"l.db","where":"billctl.toml:1"})");
}

TEST_CASE("config show names where a secret is and each key once") {
  const Config config = parse_config(test::kFullConfig, "f");
  std::set<std::string> keys;
  for (const Setting& setting : config.settings) {
    CHECK_MESSAGE(keys.insert(setting.key).second, setting.key);
  }
  const std::string text = settings_text(config.settings, true);
  CHECK(text.find("providers.books.token_env = \"TOKEN\"") != std::string::npos);
  CHECK(text.find("providers.books.secret_command = [\"pass\",\"billctl\"]") != std::string::npos);
}

TEST_CASE("the digest follows the values that decide prices and nothing else") {
  const std::string plain = parse(kLeast).digest();
  CHECK(plain.size() == 64);
  CHECK(parse("# other words\n" + kLeast + "name = \"x\"\n[invoice]\nscope = \"po\"\n").digest() ==
        plain);
  CHECK(parse(kLeast + "[money]\nquantity_decimals = 4\n").digest() == plain);
  CHECK(parse(kLeast + "[money]\nhours_per_day = \"8.0\"\n").digest() == plain);
  CHECK(parse(kLeast + "[money]\nhours_per_day = \"7.5\"\n").digest() != plain);
  CHECK(parse(kLeast + "[compile]\nrequire_confirmed = false\n").digest() != plain);
  CHECK(parse(kLeast + "[time_rules.six]\nstep = \"6m\"\n").digest() != plain);
  // The same price written down is no default price any more (pricing.md 5).
  CHECK(parse(kLeast + "[compile]\ntransport_km_price = \"5.0\"\n").digest() != plain);
}
