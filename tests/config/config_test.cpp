#include "config/config.hpp"

#include <doctest/doctest.h>

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
