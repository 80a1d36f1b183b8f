#include "pipeline/show_invoice.hpp"

#include <algorithm>
#include <map>

#include "approval/gate.hpp"
#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/invoices.hpp"
#include "ledger/issue_records.hpp"
#include "ledger/mails.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/outgoing.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

using ItemsOfLines = std::map<std::int64_t, Json>;

/// The items by their line; 0: those whose line was removed by hand (S1-43).
ItemsOfLines items_by_line(Session& session, const Invoice& invoice) {
  ItemsOfLines lines;
  Invoices invoices(session.ledger, session.tenant.id);
  for (const PlacedItem& item : invoices.placed_items(invoice.id)) {
    Json& items = lines.try_emplace(item.placed.line, Json::array()).first->second;
    items.push(
        Json::object({{"item", item.placed.item.value},
                      {"entry", item.entry_ref},
                      {"report_price", money_json(item.placed.report_price(), invoice.currency)}}));
  }
  return lines;
}

Json taken_from(ItemsOfLines& items, std::int64_t line) {
  auto found = items.extract(line);
  return found.empty() ? Json::array() : std::move(found.mapped());
}

Json lines_json(const Document& document, ItemsOfLines& items) {
  const Currency currency = document.invoice.currency;
  Json list = Json::array();
  for (const Line& line : document.lines) {
    Json linked = taken_from(items, line.line);
    list.push(Json::object({{"line", line.line},
                            {"kind", line.kind},
                            {"description", Json::text_or_null(line.description)},
                            {"quantity", quantity_json(line.quantity)},
                            {"unit", Json::text_or_null(line.unit)},
                            {"unit_price", price_json(line.unit_price, currency)},
                            {"allowance", money_json(line.allowance_minor, currency)},
                            {"amount", money_json(line.amount_minor, currency)},
                            {"tax", codes_json(line.tax)},
                            {"items", std::move(linked)}}));
  }
  return list;
}

const AppliedPrepayment* applied_to(const Document& document, ContractLineId line) {
  for (const AppliedPrepayment& each : document.prepayments) {
    if (each.contract_line == line) return &each;
  }
  return nullptr;
}

Json prepayment_json(Session& session, const Document& document, const ContractLine& line,
                     const std::vector<ContractLine>& lines) {
  const Invoice& invoice = document.invoice;
  const AppliedPrepayment* applied = applied_to(document, line.id);
  const ContractUse use = ContractBalances(session.ledger).of(line, lines, invoice.id);
  const std::int64_t balance = use.billed_minor - line.recognised_minor - use.applied_minor;
  const bool frozen = !is_open(invoice.state);
  return Json::object(
      {{"contract_line", line.code},
       {"type", line.fixed_price && !frozen ? "fixed" : "tm"},
       {"balance", money_json(balance, invoice.currency)},
       {"applied", money_json(applied != nullptr ? applied->applied_minor : 0, invoice.currency)},
       {"tax", money_json(applied != nullptr ? applied->tax_minor : 0, invoice.currency)}});
}

Json approvals_json(Session& session, const Books& books, const Invoice& invoice) {
  const Config& config = session.config;
  const bool frozen = !is_open(invoice.state);
  const auto record = IssueRecords(session.ledger).find(invoice.id);
  Json list = Json::array();
  for (ApprovalStatus& status :
       approval_status(config.approvals, config.roles, approval_facts(session, books, invoice))) {
    // What it needed is decided once it is issued, and nobody may add to it.
    if (frozen) {
      status.required =
          record && std::ranges::find(record->required, status.role) != record->required.end();
      status.may.clear();
    }
    Json may = Json::array();
    for (const std::string& member : status.may) may.push(member);
    list.push(Json::object({{"role", word(status.role)},
                            {"required", status.required},
                            {"by", status.given ? Json(status.given->actor) : Json()},
                            {"at", status.given ? Json(status.given->at.to_text()) : Json()},
                            {"may", std::move(may)}}));
  }
  return list;
}

