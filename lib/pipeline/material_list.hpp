// Material list: the items behind an invoice with their three amounts, and those that may be linked
// to it (S1-14 to S1-17, S1-31).
//
//     total0       quantity x price of the item
//     update_row   what it stands for on the lines, unless priced by hand
//     report_price what it brought in (X4)
//     original     its report price before anything was changed by hand
#pragma once

#include <string_view>

#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// The body {invoice, currency, period, items, changes, unallocated}; `changes` are the linked
/// items whose report price is not the original one. Offered is what is pending for the same
/// client, bill-to and currency in the material period, or in the filter's (S1-15, S1-40); the
/// other filters restrict both. Nothing is offered for an invoice that is voided.
/// @throws Error{not_found}, {not_permitted}, {usage} for a kind or state that is none.
Json material_list(Session& session, std::string_view invoice, const Filter& filter);

}  // namespace billctl
