// Readiness: every reason against issuing one draft, gathered at once and before a number is taken,
// so that a person mends them all in one go (S3-21, S4-5, X28).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "approval/rules.hpp"
#include "calendar/date.hpp"
#include "invoice/document.hpp"
#include "issue/numbering.hpp"
#include "issue/parties.hpp"
#include "outcome/reason.hpp"

namespace billctl {

/// How far from today an invoice date may be.
struct DateBounds {
  Date today = Date::from_days(0);
  std::int32_t past_days = 60;
  std::int32_t future_days = 0;
};

/// What the decision hangs on; each is read or computed before.
struct IssueFacts {
  const Document* document = nullptr;  ///< with the date, taxes and totals it would be issued with
  const Buyer* buyer = nullptr;
  std::string buyer_code;
  DateBounds bounds;
  std::optional<Date> last_on;  ///< of its series and year; none for a number outside the series
  std::string series;           ///< that last_on belongs to
  std::optional<Date> corrects_on;    ///< the date of the invoice that a credit note corrects
  std::vector<std::string> unpriced;  ///< what has no price: "line 2 (entry e17)"
  std::vector<std::string> default_priced;
  std::vector<ApprovalRole> approvals_missing;
  std::vector<Finding> taxes;        ///< what is wrong with them beside being stale
  std::vector<Finding> prepayments;  ///< what it applies and may not
  std::vector<Finding> einvoice;
  std::string exchange_rate_missing;           ///< "USD to EUR on 2026-10-31"; empty: none is
  std::vector<std::string> closed_periods;     ///< of its date and AR period
  std::optional<Finding> period;               ///< why the AR period can't be chosen
  std::optional<Finding> number;               ///< why the number can't be given
  std::optional<std::int64_t> asked_revision;  ///< --revision
};

/// In a fixed order. `allow` takes unpriced, default_price and date_out_of_window away.
std::vector<Finding> reasons_against(const IssueFacts& facts,
                                     const std::vector<std::string>& allow);

/// Why its state alone forbids it, and nothing else is worth telling: already_issued, or
/// wrong_state of a voided one.
std::optional<Finding> state_against(const Invoice& invoice);

/// Whether a text can be a number: up to 60 letters, no blanks at its ends, no control characters.
bool is_number_text(std::string_view number);

}  // namespace billctl
