// Export of the issued documents as entries of double-entry bookkeeping (design/documents.md,
// "Journal rule"): what hledger and ledger read, in their strict modes too.
//
//   INV00042 of 1,000.00 + 25.5 %, 200.00 of it prepaid:
//     assets:receivable:acme      1004.00 EUR
//     liabilities:deferred:acme    200.00 EUR
//     liabilities:vat:output        51.00 EUR
//     income:time                -1000.00 EUR
//     liabilities:vat:output      -255.00 EUR
#pragma once

#include <string>

#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// {postings: [{date, number, type, client, description, account, amount, currency}]}, those of one
/// entry in a row; each entry adds up to zero. A credit note has the signs turned round, and an
/// invoice that was voided without one is reversed on the day of the void. A period means the date
/// of the entry. What was issued by another program is not there.
/// @throws Error{usage} as invoice list.
Json journal_postings(Session& session, const Filter& filter);

/// The same as a journal, with its accounts and commodities declared.
std::string journal_text(const Json& postings);

}  // namespace billctl
