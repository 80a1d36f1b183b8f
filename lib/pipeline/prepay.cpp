#include "pipeline/prepay.hpp"

#include <algorithm>
#include <optional>

#include "approval/gate.hpp"
#include "invoice/prepayment.hpp"
#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/invoices.hpp"
#include "ledger/item_queue.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/draft_totals.hpp"
#include "pipeline/milestone_cover.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/show_invoice.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

/// The contract lines that an invoice may use up, and how much of each.
class Prepayable {
 public:
  Prepayable(Session& session, const Books& books, const Document& document)
      : session_(session), books_(books), document_(document) {
    Invoices invoices(session.ledger, session.tenant.id);
    engagements_ = invoices.engagements(document.invoice.id);
    placed_ = invoices.placed(document.invoice.id);
    ItemQueue queue(session.ledger, session.tenant.id);
    for (const PendingItem& pending : queue.on_invoice(document.invoice.id))
      items_.push_back(pending.item);
    for (const ContractLine& line : books.contract_lines.all()) {
      if (std::ranges::find(engagements_, line.engagement) != engagements_.end())
        lines_.push_back(line);
    }
    std::ranges::sort(lines_, {}, &ContractLine::code);
  }

  const std::vector<ContractLine>& lines() const { return lines_; }
  const ContractLine* find(std::string_view code) const {
    const auto found = std::ranges::find(lines_, code, &ContractLine::code);
    return found == lines_.end() ? nullptr : &*found;
  }

  ContractFunds funds(const ContractLine& line) const {
    const ContractUse use =
        ContractBalances(session_.ledger).of(line, siblings(line), document_.invoice.id);
    return {use.billed_minor, use.billed_tax_minor, line.recognised_minor, use.applied_minor,
            use.applied_tax_minor};
  }

  /// What may be applied of that line at most, with its tax.
  std::int64_t gross_max_minor(const ContractLine& line) const {
    std::int64_t total = document_.invoice.amounts.incl_tax_minor;
    for (const AppliedPrepayment& each : document_.prepayments) {
      if (each.contract_line == line.id) continue;
      total = checked_subtract(
          total, checked_add(each.applied_minor, each.tax_minor, "a prepayment"), "a total");
    }
    return std::min(share_minor(line), total);
  }

 private:
  std::vector<ContractLine> siblings(const ContractLine& line) const {
    std::vector<ContractLine> siblings;
    for (const ContractLine& each : lines_)
      if (each.engagement == line.engagement) siblings.push_back(each);
    return siblings;
  }

  bool is_served(const ContractLine& line, EngagementId engagement, ProjectId project) const {
    return engagement == line.engagement && serves(line, project, siblings(line));
  }

  /// The part of a line of the invoice that is work of the contract line, before tax.
  std::int64_t part_minor(const ContractLine& contract, const Line& line) const {
    bool any = false, all = true;
    std::int64_t shares = 0;
    for (const Placed& placed : placed_) {
      if (placed.line != line.line) continue;
      const auto item = std::ranges::find(items_, placed.item, &LineItem::id);
      if (item == items_.end()) continue;
      const bool served = is_served(contract, item->engagement, item->project);
      any = true;
      all = all && served;
      if (served) shares = checked_add(shares, placed.share_minor, "a share");
    }
    if (any) return all ? line.amount_minor : shares;
    if (const Project* project = books_.projects.find(line.project))
      return is_served(contract, project->engagement, project->id) ? line.amount_minor : 0;
    return lines_.size() == 1 ? line.amount_minor : 0;
  }

  static bool is_of_row(const Line& line, const TaxRow& row) {
    const std::vector<std::string> codes = codes_in(line.tax);
    if (std::ranges::find(codes, row.identity.tax) == codes.end()) return false;
    return !row.identity.category || !line.tax_rate || *line.tax_rate == row.identity.rate;
  }

  /// The contract line's share of the invoice, with tax.
  std::int64_t share_minor(const ContractLine& contract) const {
    std::int64_t share = 0;
    std::vector<std::int64_t> bases(document_.taxes.size());
    for (const Line& line : document_.lines) {
      if (!line.quantity) continue;
      const std::int64_t part = part_minor(contract, line);
      share = checked_add(share, part, "a share");
      for (std::size_t i = 0; i < bases.size(); ++i)
        if (is_of_row(line, document_.taxes[i])) bases[i] = checked_add(bases[i], part, "a share");
    }
    for (std::size_t i = 0; i < bases.size(); ++i)
      share = checked_add(share, tax_part_minor(document_.taxes[i], bases[i]), "a share");
    return share;
  }

