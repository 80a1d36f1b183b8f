// Invoice history: what was done to an invoice since it was drafted: adjustments, what happened to
// its items, approvals given, withdrawn and fallen, and its states (S4-26).
#pragma once

#include <string_view>

#include "pipeline/session.hpp"

namespace billctl {

/// The body {invoice, currency, history: [{at, by, what, item, line, amount, reason, undone}]} in
/// the order of time. `what` is the kind of an adjustment (revalue, write, daily, rate_type,
/// typed), the act of an item (exclude, include, transfer, link …), `approved as pm`, `approval as
/// pm withdrawn`, `approval as pm fell`, or a state: drafted, held, issued. `amount` of an
/// adjustment is what it makes of the invoice; of an exclusion what it takes off, negative once it
/// came back. `undone`: when an adjustment was taken back.
/// @throws Error{not_found}, {not_permitted} when not all its projects are the actor's to see
/// (S4-2).
Json invoice_history(Session& session, std::string_view invoice);

}  // namespace billctl
