#include "config/initial_config.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "config/config.hpp"

using namespace billctl;

namespace {

// `# key = …` and `# [section]` without their marks; `## words` stay comments.
std::string uncommented(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += (line.starts_with("# ") ? line.substr(2) : line) + '\n';
  }
  return out;
}

std::set<std::string> written_keys(const Config& config) {
  std::set<std::string> keys;
  for (const Setting& setting : config.settings) {
    if (setting.where != "default") keys.insert(setting.key);
  }
  return keys;
}

}  // namespace

TEST_CASE("what init writes loads and has active only what it should") {
  const Config config = parse_config(initial_config(false), "billctl.toml");
  CHECK(written_keys(config) == std::set<std::string>{"ledger",
                                                      "tenant.code",
                                                      "tenant.test",
                                                      "tenant.currency",
                                                      "tenant.zone",
                                                      "tenant.country",
                                                      "tenant.fiscal_year_start",
                                                      "money.rounding",
                                                      "money.mode",
                                                      "money.quantity_decimals",
                                                      "money.hours_per_day",
                                                      "numbering.draft.format",
                                                      "numbering.draft.first",
                                                      "numbering.issued.format",
                                                      "numbering.issued.first",
                                                      "numbering.credit.series",
                                                      "terms.net14.days",
                                                      "terms.net14.text",
                                                      "tax.vat.rate",
                                                      "tax.vat.by",
                                                      "tax.vat.category",
                                                      "tax.vat.applies_to",
                                                      "tax.vat.default"});
  CHECK_FALSE(config.tenant.test);
  CHECK(parse_config(initial_config(true), "billctl.toml").tenant.test);
  CHECK(config.ledger == "ledger.db");
  CHECK(config.find_terms("net14")->days == 14);
  CHECK_FALSE(config.compile.transport_km_price_written);
}

TEST_CASE("what init writes in comments loads too and is what holds without it") {
  const Config active = parse_config(initial_config(false), "f");
  const Config whole = parse_config(uncommented(initial_config(false)), "f");
  CHECK(whole.warnings.empty());
  CHECK(whole.tenant.name == "Example Oy");
  CHECK(whole.find_time_rule("six_minutes")->step_seconds == 360);
  CHECK(whole.approvals.required.size() == 2);
  CHECK(whole.mail->port == 587);
  CHECK(whole.find_provider("books")->path == "outbox");
  // The sections whose shown values are the defaults.
  for (const Setting& setting : active.settings) {
    for (const char* section :
         {"compile.", "money.", "invoice.", "numbering.", "einvoice.", "rebill."}) {
      if (!setting.key.starts_with(section) || setting.key == "compile.go_live") continue;
      const auto same = std::find_if(whole.settings.begin(), whole.settings.end(),
                                     [&](const Setting& s) { return s.key == setting.key; });
      REQUIRE(same != whole.settings.end());
      CHECK_MESSAGE(same->value == setting.value, setting.key);
      const bool shown = same->where != "default";
      const bool own = setting.key.starts_with("rebill.texts") ||
                       setting.key == "rebill.by_member" ||
                       setting.key.starts_with("numbering.credit");
      CHECK_MESSAGE((shown || own), setting.key);
    }
  }
}

TEST_CASE("no line of what init writes is longer than a terminal is wide") {
  std::istringstream lines(initial_config(true));
  for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(line.size() <= 110, line);
}
