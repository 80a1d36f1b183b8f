// What Invoices writes.
#include "ledger/connection.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

constexpr const char* kSetState = "UPDATE invoice SET state = :state WHERE id = :id";
constexpr const char* kSetNotes = "UPDATE invoice SET notes = :notes WHERE id = :id";
constexpr const char* kSetTitle = "UPDATE invoice SET title = :title WHERE id = :id";
constexpr const char* kSetHeading =
    "UPDATE invoice SET name = :name, title = :title, subtitle = :subtitle, po_number = :po, "
    "terms = :terms, invoice_on = :invoice_on, due_on = :due_on, ar_period = :ar_period, "
    "bill_to_id = :bill_to WHERE id = :id AND state IN ('draft', 'held')";
constexpr const char* kDropTaxes = "DELETE FROM tax_row WHERE invoice_id = :id";
constexpr const char* kPutTax =
    "INSERT INTO tax_row (invoice_id, position, tax, category, rate_micro, base_minor, "
    "amount_minor, "
    "overridden, stale, reason, vatex) VALUES (:id, :position, :tax, :category, :rate, :base, "
    ":amount, :overridden, :stale, :reason, :vatex)";
constexpr const char* kSetTaxRate =
    "UPDATE line SET tax_rate_micro = :rate WHERE invoice_id = :id AND line = :line";
constexpr const char* kPutName =
    "INSERT INTO invoice_name (tenant_id, name, invoice_id, issued) VALUES (:tenant, :name, :id, "
    "1)";
constexpr const char* kFreeze =
    "UPDATE invoice SET state = 'issued', number = :number, series = :series, "
    "series_year = :series_year, sequence = :sequence, invoice_on = :invoice_on, due_on = :due_on, "
    "ar_period = :ar_period, notes = :notes, notes_at_issue = :notes, lines_minor = :lines, "
    "excl_tax_minor = :excl_tax, tax_minor = :tax, incl_tax_minor = :incl_tax, "
    "prepaid_minor = :prepaid, payable_minor = :payable, tax_accounting_minor = :tax_accounting, "
    "accounting_currency = :accounting_currency, exchange_rate_micro = :exchange_rate, "
    "contract = :contract, "
    "seller = :seller, buyer = :buyer, terms_snapshot = :terms, issued_at = :issued_at, "
    "previous_seal = :previous_seal, seal = :seal, signature = :signature "
    "WHERE id = :id AND state = 'draft'";

void bind_text_or_null(Query& query, const char* name, const std::string& text) {
  text.empty() ? query.bind_null(name) : query.bind(name, text);
}

void bind_date(Query& query, const char* name, const std::optional<Date>& date) {
  date ? query.bind(name, date->to_text()) : query.bind_null(name);
}

void bind_numbers(Query& query, const Invoice& invoice) {
  query.bind(":id", invoice.id).bind(":number", invoice.number);
  bind_text_or_null(query, ":series", invoice.series);
  invoice.series.empty() ? query.bind_null(":series_year")
                         : query.bind(":series_year", invoice.series_year);
  invoice.sequence == 0 ? query.bind_null(":sequence") : query.bind(":sequence", invoice.sequence);
  bind_date(query, ":invoice_on", invoice.invoice_on);
  bind_date(query, ":due_on", invoice.due_on);
  query.bind(":ar_period", invoice.ar_period).bind(":notes", invoice.notes);
}

void bind_amounts(Query& query, const Invoice& invoice) {
  const Amounts& amounts = invoice.amounts;
  query.bind(":lines", amounts.lines_minor)
      .bind(":excl_tax", amounts.excl_tax_minor)
      .bind(":tax", amounts.tax_minor)
      .bind(":incl_tax", amounts.incl_tax_minor)
      .bind(":prepaid", amounts.prepaid_minor)
      .bind(":payable", amounts.payable_minor)
      .bind(":tax_accounting", invoice.tax_accounting_minor)
      .bind(":accounting_currency", invoice.accounting_currency);
  invoice.exchange_rate ? query.bind(":exchange_rate", invoice.exchange_rate->micro())
                        : query.bind_null(":exchange_rate");
}

}  // namespace

void Invoices::set_state(InvoiceId id, InvoiceState state) {
  Query(ledger_, kSetState).bind(":state", word(state)).bind(":id", id).run();
}

void Invoices::set_notes(InvoiceId id, std::string_view notes) {
  Query(ledger_, kSetNotes).bind(":notes", notes).bind(":id", id).run();
}

void Invoices::set_title(InvoiceId id, std::string_view title) {
  Query(ledger_, kSetTitle).bind(":title", title).bind(":id", id).run();
}

void Invoices::set_heading(const Invoice& draft) {
  Query query(ledger_, kSetHeading);
  query.bind(":id", draft.id)
      .bind(":name", draft.name)
      .bind(":title", draft.title)
      .bind(":subtitle", draft.subtitle)
      .bind(":po", draft.po_number)
      .bind(":terms", draft.terms)
      .bind(":ar_period", draft.ar_period)
      .bind(":bill_to", draft.bill_to);
  bind_date(query, ":invoice_on", draft.invoice_on);
  bind_date(query, ":due_on", draft.due_on);
  expect(query.run() == 1, "only a draft's heading changes");
}

void Invoices::replace_taxes(InvoiceId id, const std::vector<TaxRow>& taxes) {
  Query(ledger_, kDropTaxes).bind(":id", id).run();
  std::int64_t position = 0;
  for (const TaxRow& row : taxes) {
    const auto& category = row.identity.category;
    Query(ledger_, kPutTax)
        .bind(":id", id)
        .bind(":position", ++position)
        .bind(":tax", row.identity.tax)
        .bind(":category", category ? word(*category) : std::string_view(""))
        .bind(":rate", row.identity.rate.micro())
        .bind(":base", row.base.minor())
        .bind(":amount", row.amount.minor())
        .bind(":overridden", row.overridden)
        .bind(":stale", row.stale)
        .bind(":reason", row.reason)
        .bind(":vatex", row.vatex)
        .run();
  }
}

void Invoices::set_tax_rates(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (!line.tax_rate) continue;
    Query(ledger_, kSetTaxRate)
        .bind(":rate", line.tax_rate->micro())
        .bind(":id", line.invoice)
        .bind(":line", line.line)
        .run();
  }
}

void Invoices::freeze(const Invoice& invoice) {
  Query freeze(ledger_, kFreeze);
  bind_numbers(freeze, invoice);
  bind_amounts(freeze, invoice);
  freeze.bind(":contract", invoice.contract)
      .bind(":seller", invoice.seller)
      .bind(":buyer", invoice.buyer)
      .bind(":terms", invoice.terms_snapshot)
      .bind(":issued_at", invoice.issued_at.value().seconds())
      .bind(":previous_seal", invoice.previous_seal)
      .bind(":seal", invoice.seal)
      .bind(":signature", invoice.signature);
  expect(freeze.run() == 1, "only a draft is issued, and once");
  Query(ledger_, kPutName)
      .bind(":tenant", tenant_)
      .bind(":name", invoice.number)
      .bind(":id", invoice.id)
      .run();
}

}  // namespace billctl
