#include "pipeline/rebill_notice.hpp"

#include <doctest/doctest.h>

#include "config/config.hpp"

using namespace billctl;

namespace {

Json outcome(const char* client, const char* outcome, const char* reason) {
  Json reasons = Json::array();
  if (*reason != '\0') reasons.push(Json::object({{"code", reason}, {"detail", "no street"}}));
  return Json::object({{"client", client},
                       {"outcome", outcome},
                       {"invoices", Json::array()},
                       {"reasons", reasons}});
}

Json body_of(Json::Array outcomes, Json::Array unsent, Json::Array totals) {
  return Json::object({{"job", "support"},
                       {"run", 7},
                       {"period", Json::object({{"first", "2026-10-01"}, {"last", "2026-10-31"}})},
                       {"clients", outcomes.size()},
                       {"outcomes", Json::array(std::move(outcomes))},
                       {"unsent", Json::array(std::move(unsent))},
                       {"unbilled", Json::array()},
                       {"totals", Json::array(std::move(totals))},
                       {"delivery", Json()},
                       {"note", Json()}});
}

Json unsent(const char* invoice, const char* code) {
  return Json::object({{"invoice", invoice}, {"code", code}});
}

Config config_in(const char* language) {
  Config config;
  config.tenant.language = language;
  return config;
}

}  // namespace

TEST_CASE("S3-12 the failures of a job stand in the subject and first in the text") {
  const Json body =
      body_of({outcome("acme", "created", ""), outcome("beta", "failed", "bound_exceeded"),
               outcome("gone", "not_validated", "missing_address")},
              {unsent("INV00001", "no_email"), unsent("INV00002", "deferred")}, {});
  const RebillNotice notice = result_notice(config_in("en"), body);
  CHECK(notice.subject == "support 2026-10: 1 failed, 1 not validated, 1 unsent, 1 deferred");
  CHECK(
      notice.text.starts_with(notice.subject + "\n\n  beta: failed (bound_exceeded, no street)\n"));
  CHECK(notice.text.find("  INV00001: unsent (no_email)\n  INV00002: deferred\n") !=
        std::string::npos);
  CHECK(notice.text.find("billctl rebill-job show 7") != std::string::npos);
}

TEST_CASE("S3-12 a job that went well tells what it billed in the language of the tenant") {
  const Json total = Json::object(
      {{"currency", "EUR"}, {"invoices", 2}, {"amounts", Json::object({{"payable", "1234.50"}})}});
  const Json body = body_of({outcome("acme", "created", "")}, {}, {total});
  CHECK(result_notice(config_in("en"), body).subject ==
        "support 2026-10: 2 invoices, 1,234.50 EUR");
  CHECK(result_notice(config_in("de-AT"), body).subject ==
        "support 2026-10: 2 Rechnungen, 1.234,50 EUR");
  const Json nothing = body_of({outcome("acme", "skipped", "no_billable_time")}, {}, {});
  CHECK(result_notice(config_in("sv"), nothing).subject == "support 2026-10: inget att fakturera");
}

TEST_CASE("S3-12 a job that did not run is told with its reason") {
  const RebillNotice notice =
      failure_notice(config_in(""), "support", Period::month(2026, 10),
                     Error(Reason::ledger_moved, "the items have moved of acme", "look again"));
  CHECK(notice.subject == "support 2026-10: failed, the items have moved of acme");
  CHECK(notice.text.find("ledger_moved\n\n  the items have moved of acme\n  look again\n") !=
        std::string::npos);
}
