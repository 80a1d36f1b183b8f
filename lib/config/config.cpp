#include "config/config.hpp"

#include <algorithm>

#include "config/config_file.hpp"
#include "config/sections.hpp"
#include "text/nearest.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr std::size_t kMistakesKept = 100;

template <class Row>
const Row* find_code(const std::vector<Row>& rows, std::string_view code) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
  return found == rows.end() ? nullptr : &*found;
}

template <class Row>
std::vector<std::string> codes_of(const std::vector<Row>& rows) {
  std::vector<std::string> codes;
  for (const Row& row : rows) codes.push_back(row.code);
  return codes;
}

void read_sections(Section& root, Config& config) {
  root.path("ledger", config.ledger);
  read_tenant(root.table("tenant"), config.tenant);
  read_compile(root.table("compile"), config.compile);
  read_money(root.table("money"), config.money);
  read_time_rules(root.table("time_rules"), config.time_rules);
  read_invoice(root.table("invoice"), config.invoice);
  read_numbering(root.table("numbering"), config.numbering);
  read_terms(root.table("terms"), config.terms);
  read_taxes(root.table("tax"), config.taxes);
  read_einvoice(root.table("einvoice"), config.einvoice);
  read_approvals(root.table("approvals"), config.approvals, config.tenant.currency);
  read_roles(root.table("roles"), config.roles);
  read_rebill(root.table("rebill"), config.rebill);
  read_mail(root.table("mail"), config.mail);
  read_providers(root.table("providers"), config.providers, config.tenant.test);
  read_bounds(root.table("bounds"), config.bounds);
  root.finish();
}

// What one section names of another. The default terms need not exist; written ones do.
void check_references(const TomlValue& root, Findings& findings, const Config& config) {
  const auto written = [&](std::string_view section, std::string_view key) -> const TomlMember* {
    const TomlMember* table = root.find(section);
    return table == nullptr ? nullptr : table->value.find(key);
  };
  const TomlMember* rule = written("compile", "time_rule");
  if (rule != nullptr && !config.compile.time_rule.empty() &&
      config.find_time_rule(config.compile.time_rule) == nullptr) {
    findings.mistake(rule->value.at,
                     "compile.time_rule is " + seen(rule->value) + "; no [time_rules." +
                         config.compile.time_rule + "] here",
                     did_you_mean(config.compile.time_rule, codes_of(config.time_rules)));
  }
  const TomlMember* terms = written("invoice", "terms");
  if (terms != nullptr && !config.invoice.terms.empty() &&
      config.find_terms(config.invoice.terms) == nullptr) {
    findings.mistake(
        terms->value.at,
        "invoice.terms is " + seen(terms->value) + "; no [terms." + config.invoice.terms + "] here",
        did_you_mean(config.invoice.terms, codes_of(config.terms)));
  }
}

}  // namespace

Config parse_config(std::string_view text, const std::string& file) {
  TomlReading reading = read_toml(text, file);
  Findings findings(file, reading.whole);
  for (Mistake& mistake : reading.mistakes) {
    findings.mistake(mistake.at, std::move(mistake.message), std::move(mistake.hint));
  }
  Config config;
  config.file = file;
  if (reading.readable) {
    Section root(findings, "", &reading.root, reading.root.at);
    read_sections(root, config);
    check_references(reading.root, findings, config);
  }
  config.settings = findings.settings();
  config.warnings = findings.take_warnings();
  refuse_mistakes(Reason::bad_config, findings.take_mistakes());
  return config;
}

Config load_config(const std::string& path) {
  return parse_config(read_config_file(path), path);
}

void refuse_mistakes(Reason code, std::vector<Mistake> mistakes) {
  if (mistakes.empty()) return;
  const std::size_t total = mistakes.size();
  if (total > kMistakesKept) mistakes.resize(kMistakesKept);
  throw Error(code, std::move(mistakes), total);
}

const TimeRule* Config::find_time_rule(std::string_view code) const {
  const auto* named = find_code(time_rules, code);
  return named == nullptr ? nullptr : &named->value;
}
const PaymentTerms* Config::find_terms(std::string_view code) const {
  return find_code(terms, code);
}
const TaxType* Config::find_tax(std::string_view code) const {
  return find_code(taxes, code);
}
const ProviderSettings* Config::find_provider(std::string_view code) const {
  return find_code(providers, code);
}

std::vector<const TaxType*> Config::default_taxes() const {
  std::vector<const TaxType*> defaults;
  for (const TaxType& tax : taxes) {
    if (tax.is_default) defaults.push_back(&tax);
  }
  return defaults;
}

std::string Config::digest() const {
  Json rules = Json::object();
  for (const auto& [code, rule] : time_rules) {
    rules.set(code, Json::object({{"step", rule.step_seconds},
                                  {"direction", word(rule.direction)},
                                  {"minimum", rule.minimum_seconds},
                                  {"per", word(rule.per)}}));
  }
  Json values = Json::object();
  values.set(
      "compile",
      Json::object({{"require_confirmed", compile.require_confirmed},
                    {"done_tasks_only", compile.done_tasks_only},
                    {"negotiated_prices", compile.negotiated_prices},
                    {"go_live", compile.go_live ? compile.go_live->to_text() : ""},
                    {"time_rule", compile.time_rule},
                    {"transport_km_price", compile.transport_km_price.to_text()},
                    {"transport_hour_price", compile.transport_hour_price.to_text()},
                    {"transport_km_price_written", compile.transport_km_price_written},
                    {"transport_hour_price_written", compile.transport_hour_price_written}}));
  values.set("money", Json::object({{"rounding", word(money.rounding)},
                                    {"mode", word(money.mode)},
                                    {"quantity_decimals", money.quantity_decimals},
                                    {"hours_per_day", money.hours_per_day.to_text()}}));
  values.set("time_rules", std::move(rules));
  return to_hex(sha256(values.canonical()));
}

std::string settings_text(const std::vector<Setting>& settings, bool origin) {
  std::string text;
  for (const Setting& setting : settings) {
    text += setting.key + " = " + (setting.value.is_null() ? "-" : setting.value.compact());
    if (origin) text += "  # " + setting.where;
    text += '\n';
  }
  return text;
}

Json settings_json(const std::vector<Setting>& settings) {
  Json list = Json::array();
  for (const Setting& setting : settings) {
    list.push(
        Json::object({{"key", setting.key}, {"value", setting.value}, {"where", setting.where}}));
  }
  return list;
}

}  // namespace billctl
