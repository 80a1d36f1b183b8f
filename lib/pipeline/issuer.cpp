#include "pipeline/issuer.hpp"

#include <algorithm>

#include "approval/gate.hpp"
#include "issue/einvoice.hpp"
#include "issue/vat_breakdown.hpp"
#include "ledger/closed_periods.hpp"
#include "ledger/exchange_rates.hpp"
#include "pipeline/credit.hpp"
#include "pipeline/reissue.hpp"
#include "pipeline/restore.hpp"

namespace billctl {
namespace {

std::string month_of(Date date) {
  return date.to_text().substr(0, 7);
}

std::vector<std::string> gap_names(const std::vector<PriceGap>& gaps, bool default_price) {
  std::vector<std::string> names;
  for (const PriceGap& gap : gaps) {
    if (gap.default_price == default_price)
      names.push_back("line " + std::to_string(gap.line) + " (entry " + gap.entry_ref + ")");
  }
  return names;
}

bool is_einvoice_wanted(EinvoiceRequire require, const Buyer& buyer) {
  if (require == EinvoiceRequire::always) return true;
  return require == EinvoiceRequire::endpoint && !buyer.endpoint.empty();
}

void take_out(std::vector<ApprovalRole>& missing, const std::vector<ApprovalRole>& given) {
  std::erase_if(missing,
                [&](ApprovalRole role) { return std::ranges::find(given, role) != given.end(); });
}

/// What of the first list is in the second as well.
std::vector<ApprovalRole> common(std::vector<ApprovalRole> roles,
                                 const std::vector<ApprovalRole>& other) {
  std::erase_if(roles,
                [&](ApprovalRole role) { return std::ranges::find(other, role) == other.end(); });
  return roles;
}

}  // namespace

/// The number an invoice would get, or why it can't have it.
struct Issuer::Numbered {
  std::string number;
  bool from_series = true;
  SeriesKey key;
  std::int64_t first = 1;  ///< of the series, by the config
  std::optional<Finding> refusal;
};

Issuer::Issuer(Session& session, const Books& books, Signer signer)
    : session_(session),
      books_(books),
      signer_(std::move(signer)),
      invoices_(session.ledger, session.tenant.id),
      completion_(session, books),
      any_contract_(std::ranges::any_of(books.engagements.all(),
                                        [](const auto& each) { return !each.contract.empty(); })) {
  require_confirmed(session);
  for (const ClosedPeriod& period : ClosedPeriods(session.ledger, session.tenant.id).list())
    closed_months_.insert(period.month);
}

SeriesRow& Issuer::series(const SeriesKey& key, std::int64_t first) {
  const std::pair<std::string, std::string> name(key.code, key.year);
  const auto known = series_.find(name);
  if (known != series_.end()) return known->second;
  SeriesTable table(session_.ledger, session_.tenant.id);
  return series_.emplace(name, table.at(key, first)).first->second;
}

Issuer::Numbered Issuer::number_for(const Invoice& invoice, const IssueManner& manner) {
  const Config& config = session_.config;
  const bool own_credit =
      invoice.type == InvoiceType::credit_note && config.numbering.credit.has_value();
  const Series& format = own_credit ? *config.numbering.credit : config.numbering.issued;
  const Date date = invoice.invoice_on.value();
  Numbered numbered;
  numbered.first = format.first;
  numbered.key = {own_credit ? "credit" : "issued",
                  series_year(format.format.counting_year(date, config.tenant.fiscal_year_start))};
  numbered.from_series = manner.number.empty();
  const std::int64_t next = series(numbered.key, numbered.first).next;
  numbered.number = numbered.from_series ? config.number(format, next, date) : manner.number;
  const auto refuse = [&](Reason code, const std::string& why) {
    if (!numbered.refusal) numbered.refusal = Finding{code, "number " + numbered.number + why};
  };
  if (!numbered.from_series) {
    if (!config.invoice.allow_number_override && !manner.reissue)
      refuse(Reason::override_off, ": invoice.allow_number_override is off");
    for (const Series* each :
         {&config.numbering.draft, &config.numbering.issued, &config.credit_series()}) {
      if (each->format.could_produce(numbered.number))
        refuse(Reason::number_in_series, " could come from the series " + each->format.text() +
                                             " itself; see `numbering set`");
    }
  }
  if (invoices_.name_taken(numbered.number))
    refuse(Reason::number_taken, " was given before; see `numbering show`");
  return numbered;
}

void Issuer::put_dates(Invoice& invoice, const IssueManner& manner) const {
  if (manner.date_period_end) {
    invoice.invoice_on = invoice.period.last();
  } else if (manner.date) {
    invoice.invoice_on = manner.date;
  } else if (!invoice.invoice_on) {
    invoice.invoice_on = session_.today;
  }
  if (!manner.ar_period.empty()) invoice.ar_period = manner.ar_period;
  if (invoice.ar_period.empty()) invoice.ar_period = month_of(*invoice.invoice_on);
}

std::optional<Decimal> Issuer::accounting_rate(const Invoice& invoice) {
  ExchangeRates rates(session_.ledger, session_.tenant.id);
  return rates.latest(invoice.currency, session_.config.tenant.currency, *invoice.invoice_on);
}

bool Issuer::is_allowed(const IssueManner& manner, Reason reason) const {
  const auto names = [&](const std::vector<std::string>& allow) {
    return std::ranges::find(allow, word(reason)) != allow.end();
  };
  return names(session_.config.invoice.allow) || names(manner.allow);
}

IssueFacts Issuer::gather(const CompletedDocument& completed, const Numbered& numbered,
                          const IssueManner& manner, const GateNow& gate) {
  const Config& config = session_.config;
  const Invoice& invoice = completed.document.invoice;
  const Date date = *invoice.invoice_on;
  IssueFacts facts;
  facts.document = &completed.document;
  facts.buyer = &completed.buyer;
  facts.buyer_code = completed.buyer_code;
  facts.bounds = {session_.today, config.invoice.date_window.past,
                  config.invoice.date_window.future};
  if (numbered.from_series) facts.last_on = series(numbered.key, numbered.first).last_on;
  facts.series = numbered.key.code + (numbered.key.year.empty() ? "" : " " + numbered.key.year);
  facts.corrects_on = completed.corrects_on;
  const bool credit = invoice.type == InvoiceType::credit_note;
  if (!credit &&
      (!is_allowed(manner, Reason::unpriced) || !is_allowed(manner, Reason::default_price))) {
    const std::vector<PriceGap> gaps = invoices_.price_gaps(invoice.id);
    facts.unpriced = gap_names(gaps, false);
    facts.default_priced = gap_names(gaps, true);
  }
  facts.approvals_missing = gate.missing;
  take_out(facts.approvals_missing, manner.approved_roles);
  facts.taxes = completed.faults;
  facts.prepayments = prepayment_findings(session_, books_, completed.document);
  const PaymentTerms* terms = completed.terms ? &*completed.terms : nullptr;
  if (is_einvoice_wanted(config.einvoice.require, completed.buyer))
    facts.einvoice = einvoice_gaps({completed.document, completed.seller, completed.buyer, terms});
  if (invoice.amounts.tax_minor != 0 && !accounting_rate(invoice)) {
    facts.exchange_rate_missing = std::string(invoice.currency.code()) + " to " +
                                  std::string(config.tenant.currency.code()) + " on " +
                                  date.to_text();
  }
  for (const std::string& month : std::set<std::string>{month_of(date), invoice.ar_period}) {
    if (closed_months_.count(month) > 0) facts.closed_periods.push_back(month);
  }
  facts.number = numbered.refusal;
  if (!manner.ar_period.empty() && !config.invoice.allow_period_override)
    facts.period = Finding{Reason::override_off, "AR period " + manner.ar_period +
                                                     ": invoice.allow_period_override is off"};
  facts.asked_revision = manner.revision;
  return facts;
}

// BT-111: needed only where there is tax to account for.
void Issuer::put_accounting_total(Invoice& invoice) {
  const Currency base = session_.config.tenant.currency;
  if (invoice.currency == base || invoice.amounts.tax_minor == 0) return;
  const Decimal rate = accounting_rate(invoice).value();
  const Money tax(invoice.amounts.tax_minor, invoice.currency);
  invoice.exchange_rate = rate;
  invoice.accounting_currency = base.code();
  invoice.tax_accounting_minor = converted(tax, rate, base, invoice.rounding).minor();
}

/// Of the engagements that the invoice's items belong to, when all have the same (BT-12).
std::string Issuer::contract_of(InvoiceId invoice) {
  if (!any_contract_) return "";
  std::set<std::string> contracts;
  for (const EngagementId engagement : invoices_.engagements(invoice))
    contracts.insert(books_.engagements.at(engagement).contract);
  return contracts.size() == 1 ? *contracts.begin() : "";
}

// All that is decided at issue, in memory. @returns the canonical bytes.
std::string Issuer::put_seal(CompletedDocument& completed, const Numbered& numbered,
                             const IssueManner& manner) {
  Invoice& invoice = completed.document.invoice;
  const SeriesRow& row = series(numbered.key, numbered.first);
  invoice.number = numbered.number;
  if (numbered.from_series) {
    invoice.series = numbered.key.code;
    invoice.series_year = numbered.key.year;
    invoice.sequence = row.next;
  }
  invoice.notes = with_comment_on_top(invoice.notes, manner.comment);
  put_accounting_total(invoice);
  invoice.contract = contract_of(invoice.id);
  std::string canonical = canonical_bytes(completed.document, completed.names);
  invoice.previous_seal = row.last_seal;
  invoice.seal = seal_of(invoice.previous_seal, canonical);
  invoice.issued_at = session_.now;
  return canonical;
}

void Issuer::record(const Document& document, const Numbered& numbered,
                    const IssueRecord& issued_with) {
  const Invoice& invoice = document.invoice;
  IssueRecords(session_.ledger).add(invoice.id, issued_with);
  if (invoices_.taxes(invoice) != document.taxes)
    invoices_.replace_taxes(invoice.id, document.taxes);
  if (has_tax_of_several_rates(document.taxes)) invoices_.set_tax_rates(document.lines);
  invoices_.freeze(invoice);
  SeriesRow& row = series(numbered.key, numbered.first);
  if (numbered.from_series) {
    row.next = invoice.sequence + 1;
    row.last_on = std::max(row.last_on.value_or(*invoice.invoice_on), *invoice.invoice_on);
  }
  row.last_seal = invoice.seal;
  SeriesTable(session_.ledger, session_.tenant.id).put(row);
}

// What the ledger gives back must be what was sealed, and add up; otherwise nothing is committed.
void Issuer::read_back(const CompletedDocument& written) {
  Document stored;
  stored.invoice = invoices_.header(written.document.invoice.id);
  stored.taxes = invoices_.taxes(stored.invoice);
  stored.prepayments = invoices_.prepayments(stored.invoice.id);
  const Invoice& invoice = stored.invoice;
  const std::vector<Line>& sealed_lines = written.document.lines;
  std::int64_t lines = 0;
  for (const Line& line : sealed_lines)
    lines = checked_add(lines, line.amount_minor, "the lines of an invoice");
  const std::int64_t tax = total_tax(stored.taxes, invoice.currency).minor();
  const Amounts& amounts = invoice.amounts;
  const bool adds_up = amounts.lines_minor == lines && amounts.tax_minor == tax &&
                       amounts.incl_tax_minor == amounts.excl_tax_minor + tax &&
                       amounts.payable_minor == amounts.incl_tax_minor - amounts.prepaid_minor;
  const bool sealed =
      invoice.seal == written.document.invoice.seal &&
      invoice.previous_seal == written.document.invoice.previous_seal &&
      canonical_frame(stored, written.names) == canonical_frame(written.document, written.names) &&
      invoices_.sealed_lines_are(invoice.id, sealed_lines);
  if (adds_up && sealed) return;
  throw Error(Reason::corrupt,
              "invoice " + invoice.draft_number + ": what was written reads back otherwise",
              "nothing was issued; run `billctl verify`");
}

// S4-11: a re-issue proposes the number of what it issues again with -R1, else -R2 …
IssueManner Issuer::manner_for(const Invoice& invoice, const IssueManner& asked) {
  IssueManner manner = asked;
  if (!invoice.reissues || !manner.number.empty()) return manner;
  manner.number = proposed_reissue_number(invoices_, invoice.reissues);
  manner.reissue = true;
  return manner;
}

IssueOutcome Issuer::issue(InvoiceId id, const IssueManner& asked) {
  expect(session_.ledger.in_write(), "an invoice is issued inside write");
  Document document = invoices_.document(id);
  IssueOutcome outcome;
  outcome.name = name_of(document.invoice);
  if (const auto refusal = state_against(document.invoice)) {
    outcome.reasons.push_back(*refusal);
    return outcome;
  }
  const IssueManner manner = manner_for(document.invoice, asked);
  put_dates(document.invoice, manner);
  CompletedDocument completed = completion_.of(std::move(document));
  const Numbered numbered = number_for(completed.document.invoice, manner);
  GateNow gate;
  if (!manner.without_approvals) gate = gate_now(session_, books_, completed.document.invoice);
  const IssueFacts facts = gather(completed, numbered, manner, gate);
  std::vector<std::string> allow = session_.config.invoice.allow;
  allow.insert(allow.end(), manner.allow.begin(), manner.allow.end());
  outcome.reasons = reasons_against(facts, allow);
  if (!outcome.reasons.empty()) return outcome;
  outcome.warnings = odd_taxes({completed.document, completed.seller, completed.buyer});
  const std::string canonical = put_seal(completed, numbered, manner);
  Invoice& invoice = completed.document.invoice;
  if (signer_) {
    try {
      invoice.signature = signer_(canonical);
    } catch (const Error& error) {
      if (error.code() == Reason::interrupted) throw;
      outcome.reasons.push_back({Reason::failed, error.message()});
      return outcome;
    }
  }
  const IssueRecord issued_with{gate.required, common(gate.required, manner.approved_roles),
                                is_distinct(session_.config.approvals, session_.config.roles),
                                unsealed_digest(completed.document)};
  session_.ledger.savepoint([&] {
    record(completed.document, numbered, issued_with);
    read_back(completed);
    if (invoice.type == InvoiceType::credit_note) settle_credited_items(session_, invoice);
  });
  outcome.taken_as_given = issued_with.taken_as_given;
  outcome.issued = std::move(invoice);
  outcome.issued->state = InvoiceState::issued;
  return outcome;
}

}  // namespace billctl
