#include "pipeline/reissue.hpp"

#include <algorithm>
#include <set>

#include "issue/numbering.hpp"
#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/credits.hpp"
#include "ledger/material.hpp"
#include "ledger/picked_taxes.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/hand_draft.hpp"
#include "pipeline/invoice_edit.hpp"
#include "pipeline/prepay.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

/// What of an invoice goes on the draft that issues it again.
struct TakenOver {
  std::vector<Line> lines;
  std::vector<Placed> placed;
  bool complete = true;  ///< no item is gone
};

TakenOver taken_over(Session& session, InvoiceId voided) {
  Invoices invoices(session.ledger, session.tenant.id);
  Material material(session.ledger);
  TakenOver taken;
  taken.lines = invoices.lines(voided);
  std::set<std::int64_t> broken;
  for (const Placed& placed : invoices.placed(voided)) {
    if (material.is_pending(placed.item)) {
      taken.placed.push_back(placed);
    } else {
      broken.insert(placed.line);
      taken.complete = false;
    }
  }
  for (Line& line : taken.lines)
    if (broken.count(line.line) > 0) line.typed = true;
  return taken;
}

void copy_adjustments(Session& session, InvoiceId from, InvoiceId to,
                      const std::vector<Placed>& placed) {
  Material material(session.ledger);
  for (Adjustment each : material.adjustments(from)) {
    const bool there =
        !each.item || std::ranges::find(placed, each.item, &Placed::item) != placed.end();
    // What lines made of the total is booked anew.
    if (each.undone_at || !there || each.kind == AdjustmentKind::typed) continue;
    each.id = 0;
    each.invoice = to;
    material.add(each);
  }
}

void copy_prepayments(Session& session, InvoiceId from, InvoiceId to) {
  Invoices invoices(session.ledger, session.tenant.id);
  for (const AppliedPrepayment& each : invoices.prepayments(from))
    ContractBalances(session.ledger)
        .apply(to, each.contract_line, each.applied_minor, each.tax_minor);
}

Json draft_json(Session& session, const Invoice& draft) {
  const auto lines = Invoices(session.ledger, session.tenant.id).lines(draft.id).size();
  return Json::object({{"invoice", draft.draft_number},
                       {"lines", static_cast<std::int64_t>(lines)},
                       {"amounts", amounts_json(draft.amounts, draft.currency)}});
}

void require_voided(Session& session, const Invoice& invoice) {
  if (invoice.state != InvoiceState::voided)
    throw Error(Reason::wrong_state,
                "invoice " + name_of(invoice) + ": " + std::string(word(invoice.state)) +
                    ", only a voided invoice is issued again",
                "void it first with `billctl invoice void " + name_of(invoice) + "`");
  if (const auto draft = Credits(session.ledger).reissue_of(invoice.id))
    throw Error(Reason::wrong_state,
                "invoice " + invoice.number + ": " + *draft + " issues it again already",
                "see `billctl invoice show " + *draft + "`");
}

}  // namespace

std::string proposed_reissue_number(Invoices& invoices, InvoiceId voided) {
  std::string number = reissue_number(invoices.header(voided).number);
  while (invoices.name_taken(number)) number = reissue_number(number);
  return number;
}

Invoice make_reissue(Session& session, const Books& books, InvoiceId voided) {
  Invoices invoices(session.ledger, session.tenant.id);
  Material material(session.ledger);
  const Invoice original = invoices.header(voided);
  TakenOver taken = taken_over(session, voided);
  const Invoice draft =
      put_hand_draft(session, header_like(session, original), taken.lines, taken.placed);
  Credits(session.ledger).mark_reissue(draft.id, voided);
  material.save_lines({}, taken.lines);
  std::vector<Placed> without_prices = taken.placed;
  for (Placed& placed : without_prices) placed.update_row_minor = placed.report_minor = {};
  material.save_placed(without_prices, taken.placed);
  invoices.replace_taxes(draft.id, invoices.taxes(original));
  copy_adjustments(session, voided, draft.id, taken.placed);
  copy_prepayments(session, voided, draft.id);
  PickedTaxes(session.ledger).copy(voided, draft.id);
  std::set<ItemId> items;
  for (const Placed& placed : taken.placed) items.insert(placed.item);
  for (const ItemId item : items) material.take(item, draft.id);
  InvoiceEdit edit(session, books, draft.id);
  if (original.by_hand || !taken.complete) edit.by_hand();
  edit.finish(Touch::heading, "as it was on " + original.number);
  hold_prepayments(session, books, draft.id);
  return invoices.header(draft.id);
}

Report reissue_invoice(Session& session, const std::string& name, const Json& arguments) {
  return perform(session, {.name = "invoice reissue", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    const InvoiceId id = invoices.named(name);
    const Invoice voided = invoices.header(id);
    require_voided(session, voided);
    const Invoice draft = make_reissue(session, books, id);
    Report report;
    report.body = draft_json(session, draft);
    report.body.set("reissues", voided.number);
    report.body.set("number", proposed_reissue_number(invoices, id));
    std::set<ItemId> items;
    for (const Placed& placed : invoices.placed(draft.id)) items.insert(placed.item);
    report.body.set("items", static_cast<std::int64_t>(items.size()));
    report.subjects.push_back({"invoice:" + draft.draft_number, "drafted"});
    report.subjects.push_back({"invoice:" + voided.number, "issued again"});
    return report;
  });
}

Report copy_invoice(Session& session, const std::string& name, const Json& arguments) {
  return perform(session, {.name = "invoice copy", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    const Invoice original = invoices.header(invoices.named(name));
    if (original.type == InvoiceType::credit_note)
      throw Error(Reason::wrong_state, "invoice " + name_of(original) + ": it is a credit note",
                  "credit the invoice again with `billctl invoice credit`");
    std::vector<Line> lines = invoices.lines(original.id);
    for (Line& line : lines) line.typed = true;
    std::vector<Placed> none;
    const Invoice draft = put_hand_draft(session, header_like(session, original), lines, none);
    Material(session.ledger).save_lines({}, lines);
    PickedTaxes(session.ledger).copy(original.id, draft.id);
    InvoiceEdit edit(session, books, draft.id);
    edit.by_hand();
    const Invoice stored = edit.finish(Touch::heading, "copied from " + name_of(original)).invoice;
    Report report;
    report.body = draft_json(session, stored);
    report.body.set("copies", name_of(original));
    report.subjects.push_back({"invoice:" + stored.draft_number, "drafted"});
    return report;
  });
}

}  // namespace billctl
