#include "render/ubl_document.hpp"

#include "issue/einvoice.hpp"
#include "issue/vat_breakdown.hpp"
#include "outcome/error.hpp"
#include "render/ubl_run.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr int kDigitsMax = 2;
constexpr std::string_view kEn16931 = "urn:cen.eu:en16931:2017";
constexpr std::string_view kPeppol =
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
constexpr std::string_view kPeppolProcess = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

void append_line(std::string& text, std::string_view line) {
  if (is_blank(line)) return;
  if (!text.empty()) text += '\n';
  text += trimmed(line);
}

// EN 16931 writes the kind of a note in front of it, #AAI#: a note that only looks as if it began
// that way says that it is a general one (BR-CL-08, BT-21).
std::string unmistaken(const std::string& note) {
  const std::size_t first = note.find('#');
  if (first == std::string::npos || note.find('#', first + 1) == std::string::npos) return note;
  return "#AAI#" + note;
}

std::string listed(const std::vector<Finding>& gaps) {
  std::string text;
  for (const Finding& gap : gaps) text += (text.empty() ? "" : "; ") + gap.detail;
  return text;
}

EinvoiceFacts facts_of(const PrintedDocument& printed) {
  return {printed.document, printed.seller, printed.buyer,
          printed.terms ? &*printed.terms : nullptr};
}

void refuse_draft(const Invoice& invoice) {
  if (!is_open(invoice.state)) return;
  throw Error(Reason::wrong_state,
              "invoice " + invoice.draft_number + ": not issued, and an e-invoice has a number",
              "billctl issue " + invoice.draft_number);
}

XmlWriter root_of(bool credit) {
  constexpr std::string_view kSpace = "urn:oasis:names:specification:ubl:schema:xsd:";
  const std::string name = credit ? "CreditNote" : "Invoice";
  const std::string own = std::string(kSpace) + name + "-2";
  const std::string aggregate = std::string(kSpace) + "CommonAggregateComponents-2";
  const std::string basic = std::string(kSpace) + "CommonBasicComponents-2";
  return XmlWriter(credit ? std::string_view("CreditNote") : std::string_view("Invoice"),
                   {{"xmlns", own}, {"xmlns:cac", aggregate}, {"xmlns:cbc", basic}});
}

}  // namespace

std::string ubl_amount(const Money& amount) {
  std::string text = amount.to_text();
  const int digits = amount.currency().digits();
  if (digits > kDigitsMax) text.resize(text.size() - static_cast<std::size_t>(digits - kDigitsMax));
  return text;
}

void UblRun::put_amount(std::string_view name, const Money& amount) {
  xml_.put(name, ubl_amount(amount), {{"currencyID", amount.currency().code()}});
}

void UblRun::put_period(Date first, Date last) {
  const auto period = xml_.in("cac:InvoicePeriod");
  xml_.put("cbc:StartDate", first.to_text());
  xml_.put("cbc:EndDate", last.to_text());
}

void UblRun::put_category(std::string_view element, TaxCategory category, Decimal rate,
                          const std::string& vatex, const std::string& reason) {
  const auto tax = xml_.in(element);
  xml_.put("cbc:ID", word(category));
  if (category != TaxCategory::outside_scope) xml_.put("cbc:Percent", rate.to_text());
  if (needs_reason(category)) {
    xml_.put("cbc:TaxExemptionReasonCode", vatex);
    xml_.put("cbc:TaxExemptionReason", reason);
  }
  const auto scheme = xml_.in("cac:TaxScheme");
  xml_.put("cbc:ID", "VAT");
}

// One note, as Peppol allows no more (R002): what stands on the paper beside lines and terms.
std::string UblRun::note() const {
  std::string text;
  if (printed_.test) append_line(text, "TEST");
  if (invoice_.state == InvoiceState::voided)
    append_line(text, phrase(Phrase::voided, language_of(printed_.language)));
  append_line(text, invoice_.title);
  append_line(text, invoice_.subtitle);
  append_line(text, invoice_.notes_at_issue);
  if (!is_blank(printed_.seller.terms_of_sale))
    append_line(text, labelled(Phrase::terms_of_sale, printed_.seller.terms_of_sale));
  return unmistaken(text);
}

