// Pieces of reports that several verbs share, as spec/cli.md pins them ("Pinned JSON"): amounts
// with their currency's digits, prices with at least those, quantities without trailing zeros, all
// texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "calendar/period.hpp"
#include "invoice/invoice.hpp"
#include "outcome/reason.hpp"
#include "pipeline/session.hpp"
#include "text/json.hpp"

namespace billctl {

/// "12.50"
Json money_json(std::int64_t minor, Currency currency);
Json price_json(const std::optional<Decimal>& price, Currency currency);
Json quantity_json(const std::optional<Decimal>& quantity);
Json date_json(const std::optional<Date>& date);
Json instant_json(const std::optional<Instant>& at);
/// {first, last}
Json period_json(const Period& period);
/// {lines, excl_tax, tax, incl_tax, prepaid, payable}
Json amounts_json(const Amounts& amounts, Currency currency);
/// [{code, detail}]
Json findings_json(const std::vector<Finding>& findings);
/// "vat;local" -> ["vat", "local"]
Json codes_json(std::string_view codes);

/// One invoice that a verb over several did not take, with every reason.
struct RefusedInvoice {
  std::string invoice;
  std::vector<Finding> reasons;
};
/// [{invoice, reasons: [{code, detail}]}]
Json refused_json(const std::vector<RefusedInvoice>& refused);

/// The exit of a verb over several invoices: done, partly, or refused when nothing was done; then
/// `error` of the report says the first refusal as a single one would (spec/cli.md, "Everywhere").
void put_exit(Report& report, std::size_t done, const std::vector<RefusedInvoice>& refused,
              std::string_view verb);

/// What to do about a refusal: the next command, or empty.
std::string hint_for(const Finding& finding, const std::string& invoice, std::string_view verb);

}  // namespace billctl
