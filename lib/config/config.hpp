// Config: billctl.toml, read once and then only looked at (spec/config.md). A file is taken whole
// or not at all: every mistake in it is reported at once, with its place and the nearest known
// word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "approval/rules.hpp"
#include "catalogue/tax_type.hpp"
#include "config/settings.hpp"
#include "invoice/terms.hpp"
#include "money/rounding.hpp"
#include "outcome/error.hpp"
#include "text/json.hpp"

namespace billctl {

struct Config {
  template <class Value>
  struct Named {
    std::string code;
    Value value;
  };

  std::string file;    ///< the name under which it was read
  std::string ledger;  ///< its path, from the folder of the file; empty: none
  TenantSettings tenant;
  CompileSettings compile;
  MoneySettings money;
  std::vector<Named<TimeRule>> time_rules;
  InvoiceSettings invoice;
  NumberingSettings numbering;
  std::vector<PaymentTerms> terms;  ///< in the order of the file, as all lists here
  std::vector<TaxType> taxes;
  EinvoiceSettings einvoice;
  ApprovalRules approvals;
  RoleSettings roles;
  RebillSettings rebill;
  std::optional<MailSettings> mail;
  std::vector<ProviderSettings> providers;
  BoundSettings bounds;

  std::vector<Setting> settings;  ///< every key there is, in the order of spec/config.md
  std::vector<Mistake>
      warnings;  ///< what is odd but taken, such as an IBAN with wrong check digits

  // Each: nullptr when there is none of that code.
  const TimeRule* find_time_rule(std::string_view code) const;
  const PaymentTerms* find_terms(std::string_view code) const;
  const TaxType* find_tax(std::string_view code) const;
  const ProviderSettings* find_provider(std::string_view code) const;
  /// The tenant's taxes: those with `default = true` (pricing.md 7).
  std::vector<const TaxType*> default_taxes() const;

  /// SHA-256 in hex of the sections that decide prices, [compile], [money] and [time_rules], as
  /// values: a change of comments or order is none (pricing.md 1).
  std::string digest() const;

  /// `{year}` and `{fyear}` by the tenant's fiscal year.
  int fiscal_year(Date date) const { return billctl::fiscal_year(date, tenant.fiscal_year_start); }
  /// The number of that count in a series of this tenant.
  std::string number(const Series& series, std::int64_t n, Date invoice_date) const {
    return series.format.number(n, invoice_date, tenant.fiscal_year_start);
  }
  /// The series of credit notes: their own, or that of invoices.
  const Series& credit_series() const {
    return numbering.credit ? *numbering.credit : numbering.issued;
  }
};

/// Reads a config from text. Paths in it are taken from the folder of `file`.
/// @throws Error{bad_config} with every mistake (the first 100, and how many there are).
Config parse_config(std::string_view text, const std::string& file);

/// Reads a config file.
/// @throws Error{bad_config} also when it is not there, or another user owns or can write it.
Config load_config(const std::string& path);

/// The effective settings as text, a line each: `tenant.zone = "Europe/Helsinki"`, with `origin`
/// followed by `  # billctl.toml:6`.
std::string settings_text(const std::vector<Setting>& settings, bool origin);
/// The same as `[{key, value, where}]`.
Json settings_json(const std::vector<Setting>& settings);

}  // namespace billctl
