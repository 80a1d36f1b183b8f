// Void: takes an issued invoice back as a whole (X2, S4-40). By `invoice.void` with a credit note
// of its own, issued in the same transaction, or by opening it again as a new draft while nobody
// has it. Every item is pending again, or on that draft.
#pragma once

#include <optional>
#include <string>

#include "calendar/date.hpp"
#include "pipeline/issuer.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct VoidRequest {
  std::string invoice;
  std::string comment;       ///< put on top of the notes
  std::optional<Date> date;  ///< of the credit note; none: today
  Signer signer;
};

/// `{invoice, state, credit_note: {invoice, number, date, amounts, seal} or null, draft, items:
/// [{item, after}]}`.
/// @throws Error{wrong_state}, also while a credit note of it is a draft, {already_delivered},
/// {over_invoice}, and the first reason against the credit note: {date_order}, {period_closed} …;
/// then nothing has changed.
Report void_invoice(Session& session, const VoidRequest& request, const Json& arguments);

}  // namespace billctl
