#include "pipeline/move_cards.hpp"

#include <algorithm>

#include "invoice/tax_treatment.hpp"
#include "ledger/entries.hpp"
#include "ledger/entry_queue.hpp"
#include "ledger/item_queue.hpp"
#include "ledger/items.hpp"
#include "ledger/local_edits.hpp"
#include "ledger/queue_feed.hpp"
#include "ledger/work_places.hpp"
#include "money/carried_amount.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/items_report.hpp"
#include "pipeline/remake_lines.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

std::string item_name(ItemId item) {
  return "item " + std::to_string(item.value);
}

/// A line leaves with the last card that stood on it; one made of cards is made anew, one changed
/// by hand stays for the others.
void drop_empty_lines(Sheet& sheet, const Card& gone) {
  for (const Placed& placed : gone.places)
    if (placed.line != 0 && cards_on(sheet, placed.line).empty()) remove_line(sheet, placed.line);
}

/// Takes a card off with its lines; starting stays (S4-24): what sharing the others' lines anew
/// moves is booked with the exclusion.
void take_off_with_lines(InvoiceEdit& edit, ItemId item, MaterialAct what,
                         const std::string& reason) {
  const Card gone = edit.give_back(item, what, reason);
  drop_empty_lines(edit.sheet(), gone);
  if (gone.item.kind == ItemKind::instalment) return;  // it had a line of its own
  const std::int64_t booked = edit.sheet().events.back().amount_minor;
  const std::int64_t drift = remake_lines(edit);
  edit.rebook(item, checked_subtract(booked, drift, "an exclusion"));
}

/// A pending item follows every change of its entry and of prices until it is on an invoice.
void follow(Session& session, ItemId item) {
  const auto pending = ItemQueue(session.ledger, session.tenant.id).of_item(item);
  if (!pending) return;
  CompileRequest request;
  request.entries.push_back(pending->item.entry);
  follow_changes(session, request);
}

/// Category O stands alone on its invoice (spec/generate.md, "Which invoice an item goes on").
void require_one_scope(InvoiceEdit& edit, ItemId item) {
  const Invoice& invoice = edit.invoice();
  const Session& session = edit.session();
  const std::string& language = edit.books().clients.at(invoice.bill_to).language;
  bool outside = false, inside = false;
  for (const Line& line : edit.sheet().lines) {
    if (!line.quantity) continue;
    const TaxTreatment treatment =
        treatment_of(line.tax, session.config.taxes, invoice.invoice_on.value_or(session.today),
                     line.first_on, language);
    (treatment.outside_scope ? outside : inside) = true;
  }
  if (outside && inside)
    throw Error(Reason::category_o,
                item_name(item) + ": work outside the scope of VAT stands alone on its invoice",
                "draft it by itself with `billctl generate --entries`");
}

/// The items of the entry: those on this draft go along, those pending are made anew, and none may
/// be on another invoice.
std::vector<ItemId> items_to_move(InvoiceEdit& edit, EntryId entry) {
  std::vector<ItemId> items;
  for (const Card& card : edit.sheet().cards)
    if (card.item.entry == entry) items.push_back(card.item.id);
  Session& session = edit.session();
  for (const TakenItem& taken :
       ItemQueue(session.ledger, session.tenant.id).taken_of_entry(entry)) {
    if (std::ranges::find(items, taken.id) != items.end()) continue;
    throw Error(Reason::entry_locked,
                item_name(taken.id) + " of the same entry is " +
                    (taken.mark.empty() ? "on " + taken.invoice : taken.mark),
                "take it off there first");
  }
  return items;
}

const Task& task_named(const Books& books, const std::string& code) {
  if (const Task* task = books.tasks.find(code)) return *task;
  throw Error(Reason::wrong_target, "there is no task " + code,
              did_you_mean(code, books.tasks.codes()));
}

