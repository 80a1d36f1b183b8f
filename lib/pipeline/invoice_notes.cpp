#include "pipeline/invoice_notes.hpp"

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"

namespace billctl {

Report note_invoice(Session& session, const NoteRequest& request, const Json& arguments) {
  if (request.text.empty() && !request.replace)
    throw Error(Reason::usage, "invoice note: there is no text to add",
                "give it behind the invoice or with -m; --replace \"\" empties the notes");
  return perform(session, {.name = "invoice note", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    Invoices invoices(session.ledger, session.tenant.id);
    Invoice invoice = invoices.header(invoices.named(request.invoice));
    invoice.notes =
        request.replace ? request.text : with_comment_on_top(invoice.notes, request.text);
    invoices.set_notes(invoice.id, invoice.notes);
    Report report;
    report.subjects.push_back({"invoice:" + name_of(invoice), "noted"});
    report.body = Json::object({{"invoice", name_of(invoice)},
                                {"state", told_state(session, books, invoice)},
                                {"notes", Json::text_or_null(invoice.notes)}});
    return report;
  });
}

}  // namespace billctl