void UblRun::head(bool peppol) {
  xml_.put("cbc:CustomizationID", peppol ? kPeppol : kEn16931);
  if (peppol) xml_.put("cbc:ProfileID", kPeppolProcess);
  xml_.put("cbc:ID", invoice_.number);
  xml_.put("cbc:IssueDate", invoice_.invoice_on.value().to_text());
  if (!is_credit() && invoice_.due_on) xml_.put("cbc:DueDate", invoice_.due_on->to_text());
  xml_.put(is_credit() ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode",
           is_credit() ? "381" : "380");
  xml_.put("cbc:Note", note());
  xml_.put("cbc:DocumentCurrencyCode", invoice_.currency.code());
  if (invoice_.tax_accounting_minor) xml_.put("cbc:TaxCurrencyCode", invoice_.accounting_currency);
  xml_.put("cbc:BuyerReference", printed_.buyer.buyer_reference);
  put_period(invoice_.period.first(), invoice_.period.last());
  references();
}

void UblRun::references() {
  {
    const auto order = xml_.in("cac:OrderReference");
    xml_.put("cbc:ID", invoice_.po_number);
  }
  if (!is_blank(printed_.corrects)) {
    const auto billing = xml_.in("cac:BillingReference");
    const auto preceding = xml_.in("cac:InvoiceDocumentReference");
    xml_.put("cbc:ID", printed_.corrects);
    if (printed_.corrects_on) xml_.put("cbc:IssueDate", printed_.corrects_on->to_text());
  }
  {
    const auto contract = xml_.in("cac:ContractDocumentReference");
    xml_.put("cbc:ID", invoice_.contract);
  }
  annex();
}

void UblRun::totals() {
  tax_total();
  accounting_tax_total();
  monetary_total();
}

void UblRun::tax_total() {
  const auto total = xml_.in("cac:TaxTotal");
  put_amount("cbc:TaxAmount", invoice_.amounts.tax_minor);
  for (const VatRow& row : vat_breakdown(printed_.document)) {
    const auto subtotal = xml_.in("cac:TaxSubtotal");
    put_amount("cbc:TaxableAmount", turned(row.base));
    put_amount("cbc:TaxAmount", turned(row.amount));
    put_category("cac:TaxCategory", row.category, row.rate, row.vatex, row.reason);
  }
}

void UblRun::accounting_tax_total() {
  if (!invoice_.tax_accounting_minor) return;
  const auto currency = Currency::of(invoice_.accounting_currency);
  const auto total = xml_.in("cac:TaxTotal");
  put_amount("cbc:TaxAmount", turned(Money(*invoice_.tax_accounting_minor, currency.value())));
}

void UblRun::monetary_total() {
  const Amounts& amounts = invoice_.amounts;
  const auto total = xml_.in("cac:LegalMonetaryTotal");
  put_amount("cbc:LineExtensionAmount", amounts.lines_minor);
  put_amount("cbc:TaxExclusiveAmount", amounts.excl_tax_minor);
  put_amount("cbc:TaxInclusiveAmount", amounts.incl_tax_minor);
  if (amounts.prepaid_minor != 0) put_amount("cbc:PrepaidAmount", amounts.prepaid_minor);
  put_amount("cbc:PayableAmount", amounts.payable_minor);
}

UblDocument ubl_document(const PrintedDocument& printed) {
  const Invoice& invoice = printed.document.invoice;
  refuse_draft(invoice);
  const EinvoiceFacts facts = facts_of(printed);
  const std::vector<Finding> broken = einvoice_gaps(facts, EinvoiceRules::official);
  if (!broken.empty()) {
    throw Error(Reason::einvoice_incomplete, "invoice " + invoice.number + ": " + listed(broken),
                "an issued invoice never changes: correct the client or the config, then credit "
                "it and issue another");
  }
  UblDocument document;
  document.gaps = einvoice_gaps(facts, EinvoiceRules::all);
  XmlWriter xml = root_of(is_negated(printed));
  UblRun run(printed, xml);
  run.head(document.gaps.empty());
  run.parties();
  run.payment();
  run.totals();
  run.lines();
  document.xml = xml.finish();
  return document;
}

}  // namespace billctl