/// @throws Error{currency_mismatch} for an amount that the other task's currency does not have.
std::int64_t amount_there(Session& session, const EntryRow& row, const EntryRow& moved) {
  WorkPlaces places(session.ledger, session.tenant.id);
  const auto currency_of = [&](const EntryRow& entry) {
    const Currency named = places.currency(entry.task, entry.project);
    return named != Currency::none() ? named : session.config.tenant.currency;
  };
  const Money amount(*row.amount_minor, currency_of(row));
  const Currency there = currency_of(moved);
  if (const auto carried = carried_amount(amount, there)) return carried->minor();
  throw Error(Reason::currency_mismatch,
              "entry " + std::string(row.ref) + ": " + amount.to_text() + " " +
                  std::string(amount.currency().code()) + ", its new task is billed in " +
                  std::string(there.code()),
              "put its amount right with `billctl entry edit --amount` after it is taken off");
}

/// The items end and the entry is recorded on the other task, as an edit that imports keep.
void move_entry(Session& session, EntryId entry, const Task& task) {
  EntryQueue(session.ledger, session.tenant.id).open(std::vector<EntryId>{entry});
  // Before they end, since the others of a shared day are found by them.
  QueueFeed(session.ledger, session.tenant.id).follow_days();
  std::vector<ItemId> ended;
  for (const PendingItem& pending : ItemQueue(session.ledger, session.tenant.id).of_entry(entry))
    ended.push_back(pending.item.id);
  Items items(session.ledger, session.tenant.id);
  items.release(ended, items.next_event());
  Entries entries(session.ledger, session.tenant.id);
  LocalEdits edits(session.ledger, session.tenant.id, "entries");
  entries.get(entry, [&](const EntryRow& row) {
    EntryRow moved = row;
    moved.task = task.id;
    moved.project = task.project;
    if (row.amount_minor) moved.amount_minor = amount_there(session, row, moved);
    entries.change(moved);
    edits.mark(row.ref, "task");
    edits.mark(row.ref, "project");
  });
}

Verb verb_of(const char* word, const Json& arguments) {
  return {.name = std::string("invoice ") + word, .arguments = arguments};
}

EditMade made_of(ItemId item, const std::string& what) {
  return {.what = item_name(item) + " " + what, .tells_summary = true};
}

}  // namespace

Report exclude_item(Session& session, const MoveRequest& request, const Json& arguments) {
  return edit_invoice(session, verb_of("exclude", arguments), request.target,
                      [&](InvoiceEdit& edit) {
                        edit.require_open();
                        const ItemId item = item_named(request.item);
                        take_off_with_lines(edit, item, MaterialAct::exclude, request.reason);
                        return made_of(item, "excluded");
                      });
}

Report include_item(Session& session, const MoveRequest& request, const Json& arguments) {
  Verb verb = verb_of("include", arguments);
  verb.bulk = true;
  return edit_invoice(session, verb, request.target, [&](InvoiceEdit& edit) {
    edit.require_open();
    const ItemId item = item_named(request.item);
    follow(edit.session(), item);
    const Card& card = edit.take(item, MaterialAct::include, request.reason);
    edit.invoice().period = edit.invoice().period.widened(card.item.work_on);
    remake_lines(edit);
    require_one_scope(edit, item);
    return made_of(item, "included");
  });
}

Report transfer_item(Session& session, const MoveRequest& request, const std::string& task_code,
                     const Json& arguments) {
  Verb verb = verb_of("transfer", arguments);
  verb.bulk = true;
  return edit_invoice(session, verb, request.target, [&](InvoiceEdit& edit) {
    edit.require_open();
    const ItemId item = item_named(request.item);
    const Card card = edit.card(item);
    const Task& task = task_named(edit.books(), task_code);
    if (task.id == card.item.task)
      throw Error(Reason::wrong_target, item_name(item) + ": it is on task " + task.code + " now",
                  "name another task; see `billctl task list`");
    if (card.entry_ref.starts_with("task:"))
      throw Error(Reason::wrong_target,
                  item_name(item) + ": it is the quantity of " + card.entry_ref + " itself",
                  "exclude it, and edit the tasks");
    const EntryId entry = card.item.entry;
    for (const ItemId each : items_to_move(edit, entry))
      take_off_with_lines(edit, each, MaterialAct::transfer, request.reason);
    EditMade made = made_of(item, "transferred to task " + task.code);
    made.then = [&edit, entry, task] { move_entry(edit.session(), entry, task); };
    return made;
  });
}

}  // namespace billctl
