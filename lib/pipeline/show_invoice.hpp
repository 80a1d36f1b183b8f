// Show: one invoice whole, as spec/cli.md pins it (invoice show); a draft with today's rates and
// what issue would make of it (S4-1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/completed_document.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// Under any name it ever had.
/// @throws Error{not_found}, {not_permitted} when not all its projects are the actor's to see
/// (S4-2).
Json show_invoice(Session& session, std::string_view name);

/// The same for a document that is at hand.
Json invoice_json(Session& session, const Books& books, const CompletedDocument& completed);

/// {starting, adjustments, exclusions, invoiced, milestones, tax, prepaid, net}; exclusions and
/// prepaid count as negative terms (S4-30, S4-39, X24).
Json summary_json(const Invoice& invoice);

/// [{tax, category, rate, base, amount, stale, overridden}]
Json taxes_json(const std::vector<TaxRow>& rows, Currency currency);
/// [{contract_line, type, balance, applied, tax}] by code: of a draft each contract line of its
/// engagements, and what it or any other document applies (S4-34).
Json prepayments_json(Session& session, const Books& books, const Document& document);
/// Which of these rows are of time and material with recognised revenue: their balance may be
/// negative, or there without a milestone (S4-37).
std::vector<Finding> recognised_revenue(const Books& books, Currency currency,
                                        const Json& prepayments);

}  // namespace billctl
