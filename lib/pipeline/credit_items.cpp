// What becomes of the items of a credit note once it is issued.
#include <algorithm>
#include <set>

#include "ledger/credits.hpp"
#include "ledger/invoices.hpp"
#include "ledger/item_queue.hpp"
#include "ledger/material.hpp"
#include "pipeline/credit.hpp"

namespace billctl {
namespace {

/// The lines of an invoice that issued credit notes have taken back whole.
std::set<std::int64_t> lines_taken_back(Session& session, InvoiceId invoice) {
  const auto credited = Credits(session.ledger).by_line(invoice, CreditNotes::issued);
  std::set<std::int64_t> whole;
  for (const Line& line : Invoices(session.ledger, session.tenant.id).lines(invoice)) {
    const auto found = credited.find(line.line);
    if (found != credited.end() && line.amount_minor + found->second == 0) whole.insert(line.line);
  }
  return whole;
}

/// Items of which nothing is left charged are credited; the others stay invoiced.
void keep_items(Session& session, const Invoice& credit_note, const std::set<ItemId>& items) {
  Credits credits(session.ledger);
  Invoices invoices(session.ledger, session.tenant.id);
  const auto by_item = credits.by_item(credit_note.corrects, CreditNotes::issued);
  const auto whole = lines_taken_back(session, credit_note.corrects);
  bool all_whole = true;
  for (const Line& line : invoices.lines(credit_note.corrects))
    if (line.quantity && line.amount_minor != 0) all_whole &= whole.count(line.line) > 0;
  std::map<ItemId, std::int64_t> charged;
  std::map<ItemId, bool> lines_whole;
  for (const Placed& placed : invoices.placed(credit_note.corrects)) {
    charged[placed.item] += placed.report_price();
    const bool is_whole = placed.line == 0 ? all_whole : whole.count(placed.line) > 0;
    const auto [found, fresh] = lines_whole.try_emplace(placed.item, is_whole);
    if (!fresh) found->second &= is_whole;
  }
  for (const ItemId item : items) {
    const auto credited = by_item.find(item);
    const std::int64_t left = charged[item] + (credited == by_item.end() ? 0 : credited->second);
    if (left == 0 && (charged[item] != 0 || lines_whole[item])) credits.mark_credited(item);
  }
}

}  // namespace

void settle_credited_items(Session& session, const Invoice& credit_note) {
  Credits credits(session.ledger);
  Material material(session.ledger);
  Invoices invoices(session.ledger, session.tenant.id);
  std::set<ItemId> items;
  // One that was released meanwhile is no longer the invoice's.
  for (const Placed& placed : invoices.placed(credit_note.id))
    if (material.place_of(placed.item) == credit_note.corrects) items.insert(placed.item);
  const ItemsAfter after = credits.items_after(credit_note.id);
  if (after == ItemsAfter::keep) return keep_items(session, credit_note, items);
  const std::string number = invoices.header(credit_note.corrects).number;
  for (const ItemId item : items) {
    MaterialEvent event;
    event.invoice = credit_note.corrects;
    event.item = item;
    event.what = MaterialAct::credit;
    event.reason = "credited by " + credit_note.number;
    event.at = session.now;
    event.actor = session.actor.code;
    material.tell(event);
    if (after == ItemsAfter::reopen) {
      credits.reopen(item, number);
    } else {
      credits.take_off(item);
      ItemQueue(session.ledger, session.tenant.id).archive(item, session.now.seconds());
    }
  }
}

}  // namespace billctl
