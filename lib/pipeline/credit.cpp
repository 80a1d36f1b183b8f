#include "pipeline/credit.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/credits.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/credit_plan.hpp"
#include "pipeline/draft_totals.hpp"
#include "pipeline/hand_draft.hpp"
#include "pipeline/milestone_cover.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

/// Writes what was planned.
class Crediting {
 public:
  Crediting(Session& session, const Books& books, const CreditRequest& request)
      : session_(session),
        books_(books),
        request_(request),
        invoices_(session.ledger, session.tenant.id),
        credits_(session.ledger),
        planned_(plan_credit(session, request)),
        original_(planned_.original),
        lines_(planned_.lines),
        placed_(planned_.placed) {}

  CreditDraft write() {
    const MilestoneCover cover(session_, books_, original_.invoice);
    const auto credited_taxes = credits_.by_tax(original_.invoice.id);
    Invoice header = header_like(session_, original_.invoice);
    Invoice draft = put_hand_draft(session_, header, lines_, placed_);
    draft.corrects = original_.invoice.id;
    draft.type = InvoiceType::credit_note;
    credits_.mark_credit_note(draft.id, draft.corrects, request_.items);
    credits_.put_corrected_lines(lines_);
    invoices_.set_tax_rates(lines_);
    give_back_prepayments(draft.id);
    put_summary(draft);
    draft = store_totals(session_, books_, draft);
    std::vector<TaxRow> rows = invoices_.taxes(draft);
    hold_to_invoice(rows, original_.taxes, credited_taxes);
    invoices_.replace_taxes(draft.id, rows);
    draft = store_totals(session_, books_, draft);
    put_match(draft);
    cover.require(draft.id);
    if (!request_.reason.empty())
      invoices_.set_notes(draft.id, with_comment_on_top(draft.notes, request_.reason));
    CreditDraft made{draft, {}};
    for (const Placed& placed : placed_)
      if (std::ranges::find(made.items, placed.item) == made.items.end())
        made.items.push_back(placed.item);
    return made;
  }

 private:
  // In proportion to what is credited; the credit that completes gives back the rest (X25).
  void give_back_prepayments(InvoiceId draft) {
    if (original_.prepayments.empty()) return;
    const auto given = credits_.prepayments(original_.invoice.id);
    const bool whole = planned_.completes;
    std::int64_t credited = 0;
    for (const Line& line : lines_) credited = checked_add(credited, line.amount_minor, "a credit");
    for (const AppliedPrepayment& applied : original_.prepayments) {
      Credits::GivenBack before;
      if (const auto found = given.find(applied.contract_line); found != given.end())
        before = found->second;
      const std::int64_t net_left = applied.applied_minor + before.applied_minor;
      const std::int64_t tax_left = applied.tax_minor + before.tax_minor;
      const auto part = [&](std::int64_t minor, std::int64_t left) {
        if (whole) return left;
        const std::int64_t lines = original_.invoice.amounts.lines_minor;
        if (lines <= 0 || credited >= 0) return std::int64_t{0};
        return std::min(left, pro_rata(minor, -credited, lines));
      };
      const std::int64_t net = part(applied.applied_minor, net_left);
      const std::int64_t tax = part(applied.tax_minor, tax_left);
      if (net != 0 || tax != 0)
        ContractBalances(session_.ledger).apply(draft, applied.contract_line, -net, -tax);
    }
  }

  void put_summary(Invoice& draft) const {
    draft.summary = {};
    for (const Line& line : lines_) {
      std::int64_t& sum = line.kind == word(ItemKind::instalment) ? draft.summary.milestones_minor
                                                                  : draft.summary.starting_minor;
      sum = checked_add(sum, line.amount_minor, "a summary");
    }
  }

  // What of its lines belongs to no item.
  void put_match(Invoice& draft) {
    std::int64_t shares = 0;
    for (const Placed& placed : placed_) shares = checked_add(shares, placed.share_minor, "shares");
    draft.unallocated_minor = checked_subtract(draft.amounts.lines_minor, shares, "report prices");
    draft.by_hand = original_.invoice.by_hand || draft.unallocated_minor != 0;
    Material(session_.ledger).save_match(draft, 0);
  }

  Session& session_;
  const Books& books_;
  const CreditRequest& request_;
  Invoices invoices_;
  Credits credits_;
  PlannedCredit planned_;
  const Document& original_;
  std::vector<Line>& lines_;
  std::vector<Placed>& placed_;
};

std::string_view state_after(ItemsAfter after) {
  switch (after) {
    case ItemsAfter::keep:
      return word(ItemState::invoiced);
    case ItemsAfter::reopen:
      return word(ItemState::pending);
    case ItemsAfter::archive:
      break;
  }
  return word(ItemState::archived);
}

}  // namespace

CreditDraft make_credit(Session& session, const Books& books, const CreditRequest& request) {
  return Crediting(session, books, request).write();
}

Report credit_invoice(Session& session, const CreditRequest& request, const Json& arguments) {
  return perform(session, {.name = "invoice credit", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    const CreditDraft made = make_credit(session, books, request);
    Invoices invoices(session.ledger, session.tenant.id);
    const std::string corrects = invoices.header(made.invoice.corrects).number;
    Report report;
    Json items = Json::array();
    for (const ItemId item : made.items)
      items.push(Json::object({{"item", item.value}, {"after", state_after(request.items)}}));
    report.body =
        Json::object({{"invoice", made.invoice.draft_number},
                      {"corrects", corrects},
                      {"amounts", amounts_json(made.invoice.amounts, made.invoice.currency)},
                      {"items", std::move(items)}});
    report.subjects.push_back({"invoice:" + made.invoice.draft_number, "drafted"});
    report.subjects.push_back({"invoice:" + corrects, "credited by " + made.invoice.draft_number});
    return report;
  });
}

}  // namespace billctl