  std::int64_t tax_part_minor(const TaxRow& row, std::int64_t part) const {
    const std::int64_t base = row.base.minor();
    if (part == base || base == 0) return part == base ? row.amount.minor() : 0;
    const Int128 product = Int128{row.amount.minor()} * part;
    const Int128 tax = round_divide(base < 0 ? -product : product, base < 0 ? -Int128{base} : base,
                                    document_.invoice.rounding);
    return narrowed(tax, "a tax");
  }

  Session& session_;
  const Books& books_;
  const Document& document_;
  std::vector<EngagementId> engagements_;
  std::vector<Placed> placed_;
  std::vector<LineItem> items_;
  std::vector<ContractLine> lines_;
};

std::string text_of(std::int64_t minor, const Invoice& invoice) {
  return Money(minor, invoice.currency).to_text();
}

/// Why so much of a contract line may not be applied.
std::optional<Finding> against(const Prepayable& prepayments, const Document& document,
                               const ContractLine& line, std::int64_t net) {
  const Invoice& invoice = document.invoice;
  const std::string what = "contract line " + line.code;
  if (line.fixed_price)
    return Finding{Reason::prepay_fixed,
                   what + " is of a fixed price: its balance informs and can't be applied"};
  const ContractFunds funds = prepayments.funds(line);
  const std::int64_t balance = funds.balance_minor();
  if (net < 0 || net > std::max<std::int64_t>(balance, 0))
    return Finding{Reason::over_balance, what + ": " + text_of(net, invoice) +
                                             " is not within 0 and its balance of " +
                                             text_of(balance, invoice)};
  const std::int64_t gross =
      checked_add(net, prepaid_tax_minor(funds, net, invoice.rounding), "a prepayment");
  const std::int64_t most = prepayments.gross_max_minor(line);
  if (gross > std::max<std::int64_t>(most, 0))
    return Finding{Reason::over_balance, what + ": with its tax " + text_of(gross, invoice) +
                                             " is over its " + text_of(most, invoice) +
                                             " of the invoice"};
  return std::nullopt;
}

Document completed(Session& session, const Books& books, InvoiceId id) {
  Invoices invoices(session.ledger, session.tenant.id);
  return Completion(session, books).of(invoices.document(id)).document;
}

void put(Session& session, InvoiceId draft, const ContractLine& line, std::int64_t net,
         std::int64_t tax) {
  ContractBalances(session.ledger).apply(draft, line.id, net, tax);
}

const ContractLine& line_named(const Prepayable& prepayments, const Invoice& invoice,
                               const std::string& code) {
  if (const ContractLine* line = prepayments.find(code)) return *line;
  std::vector<std::string> known;
  for (const ContractLine& each : prepayments.lines()) known.push_back(each.code);
  std::string hint = did_you_mean(code, known);
  if (hint.empty()) {
    for (const std::string& each : known) hint += (hint.empty() ? "there is " : ", ") + each;
  }
  throw Error(
      Reason::no_contract_line,
      "invoice " + name_of(invoice) + ": its engagements have no contract line \"" + code + "\"",
      hint);
}

void require_draft(const Invoice& invoice) {
  if (!is_open(invoice.state))
    throw Error(Reason::wrong_state,
                "invoice " + name_of(invoice) + ": " + std::string(word(invoice.state)) +
                    ", a prepayment is applied to a draft",
                "see `billctl invoice show " + name_of(invoice) + "`");
  if (invoice.type == InvoiceType::credit_note)
    throw Error(Reason::wrong_target,
                "invoice " + name_of(invoice) + ": a credit note takes no prepayment");
}

/// A line that the draft applies, perhaps of an engagement whose items have all left it since: what
/// is there can always be taken off.
const ContractLine* applied_line(const Books& books, const Document& document,
                                 std::string_view code) {
  const auto applied = std::ranges::find(document.prepayments, code, &AppliedPrepayment::code);
  if (applied == document.prepayments.end()) return nullptr;
  const auto& lines = books.contract_lines.all();
  const auto found = std::ranges::find(lines, applied->contract_line, &ContractLine::id);
  return found == lines.end() ? nullptr : &*found;
}

