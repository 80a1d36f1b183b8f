#include "pipeline/render_invoice.hpp"

#include "ledger/books_table.hpp"
#include "ledger/invoice_annex.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/invoice_selection.hpp"

namespace billctl {
namespace {

std::vector<AnnexRow> annex_of(Session& session, InvoiceId invoice, Annex annex) {
  std::vector<AnnexRow> rows;
  if (annex == Annex::none) return rows;
  for (const AnnexEntry& entry : annex_entries(session.ledger, invoice)) {
    AnnexRow row;
    row.on = entry.on;
    if (annex == Annex::entries) row.member = entry.member;
    row.work = entry.job_type.empty() ? entry.task : entry.job_type;
    row.description = entry.description;
    row.quantity = entry.quantity;
    row.unit = entry.unit;
    row.report_minor = entry.report_minor;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

RenderedInvoice printed_invoice(Session& session, std::string_view name,
                                std::optional<Annex> annex) {
  RenderedInvoice rendered;
  session.ledger.read([&] {
    Invoices invoices(session.ledger, session.tenant.id);
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    Document document = invoices.document(invoices.named(name));
    require_reading(session, "render", is_managers_own(session, books, document.invoice));
    if (document.invoice.imported) {
      throw Error(Reason::wrong_state,
                  "invoice " + document.invoice.number + " was issued by another program",
                  "that program has its document; `billctl invoice show " +
                      document.invoice.number + "` tells what is known of it");
    }
    Completion completion(session, books);
    CompletedDocument completed = completion.of(std::move(document));
    const Invoice& invoice = completed.document.invoice;
    const Annex own = parse_annex(invoice.annex).value_or(Annex::none);
    rendered.invoice = name_of(invoice);
    rendered.printed.annex = annex_of(session, invoice.id, annex.value_or(own));
    rendered.printed.seller = std::move(completed.seller);
    rendered.printed.buyer = std::move(completed.buyer);
    rendered.printed.terms = std::move(completed.terms);
    rendered.printed.corrects = completed.names.corrects;
    rendered.printed.corrects_on = completed.corrects_on;
    rendered.printed.test = session.tenant.test;
    rendered.printed.document = std::move(completed.document);
  });
  return rendered;
}

std::vector<std::string> invoices_to_render(Session& session, const Filter& filter) {
  std::vector<std::string> names;
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    Filter issued = filter;
    if (issued.states.empty()) issued.states = {"issued", "voided"};
    for (const SelectedInvoice& each : selected_invoices(session, books, issued))
      if (!each.invoice.imported) names.push_back(name_of(each.invoice));
  });
  return names;
}

}  // namespace billctl
