// Hand draft: a draft made of lines that are known already: a credit note, a copy, a re-issue.
#pragma once

#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Gives it an id and a draft number and writes header, lines and links; `header` keeps client,
/// bill-to, currency, period, options and texts of the invoice that it is made of. Its totals are
/// the caller's to store. Inside a write.
/// @returns the draft; the lines and links are given its id.
Invoice put_hand_draft(Session& session, Invoice header, std::vector<Line>& lines,
                       std::vector<Placed>& placed);

/// The header of a draft that takes over what an invoice says, none of what issue decided.
Invoice header_like(const Session& session, const Invoice& invoice);

}  // namespace billctl