Json sync_json(Session& session, InvoiceId invoice) {
  Json list = Json::array();
  const std::vector<Submission> submissions =
      Outbox(session.ledger, session.tenant.id).of_invoice(invoice);
  if (submissions.empty()) return list;
  OutgoingDocuments documents(session);
  for (const Submission& submission : submissions) {
    list.push(Json::object({{"provider", submission.provider},
                            {"state", documents.told_state(submission)},
                            {"remote_id", Json::text_or_null(submission.remote_id)},
                            {"attempts", submission.attempts}}));
  }
  return list;
}

/// Oldest first; a trial is none of it.
Json sent_json(Session& session, InvoiceId invoice) {
  Json list = Json::array();
  for (const Mail& mail : Mails(session.ledger, session.tenant.id).of_invoice(invoice)) {
    if (mail.purpose != MailPurpose::invoice) continue;
    list.push(Json::object({{"to", Json::text_or_null(mail.to)},
                            {"at", instant_json(mail.done_at)},
                            {"state", word(mail.state)},
                            {"via", mail.via}}));
  }
  return list;
}

Json accounting_json(const Invoice& invoice) {
  if (!invoice.tax_accounting_minor) return Json();
  const Currency currency = Currency::of(invoice.accounting_currency).value_or(Currency::none());
  return Json::object({{"currency", invoice.accounting_currency},
                       {"rate", quantity_json(invoice.exchange_rate)},
                       {"tax", money_json(*invoice.tax_accounting_minor, currency)}});
}

Json names_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push(name);
  return list;
}

// What it is and who has it, up to the period.
Json heading_json(Session& session, const Books& books, const CompletedDocument& completed) {
  const Invoice& invoice = completed.document.invoice;
  Invoices invoices(session.ledger, session.tenant.id);
  const bool frozen = !is_open(invoice.state);
  return Json::object({{"id", invoice.id.value},
                       {"invoice", name_of(invoice)},
                       {"number", frozen ? Json::text_or_null(invoice.number) : Json()},
                       {"draft_number", invoice.imported ? Json() : Json(invoice.draft_number)},
                       {"type", word(invoice.type)},
                       {"state", told_state(session, books, invoice)},
                       {"revision", invoice.revision},
                       {"corrects", Json::text_or_null(completed.names.corrects)},
                       {"credited_by", names_json(invoices.credited_by(invoice.id))},
                       {"client", completed.names.client},
                       {"seller", to_json(completed.seller)},
                       {"buyer", to_json(completed.buyer)},
                       {"currency", invoice.currency.code()},
                       {"date", date_json(invoice.invoice_on)},
                       {"due_date", date_json(invoice.due_on)},
                       {"ar_period", Json::text_or_null(invoice.ar_period)},
                       {"period", period_json(invoice.period)},
                       {"name", Json::text_or_null(invoice.name)},
                       {"title", Json::text_or_null(invoice.title)},
                       {"subtitle", Json::text_or_null(invoice.subtitle)},
                       {"po_number", Json::text_or_null(invoice.po_number)},
                       {"cost_centre", Json::text_or_null(invoice.cost_centre)},
                       {"terms", to_json(completed.terms)},
                       {"bill_by", word(invoice.bill_by)}});
}

}  // namespace

Json taxes_json(const std::vector<TaxRow>& rows, Currency currency) {
  Json list = Json::array();
  for (const TaxRow& row : rows) {
    const auto& category = row.identity.category;
    list.push(Json::object({{"tax", row.identity.tax},
                            {"category", category ? Json(word(*category)) : Json()},
                            {"rate", row.identity.rate.to_text()},
                            {"base", money_json(row.base.minor(), currency)},
                            {"amount", money_json(row.amount.minor(), currency)},
                            {"stale", row.stale},
                            {"overridden", row.overridden}}));
  }
  return list;
}

