#include "pipeline/completed_document.hpp"

#include "invoice/tax_treatment.hpp"
#include "invoice/totals.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/line_taxes.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

std::optional<Decimal> vat_rate(const TaxTreatment& treatment) {
  for (const AppliedTax& tax : treatment.taxes)
    if (tax.identity.category) return tax.identity.rate;
  return std::nullopt;
}

void add_once(std::vector<Finding>& findings, const Finding& finding) {
  for (const Finding& there : findings) {
    if (there == finding) return;
  }
  findings.push_back(finding);
}

}  // namespace

std::string name_of(const Invoice& invoice) {
  return is_open(invoice.state) ? invoice.draft_number : invoice.number;
}

Seller seller_of(const Config& config) {
  const TenantSettings& tenant = config.tenant;
  Seller seller;
  seller.name = tenant.name;
  seller.address = {tenant.street,      tenant.street2, tenant.city,
                    tenant.postal_code, tenant.region,  tenant.country};
  seller.vat_id = tenant.vat_id;
  seller.registration_id = tenant.registration_id;
  seller.endpoint = tenant.endpoint;
  seller.endpoint_scheme = tenant.endpoint_scheme;
  seller.iban = tenant.iban;
  seller.bic = tenant.bic;
  seller.terms_of_sale = tenant.terms_of_sale;
  seller.contact_name = tenant.contact.name;
  seller.contact_phone = tenant.contact.phone;
  seller.contact_email = tenant.contact.email;
  return seller;
}

Completion::Completion(Session& session, const Books& books)
    : session_(session),
      books_(books),
      seller_(seller_of(session.config)),
      seller_json_(to_json(seller_).canonical()) {}

CompletedDocument Completion::of(Document document) {
  CompletedDocument completed;
  completed.document = std::move(document);
  const Invoice& invoice = completed.document.invoice;
  completed.names.client = books_.clients.at(invoice.client).code;
  completed.buyer_code = books_.clients.at(invoice.bill_to).code;
  if (invoice.corrects) {
    Invoices invoices(session_.ledger, session_.tenant.id);
    const Invoice corrected = invoices.header(invoice.corrects);
    completed.names.corrects = corrected.number;
    completed.corrects_on = corrected.invoice_on;
  }
  if (is_open(invoice.state)) {
    from_books(completed);
  } else {
    from_record(completed);
  }
  return completed;
}

void Completion::from_record(CompletedDocument& completed) {
  const Invoice& invoice = completed.document.invoice;
  completed.seller = seller_of(Json::parse(invoice.seller));
  completed.buyer = buyer_of(Json::parse(invoice.buyer));
  if (!invoice.terms_snapshot.empty())
    completed.terms = terms_of(Json::parse(invoice.terms_snapshot));
}

void Completion::from_books(CompletedDocument& completed) {
  Invoice& invoice = completed.document.invoice;
  const Client& payer = books_.clients.at(invoice.bill_to);
  completed.seller = seller_;
  completed.buyer = buyer_of(payer, books_.clients.find(payer.parent));
  if (const PaymentTerms* terms = session_.config.find_terms(invoice.terms))
    completed.terms = *terms;
  invoice.seller = seller_json_;
  invoice.buyer = to_json(completed.buyer).canonical();
  invoice.terms_snapshot = to_json(completed.terms).canonical();
  invoice.due_on = std::nullopt;
  if (invoice.invoice_on && completed.terms)
    invoice.due_on = completed.terms->due_date(*invoice.invoice_on);
  if (invoice.invoice_on && invoice.ar_period.empty())  // S4-14
    invoice.ar_period = invoice.invoice_on->to_text().substr(0, 7);
  put_totals(completed);
}

void Completion::put_totals(CompletedDocument& completed) {
  Document& document = completed.document;
  Invoice& invoice = document.invoice;
  LineTaxes taxes(session_, invoice, completed.buyer.language);
  std::vector<TaxedAmount> amounts;
  amounts.reserve(document.lines.size());
  for (Line& line : document.lines) {
    const TaxTreatment& treatment = taxes.of(line);
    line.tax_rate = vat_rate(treatment);
    if (treatment.failure) add_once(completed.faults, *treatment.failure);
    amounts.push_back({treatment.taxes, Money(line.amount_minor, invoice.currency)});
  }
  if (!completed.faults.empty()) return;
  TotalsInput input;
  input.currency = invoice.currency;
  input.rounding = invoice.rounding;
  input.lines = amounts;
  input.earlier_taxes = document.taxes;
  input.starting_minor = invoice.summary.starting_minor;
  input.exclusions_minor = invoice.summary.exclusions_minor;
  input.milestones_minor = invoice.summary.milestones_minor;
  input.prepaid_minor = prepaid_gross_minor(document.prepayments);
  try {
    Totals totals = totals_of(input);
    invoice.amounts = totals.amounts;
    invoice.summary = totals.summary;
    document.taxes = std::move(totals.taxes);
  } catch (const Error& error) {
    if (error.code() != Reason::too_many_taxes) throw;
    completed.faults.push_back({error.code(), error.message()});
  }
}

std::string revision_digest(const CompletedDocument& completed) {
  return to_hex(sha256(canonical_bytes(completed.document, completed.names)));
}

}  // namespace billctl
