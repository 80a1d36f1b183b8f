#include "pipeline/invoice_edit.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "invoice/draft_key.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/draft_totals.hpp"

namespace billctl {
namespace {

bool floats(const LineItem& item) {
  return item.kind == ItemKind::time && !item.uncharged;
}

std::string item_name(ItemId item) {
  return "item " + std::to_string(item.value);
}

Card card_of(Session& session, const PendingItem& pending) {
  ItemQueue queue(session.ledger, session.tenant.id);
  Card card;
  card.item = pending.item;
  card.entry_ref = queue.words(pending.item.entry).ref;
  card.floats = floats(pending.item);
  card.total0_minor = Material(session.ledger).total0_minor(pending.item.id);
  return card;
}

std::vector<Placed> placed_of(const Sheet& sheet) {
  std::vector<Placed> placed;
  for (const Card& card : sheet.cards)
    placed.insert(placed.end(), card.places.begin(), card.places.end());
  return placed;
}

[[noreturn]] void refuse_target(ItemId item, const std::string& seen, const std::string& needed) {
  throw Error(Reason::wrong_target, item_name(item) + ": " + seen + ", the invoice is " + needed,
              "see `billctl item show " + std::to_string(item.value) + "`; nothing was changed");
}

}  // namespace

Sheet read_sheet(Session& session, InvoiceId id) {
  Invoices invoices(session.ledger, session.tenant.id);
  Material material(session.ledger);
  Sheet sheet;
  sheet.invoice = invoices.header(id);
  sheet.lines = invoices.lines(id);
  sheet.adjustments = material.adjustments(id);
  sheet.events = material.events(id);
  sheet.last_line = material.last_line(id);
  for (const Line& line : sheet.lines) sheet.last_line = std::max(sheet.last_line, line.line);
  ItemQueue queue(session.ledger, session.tenant.id);
  for (const PendingItem& pending : queue.on_invoice(id)) {
    Card& card = sheet.cards.emplace_back(card_of(session, pending));
    card.gone = !is_open(sheet.invoice.state) && material.place_of(card.item.id) != id;
  }
  for (const Placed& placed : invoices.placed(id)) {
    Card* card = find_card(sheet, placed.item);
    if (card != nullptr) card->places.push_back(placed);
  }
  return sheet;
}

void match_again(Session& session, const Invoice& draft) {
  Sheet sheet = read_sheet(session, draft.id);
  const std::vector<Placed> before = placed_of(sheet);
  put_report_prices(sheet, session.config.money.hours_per_day);
  Material material(session.ledger);
  material.save_placed(before, placed_of(sheet));
  material.save_match(sheet.invoice, sheet.last_line);
}

InvoiceEdit::InvoiceEdit(Session& session, const Books& books, InvoiceId invoice)
    : session_(session),
      books_(books),
      sheet_(read_sheet(session, invoice)),
      lines_before_(sheet_.lines),
      placed_before_(placed_of(sheet_)),
      adjustments_before_(sheet_.adjustments),
      events_before_(sheet_.events.size()) {
  if (!is_open(sheet_.invoice.state)) cover_.emplace(session, books, sheet_.invoice);
}

void InvoiceEdit::require_invoice() const {
  const Invoice& invoice = sheet_.invoice;
  if (invoice.state == InvoiceState::voided)
    throw Error(Reason::wrong_state, "invoice " + name_of(invoice) + ": voided, it stays as it is",
                "its items are pending again; see `billctl item list --state pending`");
  if (invoice.type == InvoiceType::credit_note)
    throw Error(Reason::wrong_state,
                "invoice " + name_of(invoice) + ": a credit note says what its invoice said",
                "delete the draft and make another with `billctl invoice credit`");
}

void InvoiceEdit::require_open() const {
  if (sheet_.invoice.type == InvoiceType::credit_note)
    throw Error(Reason::wrong_state,
                "invoice " + name_of(sheet_.invoice) +
                    ": a credit note takes back what was charged, it can't be changed",
                "delete the draft with `billctl invoice delete` and credit again");
  if (is_open(sheet_.invoice.state)) return;
  throw Error(Reason::wrong_state,
              "invoice " + name_of(sheet_.invoice) + ": " +
                  std::string(word(sheet_.invoice.state)) + ", only a draft can be changed",
              "credit it with `billctl invoice credit`, or void it with `billctl invoice void`");
}

void InvoiceEdit::require_revision(const std::optional<std::int64_t>& revision) const {
  if (!revision || *revision == sheet_.invoice.revision) return;
  throw Error(Reason::changed,
              "invoice " + name_of(sheet_.invoice) + ": it is at revision " +
                  std::to_string(sheet_.invoice.revision) + ", not " + std::to_string(*revision),
              "look at it with `billctl invoice show " + name_of(sheet_.invoice) + "` first");
}

// An issued invoice shows what it charged for ever, an item that credit notes took off it as well.
void InvoiceEdit::require_not_gone(ItemId item) {
  const Card* there = find_card(sheet_, item);
  if (there == nullptr || !there->gone) return;
  const auto place = Material(session_.ledger).place_of(item);
  const std::string where =
      place ? "on " + name_of(Invoices(session_.ledger, session_.tenant.id).header(*place))
            : "on none";
  throw Error(Reason::wrong_state,
              item_name(item) + ": credit notes took it off invoice " + name_of(sheet_.invoice) +
                  ", it is " + where,
              "see `billctl item show " + std::to_string(item.value) + "`; nothing was changed");
}

Card& InvoiceEdit::card(ItemId item) {
  require_not_gone(item);
  if (Card* found = find_card(sheet_, item)) return *found;
  throw Error(
      Reason::not_found, item_name(item) + ": it is not on invoice " + name_of(sheet_.invoice),
      "see `billctl invoice material list " + name_of(sheet_.invoice) + "` for what is on it");
}

Line& InvoiceEdit::line(std::int64_t line) {
  if (Line* found = find_line(sheet_, line)) return *found;
  std::string there;
  for (const Line& each : sheet_.lines)
    there += (there.empty() ? "" : ", ") + std::to_string(each.line);
  throw Error(Reason::not_found,
              "invoice " + name_of(sheet_.invoice) + ": it has no line " + std::to_string(line),
              there.empty() ? "it has no lines" : "its lines are " + there);
}

void InvoiceEdit::tell(ItemId item, MaterialAct what, std::int64_t amount_minor,
                       std::string_view reason) {
  MaterialEvent event;
  event.invoice = sheet_.invoice.id;
  event.item = item;
  event.what = what;
  event.amount_minor = amount_minor;
  event.reason = reason;
  event.at = session_.now;
  event.actor = session_.actor.code;
  sheet_.events.push_back(std::move(event));
}

void InvoiceEdit::rebook(ItemId item, std::int64_t amount_minor) {
  for (std::size_t i = sheet_.events.size(); i > events_before_; --i) {
    if (sheet_.events[i - 1].item != item) continue;
    sheet_.events[i - 1].amount_minor = amount_minor;
    return;
  }
}

Card& InvoiceEdit::take(ItemId item, MaterialAct what, std::string_view reason) {
  const auto pending = ItemQueue(session_.ledger, session_.tenant.id).of_item(item);
  if (!pending)
    throw Error(Reason::not_found, item_name(item) + ": there is none of that number",
                "see `billctl item list`");
  const Invoice& invoice = sheet_.invoice;
  if (pending->client != invoice.client)
    refuse_target(item, "of client " + books_.clients.at(pending->client).code,
                  "of " + books_.clients.at(invoice.client).code);
  if (pending->currency != invoice.currency)
    refuse_target(item, "in " + std::string(pending->currency.code()),
                  "in " + std::string(invoice.currency.code()));
  const KeyedBy by = {pending->client,   pending->item.project, pending->item.engagement,
                      pending->currency, invoice.scope,         false};
  const ClientId bill_to = bill_to_of(books_, by);
  if (bill_to != invoice.bill_to)
    refuse_target(item, "billed to " + books_.clients.at(bill_to).code,
                  "to " + books_.clients.at(invoice.bill_to).code);
  Material material(session_.ledger);
  if (!material.is_pending(item)) {
    const auto place = material.place_of(item);
    const std::string where =
        !place
            ? "it is not pending"
            : "it is on " + name_of(Invoices(session_.ledger, session_.tenant.id).header(*place));
    throw Error(Reason::wrong_state, item_name(item) + ": " + where,
                "see `billctl explain item:" + std::to_string(item.value) + "`");
  }
  require_not_gone(item);
  tell(item, what, -excluded_minor(sheet_, item), reason);
  Card card = card_of(session_, *pending);
  card.places.push_back({invoice.id, 0, item, card.total0_minor, {}, {}});
  const auto after = std::ranges::upper_bound(sheet_.cards, item, {},
                                              [](const Card& each) { return each.item.id; });
  return *sheet_.cards.insert(after, std::move(card));
}

Card InvoiceEdit::give_back(ItemId item, MaterialAct what, std::string_view reason) {
  const Card& there = card(item);
  const bool milestone = there.item.kind == ItemKind::instalment;
  tell(item, what, milestone ? 0 : initial_minor(sheet_, there), reason);
  return take_off(sheet_, item, session_.now);
}

bool InvoiceEdit::content_changed() const {
  if (lines_before_ != sheet_.lines) return true;
  const auto key = [](const Placed& each) {
    return std::tuple(each.item, each.line, each.share_minor);
  };
  std::set<std::tuple<ItemId, std::int64_t, std::int64_t>> before, after;
  for (const Placed& each : placed_before_) before.insert(key(each));
  for (const Placed& each : placed_of(sheet_)) after.insert(key(each));
  if (before != after || sheet_.adjustments.size() != adjustments_before_.size()) return true;
  return !std::ranges::equal(
      sheet_.adjustments, adjustments_before_, [](const auto& a, const auto& b) {
        return a.id == b.id && a.amount_minor == b.amount_minor && a.undone_at == b.undone_at;
      });
}

void InvoiceEdit::save_adjustments() {
  Material material(session_.ledger);
  for (const Adjustment& old : adjustments_before_) {
    const auto now = std::ranges::find(sheet_.adjustments, old.id, &Adjustment::id);
    expect(now != sheet_.adjustments.end() || old.kind == AdjustmentKind::daily,
           "only day billing's adjustments are taken away");
    if (now == sheet_.adjustments.end()) {
      material.remove(old);
    } else if (now->amount_minor != old.amount_minor || now->undone_at != old.undone_at ||
               now->line != old.line) {
      material.update(*now);
    }
  }
  for (const Adjustment& each : sheet_.adjustments)
    if (each.id == 0) material.add(each);
}

// The summary's adjustments are the sum of the live ones: what lines that were typed, changed or
// removed by hand make of the total is booked as one more.
void InvoiceEdit::book_difference(std::string_view why) {
  std::int64_t live = 0;
  for (const Adjustment& each : sheet_.adjustments)
    if (!each.undone_at) live = checked_add(live, each.amount_minor, "adjustments");
  const std::int64_t difference =
      checked_subtract(sheet_.invoice.summary.adjustments_minor, live, "adjustments");
  if (difference == 0) return;
  Adjustment typed;
  typed.invoice = sheet_.invoice.id;
  typed.kind = AdjustmentKind::typed;
  typed.amount_minor = difference;
  typed.reason = why;
  typed.at = session_.now;
  typed.actor = session_.actor.code;
  Material(session_.ledger).add(typed);
  sheet_.adjustments.push_back(std::move(typed));
}

std::vector<PriceChange> InvoiceEdit::price_changes() const {
  std::map<ItemId, std::int64_t> before;
  for (const Placed& placed : placed_before_) {
    std::int64_t& sum = before[placed.item];
    sum = checked_add(sum, placed.report_price(), "a report price");
  }
  std::vector<PriceChange> changes;
  for (const Card& card : sheet_.cards) {
    const auto found = before.find(card.item.id);
    if (found != before.end() && found->second != card.report_minor())
      changes.push_back({card.item.id, found->second, card.report_minor()});
  }
  return changes;
}

void InvoiceEdit::match_prices() {
  if (!prices_kept_ || !sheet_.invoice.by_hand)
    return put_report_prices(sheet_, session_.config.money.hours_per_day);
  std::int64_t rest = 0;
  for (const Line& line : sheet_.lines) rest = checked_add(rest, line.amount_minor, "lines");
  for (const Card& card : sheet_.cards)
    rest = checked_subtract(rest, card.report_minor(), "report prices");
  sheet_.invoice.unallocated_minor = rest;
}

void InvoiceEdit::save_places(const std::vector<Placed>& after) {
  const auto items_of = [](const std::vector<Placed>& places) {
    std::set<ItemId> items;
    for (const Placed& each : places) items.insert(each.item);
    return items;
  };
  Material material(session_.ledger);
  material.save_placed(placed_before_, after);
  const std::set<ItemId> before = items_of(placed_before_);
  const std::set<ItemId> now = items_of(after);
  const Invoice& invoice = sheet_.invoice;
  for (const ItemId item : before)
    if (!now.contains(item))
      material.give_back(item, invoice.id, is_open(invoice.state) ? "" : invoice.number);
  for (const ItemId item : now)
    if (!before.contains(item)) material.take(item, invoice.id);
}

EditedInvoice InvoiceEdit::finish(Touch touch, std::string_view why) {
  Invoice& invoice = sheet_.invoice;
  Material material(session_.ledger);
  const bool open = is_open(invoice.state);
  if (open && touch == Touch::content && content_changed()) ++invoice.revision;
  if (open) put_summary(sheet_);
  match_prices();
  for (std::size_t i = events_before_; i < sheet_.events.size(); ++i)
    material.tell(sheet_.events[i]);
  if (open) material.save_lines(lines_before_, sheet_.lines);
  save_places(placed_of(sheet_));
  if (open) {
    save_adjustments();
    invoice = store_totals(session_, books_, invoice);
    book_difference(why);
  }
  material.save_match(invoice, sheet_.last_line);
  if (cover_) cover_->require();
  EditedInvoice edited{invoice, price_changes(), {}};
  if (invoice.unallocated_minor != 0)
    edited.warnings.push_back(
        {Reason::unallocated, Money(invoice.unallocated_minor, invoice.currency).to_text() +
                                  " of the lines belongs to no item"});
  return edited;
}

}  // namespace billctl
