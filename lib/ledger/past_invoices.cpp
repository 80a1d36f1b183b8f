#include "ledger/past_invoices.hpp"

#include "ledger/connection.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

// A draft for as long as it takes to give it its line: what is issued takes none. Its number stands
// for the draft number that it never had.
constexpr const char* kPut =
    "INSERT INTO invoice (tenant_id, imported, draft_number, client_id, bill_to_id, currency, "
    "name, "
    "po_number, period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, "
    "starting_minor, created_at) VALUES (:tenant, 1, :number, :client, :client, :currency, :name, "
    ":po_number, :date, :date, :rounding, :mode, :decimals, :starting, :at) RETURNING id";
constexpr const char* kPutLine =
    "INSERT INTO line (invoice_id, line, position, kind, source, description, quantity_micro, "
    "unit, "
    "unit_price_micro, amount_minor, tax) VALUES (:id, 1, 1, :kind, 'typed', :description, "
    ":quantity, :unit, :price, :amount, :tax)";

}  // namespace

InvoiceId PastInvoices::put(const Document& document) {
  Invoice invoice = document.invoice;
  Query put(ledger_, kPut);
  put.bind(":tenant", tenant_)
      .bind(":number", invoice.number)
      .bind(":client", invoice.client)
      .bind(":currency", invoice.currency.code())
      .bind(":name", invoice.name)
      .bind(":po_number", invoice.po_number)
      .bind(":date", invoice.invoice_on.value().to_text())
      .bind(":rounding", word(invoice.rounding))
      .bind(":mode", word(invoice.rounding_mode))
      .bind(":decimals", invoice.quantity_decimals)
      .bind(":starting", invoice.summary.starting_minor)
      .bind(":at", invoice.created_at.seconds());
  expect(put.step(), "a past invoice gets a row");
  invoice.id = put.id<InvoiceId>(0);
  put.reset();
  for (const Line& line : document.lines) put_line(invoice.id, line);
  Invoices invoices(ledger_, tenant_);
  invoices.replace_taxes(invoice.id, document.taxes);
  invoices.freeze(invoice);
  return invoice.id;
}

void PastInvoices::put_line(InvoiceId id, const Line& line) {
  Query(ledger_, kPutLine)
      .bind(":id", id)
      .bind(":kind", line.kind)
      .bind(":description", line.description)
      .bind(":quantity", line.quantity.value().micro())
      .bind(":unit", line.unit)
      .bind(":price", line.unit_price.value().micro())
      .bind(":amount", line.amount_minor)
      .bind(":tax", line.tax)
      .run();
}

}  // namespace billctl
