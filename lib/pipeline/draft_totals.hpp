// Draft totals: amounts, tax rows and summary of a draft that exists, computed from its lines as
// they stand in the ledger. Every verb that changes lines, links or taxes of a draft ends here.
#pragma once

#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// Computes and stores. Of `draft` what the caller changed is stored with it: revision, period,
/// grouping words, and of the summary starting, exclusions and milestones; its adjustments and
/// amounts are computed. A typed-in tax stays, and is stale once its base or rate differs (X25).
/// Taxes go by the invoice date, or today while there is none. Inside a write.
/// @returns the draft as stored.
/// @throws Error{tax_invalid} when a line's tax is gone from the config or has no rate on the date,
/// {too_many_taxes}, {category_o} when a line outside the scope of VAT stands beside others.
Invoice store_totals(Session& session, const Books& books, Invoice draft);

}  // namespace billctl
