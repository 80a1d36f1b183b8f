// Reissue and copy: a draft made of an invoice that is there. A re-issue takes the place of a
// voided one, with the items that are pending still; a copy has its lines alone (S4-11, X28).
#pragma once

#include <string>

#include "invoice/invoice.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// The number of the invoice with -R1, or the next -R<n> that nobody has.
std::string proposed_reissue_number(Invoices& invoices, InvoiceId voided);

/// A draft with the lines of a voided invoice and those of its items that are pending. A line of
/// which an item is gone stays as it was, typed. Inside a write.
Invoice make_reissue(Session& session, const Books& books, InvoiceId voided);

/// `{invoice, reissues, number, lines, items, amounts}`: the draft and the number it proposes.
/// @throws Error{wrong_state} unless it is voided and nothing issues it again yet.
Report reissue_invoice(Session& session, const std::string& name, const Json& arguments);

/// `{invoice, copies, lines, amounts}`: a draft with the same lines and no items.
Report copy_invoice(Session& session, const std::string& name, const Json& arguments);

}  // namespace billctl
