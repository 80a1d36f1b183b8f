// Draft maker: a new draft of the items of one key, whole and in memory, not yet written.
#pragma once

#include <vector>

#include "pipeline/draft_lines.hpp"

namespace billctl {

/// A draft without number and id: header, lines, material, tax rows and totals (spec/generate.md,
/// "On the draft").
/// @throws Error{several_rates}, {tax_invalid}, {too_many_taxes}, {failed} when an amount does not
/// fit.
DraftRows make_draft(Drafting& drafting, const InvoiceKey& key, std::vector<LineItem> items);

/// The next number of the series of drafts. Inside a write.
std::string take_draft_number(Session& session);

/// Gives a draft its id and number; its name, which may hold the number, follows from them.
void put_identity(const Drafting& drafting, DraftRows& rows, InvoiceId id,
                  const std::string& draft_number);

/// The client's bounds ([bounds]): lines, total before tax, and times the median of what its issued
/// invoices came to.
/// @param usual those totals, ascending.
/// @throws Error{bound_exceeded} with what was seen and what is allowed.
void require_bounds(const BoundSettings& bounds, const Invoice& draft, std::int64_t lines,
                    const std::vector<std::int64_t>& usual);

}  // namespace billctl