// A draft shows every contract line of its engagements, any document what it has applied, also when
// the items of that engagement have left it. In the order of the canonical bytes.
Json prepayments_json(Session& session, const Books& books, const Document& document) {
  const Invoice& invoice = document.invoice;
  const auto engagements = Invoices(session.ledger, session.tenant.id).engagements(invoice.id);
  const auto is_own = [&](const ContractLine& line) {
    return std::ranges::find(engagements, line.engagement) != engagements.end();
  };
  std::map<std::string, Json> rows;
  for (const ContractLine& line : books.contract_lines.all()) {
    if (applied_to(document, line.id) == nullptr && !(is_open(invoice.state) && is_own(line)))
      continue;
    std::vector<ContractLine> siblings;
    for (const ContractLine& each : books.contract_lines.all())
      if (each.engagement == line.engagement) siblings.push_back(each);
    rows.emplace(line.code, prepayment_json(session, document, line, siblings));
  }
  Json list = Json::array();
  for (auto& [code, row] : rows) list.push(std::move(row));
  return list;
}

std::vector<Finding> recognised_revenue(const Books& books, Currency currency,
                                        const Json& prepayments) {
  std::vector<Finding> warnings;
  for (const Json& row : prepayments.as_array()) {
    const std::string& code = row["contract_line"].as_string();
    const auto line = std::ranges::find(books.contract_lines.all(), code, &ContractLine::code);
    if (line == books.contract_lines.all().end() || line->fixed_price ||
        line->recognised_minor == 0)
      continue;
    warnings.push_back(
        {Reason::recognised_revenue, "contract line " + code + " has recognised revenue of " +
                                         Money(line->recognised_minor, currency).to_text()});
  }
  return warnings;
}

Json summary_json(const Invoice& invoice) {
  const Currency currency = invoice.currency;
  const Summary& summary = invoice.summary;
  const Money invoiced = Money(summary.starting_minor, currency) +
                         Money(summary.adjustments_minor, currency) -
                         Money(summary.exclusions_minor, currency);
  return Json::object({{"starting", money_json(summary.starting_minor, currency)},
                       {"adjustments", money_json(summary.adjustments_minor, currency)},
                       {"exclusions", money_json(summary.exclusions_minor, currency)},
                       {"invoiced", invoiced.to_text()},
                       {"milestones", money_json(summary.milestones_minor, currency)},
                       {"tax", money_json(invoice.amounts.tax_minor, currency)},
                       {"prepaid", money_json(invoice.amounts.prepaid_minor, currency)},
                       {"net", money_json(invoice.amounts.payable_minor, currency)}});
}

Json invoice_json(Session& session, const Books& books, const CompletedDocument& completed) {
  const Document& document = completed.document;
  const Invoice& invoice = document.invoice;
  Json json = heading_json(session, books, completed);
  ItemsOfLines items = items_by_line(session, invoice);
  json.set("lines", lines_json(document, items));
  json.set("without_line", taken_from(items, 0));
  json.set("unallocated", money_json(invoice.unallocated_minor, invoice.currency));
  json.set("taxes", taxes_json(document.taxes, invoice.currency));
  json.set("prepayments", prepayments_json(session, books, document));
  json.set("warnings",
           findings_json(recognised_revenue(books, invoice.currency, json["prepayments"])));
  json.set("summary", summary_json(invoice));
  json.set("amounts", amounts_json(invoice.amounts, invoice.currency));
  json.set("accounting", accounting_json(invoice));
  json.set("approvals", approvals_json(session, books, invoice));
  json.set("sync", sync_json(session, invoice.id));
  json.set("sent", sent_json(session, invoice.id));
  json.set("notes", Json::text_or_null(invoice.notes));
  json.set("previous_seal", Json::text_or_null(invoice.previous_seal));
  json.set("seal", Json::text_or_null(invoice.seal));
  json.set("signature", Json::text_or_null(invoice.signature));
  if (!completed.faults.empty()) json.set("faults", findings_json(completed.faults));
  return json;
}

Json show_invoice(Session& session, std::string_view name) {
  Json json;
  session.ledger.read([&] {
    Invoices invoices(session.ledger, session.tenant.id);
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    const InvoiceId id = invoices.named(name);
    Document document = invoices.document(id);
    require_reading(session, "invoice show", is_managers_own(session, books, document.invoice));
    Completion completion(session, books);
    json = invoice_json(session, books, completion.of(std::move(document)));
  });
  return json;
}

}  // namespace billctl
