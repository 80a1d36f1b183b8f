// Draft join: items that join a draft which is open already (S0-15, S0-22, S0-23). A draft whose
// lines and links nobody touched is grouped anew as a whole, its lines keeping their ids; to one
// that was changed by hand the new items bring lines of their own.
#pragma once

#include <vector>

#include "invoice/invoice.hpp"
#include "pipeline/drafting.hpp"

namespace billctl {

/// Writes the draft with the items on it; approvals fall, since its revision moves on. The items'
/// places are the caller's to write.
/// @returns the draft as stored.
/// @throws Error as make_draft does.
Invoice join_draft(Drafting& drafting, InvoiceId draft, std::vector<LineItem> items);

/// How many lines it has.
std::int64_t count_lines(Session& session, InvoiceId draft);

}  // namespace billctl