Report prepay(Session& session, const Books& books, const PrepayRequest& request) {
  Invoices invoices(session.ledger, session.tenant.id);
  const InvoiceId id = invoices.named(request.invoice);
  require_draft(invoices.header(id));
  const Document document = completed(session, books, id);
  const Invoice& invoice = document.invoice;
  const Prepayable prepayments(session, books, document);
  std::string_view why;
  const auto amount = Money::parse(request.amount, invoice.currency, &why);
  if (!amount)
    throw Error(Reason::usage, "amount \"" + request.amount + "\" is none", std::string(why));
  const ContractLine* taken_off =
      amount->minor() == 0 ? applied_line(books, document, request.contract_line) : nullptr;
  const ContractLine& line =
      taken_off != nullptr ? *taken_off : line_named(prepayments, invoice, request.contract_line);
  const auto refusal =
      taken_off != nullptr ? std::nullopt : against(prepayments, document, line, amount->minor());
  if (refusal)
    throw Error(refusal->code, "invoice " + name_of(invoice) + ": " + refusal->detail,
                "see the balances in `billctl invoice show " + name_of(invoice) + "`");
  const ContractFunds funds = prepayments.funds(line);
  put(session, id, line, amount->minor(),
      prepaid_tax_minor(funds, amount->minor(), invoice.rounding));
  const Invoice stored = store_totals(session, books, invoices.header(id));
  const Json rows = prepayments_json(session, books, invoices.document(id));
  const auto warnings = recognised_revenue(books, invoice.currency, rows);
  Report report;
  report.subjects.push_back({"invoice:" + name_of(stored), "prepaid"});
  report.body = Json::object({{"invoice", name_of(stored)},
                              {"state", told_state(session, books, stored)},
                              {"revision", stored.revision},
                              {"prepayments", rows},
                              {"currency", stored.currency.code()},
                              {"amounts", amounts_json(stored.amounts, stored.currency)},
                              {"warnings", findings_json(warnings)}});
  return report;
}

}  // namespace

Report prepay_invoice(Session& session, const PrepayRequest& request, const Json& arguments) {
  return perform(session, {.name = "invoice prepay", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    return prepay(session, books, request);
  });
}

void apply_prepayments(Session& session, const Books& books, InvoiceId draft) {
  Invoices invoices(session.ledger, session.tenant.id);
  Document document = completed(session, books, draft);
  if (document.invoice.type == InvoiceType::credit_note) return;
  const Prepayable prepayments(session, books, document);
  for (const ContractLine& line : prepayments.lines()) {
    if (line.fixed_price) continue;
    const ContractFunds funds = prepayments.funds(line);
    const Rounding rounding = document.invoice.rounding;
    const std::int64_t net =
        largest_prepayment_minor(funds, prepayments.gross_max_minor(line), rounding);
    put(session, draft, line, net, prepaid_tax_minor(funds, net, rounding));
    document.prepayments = invoices.prepayments(draft);
  }
  if (!prepayments.lines().empty()) store_totals(session, books, invoices.header(draft));
}

void hold_prepayments(Session& session, const Books& books, InvoiceId draft) {
  Document document = completed(session, books, draft);
  bool changed = false;
  for (const AppliedPrepayment& each : std::vector<AppliedPrepayment>(document.prepayments)) {
    const Prepayable prepayments(session, books, document);
    const ContractLine* line = prepayments.find(each.code);
    if (line == nullptr) continue;
    if (!against(prepayments, document, *line, each.applied_minor)) continue;
    const ContractFunds funds = prepayments.funds(*line);
    const Rounding rounding = document.invoice.rounding;
    const std::int64_t net =
        line->fixed_price
            ? 0
            : largest_prepayment_minor(funds, prepayments.gross_max_minor(*line), rounding);
    put(session, draft, *line, net, prepaid_tax_minor(funds, net, rounding));
    document.prepayments = Invoices(session.ledger, session.tenant.id).prepayments(draft);
    changed = true;
  }
  if (changed)
    store_totals(session, books, Invoices(session.ledger, session.tenant.id).header(draft));
}

std::vector<Finding> prepayment_findings(Session& session, const Books& books,
                                         const Document& document) {
  if (document.invoice.type == InvoiceType::credit_note)
    return MilestoneCover(session, books, document.invoice).overdrawn(document.invoice.id);
  std::vector<Finding> findings;
  if (document.prepayments.empty()) return findings;
  const Prepayable prepayments(session, books, document);
  for (const AppliedPrepayment& each : document.prepayments) {
    const ContractLine* line = prepayments.find(each.code);
    if (line == nullptr) {
      findings.push_back({Reason::no_contract_line,
                          "contract line " + each.code + " is of none of its engagements"});
    } else if (const auto found = against(prepayments, document, *line, each.applied_minor)) {
      findings.push_back(*found);
    }
  }
  return findings;
}

}  // namespace billctl
