#include "pipeline/change_material.hpp"

#include <algorithm>

#include "ledger/item_queue.hpp"
#include "ledger/material.hpp"
#include "money/allocation.hpp"
#include "pipeline/apply_material.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/items_report.hpp"

namespace billctl {
namespace {

Verb verb_of(const char* word, const Json& arguments) {
  return {.name = std::string("invoice material ") + word, .arguments = arguments};
}

/// Each once, in the order in which they were named.
std::vector<ItemId> items_named(const std::vector<std::string>& names) {
  std::vector<ItemId> items;
  for (const std::string& name : names) {
    const ItemId item = item_named(name);
    if (std::ranges::find(items, item) == items.end()) items.push_back(item);
  }
  return items;
}

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " item" : " items");
}

/// A pending item follows every change of its entry and of prices until it is on an invoice.
void follow(InvoiceEdit& edit, const std::vector<ItemId>& items) {
  Session& session = edit.session();
  ItemQueue queue(session.ledger, session.tenant.id);
  Material material(session.ledger);
  CompileRequest request;
  for (const ItemId item : items) {
    const auto pending = queue.of_item(item);
    if (pending && material.is_pending(item)) request.entries.push_back(pending->item.entry);
  }
  if (!request.entries.empty()) follow_changes(session, request);
}

/// What is offered: the material period, else the invoice's own (S1-15, S1-40).
void put_period(InvoiceEdit& edit, const std::optional<Period>& asked,
                const std::vector<ItemId>& items) {
  Material material(edit.session().ledger);
  const InvoiceId id = edit.invoice().id;
  const Period before = material.period(id).value_or(edit.invoice().period);
  Period period = asked.value_or(before);
  for (const ItemId item : items) period = period.widened(edit.card(item).item.work_on);
  if (period != before) material.save_period(id, period);
}

void require_reason(const Invoice& invoice, const std::string& reason) {
  if (is_open(invoice.state) || !reason.empty()) return;
  throw Error(Reason::usage,
              "invoice " + invoice.number + ": issued, to release from it needs --reason",
              "the client may be asked for it twice; say why with --reason TEXT");
}

void require_priced_by_hand(const Card& card) {
  if (card.item.kind != ItemKind::time && card.item.kind != ItemKind::joined) return;
  throw Error(Reason::rate_fixed,
              "item " + std::to_string(card.item.id.value) +
                  ": the price of hours comes from user, role and work type",
              "adjust it on the draft with `billctl invoice adjust`, or agree on a total with "
              "`billctl invoice agree`");
}

/// A quote that is charged by its rows spreads its price over them, pro rata to their shares.
void put_update_row(Card& card, std::int64_t minor) {
  std::vector<Share> shares;
  for (const Placed& placed : card.places) shares.push_back({placed.share_minor, placed.line, 0});
  if (card.share_minor() == 0)
    for (Share& share : shares) share.weight = 1;
  allocate(minor, shares);
  for (std::size_t i = 0; i < card.places.size(); ++i)
    card.places[i].update_row_minor = shares[i].minor;
}

}  // namespace

Report link_material(Session& session, const LinkRequest& request, const Json& arguments) {
  if (request.items.empty() && !request.period)
    throw Error(Reason::usage, "invoice material link needs items, or --period",
                "see `billctl invoice material list " + request.target.invoice +
                    "` for what may be linked");
  Verb verb = verb_of("link", arguments);
  verb.bulk = true;
  return edit_invoice(session, verb, request.target, [&](InvoiceEdit& edit) {
    const std::vector<ItemId> items = items_named(request.items);
    follow(edit, items);
    for (const ItemId item : items) edit.take(item, MaterialAct::link, request.reason);
    put_period(edit, request.period, items);
    if (!items.empty()) edit.by_hand();
    return EditMade{.what = items.empty() ? "material period" : counted(items.size()) + " linked"};
  });
}

Report release_material(Session& session, const ReleaseRequest& request, const Json& arguments) {
  return edit_invoice(session, verb_of("release", arguments), request.target,
                      [&](InvoiceEdit& edit) {
                        require_reason(edit.invoice(), request.reason);
                        const std::vector<ItemId> items = items_named(request.items);
                        for (const ItemId item : items)
                          edit.give_back(item, MaterialAct::release, request.reason);
                        edit.by_hand();
                        return EditMade{.what = counted(items.size()) + " released"};
                      });
}

Report price_material(Session& session, const PriceRequest& request, const Json& arguments) {
  return edit_invoice(session, verb_of("price", arguments), request.target, [&](InvoiceEdit& edit) {
    const ItemId item = item_named(request.item);
    Card& card = edit.card(item);
    require_priced_by_hand(card);
    std::string_view why;
    const auto amount = Money::parse(request.amount, edit.invoice().currency, &why);
    if (!amount)
      throw Error(Reason::usage, "\"" + request.amount + "\" is no amount: " + std::string(why));
    if (card.update_row_minor() != amount->minor()) {
      put_update_row(card, amount->minor());
      edit.tell(item, MaterialAct::price, amount->minor(), "");
      edit.by_hand();
    }
    return EditMade{.touch = Touch::heading,
                    .what = "item " + std::to_string(item.value) + " priced " + amount->to_text()};
  });
}

Report revert_material(Session& session, const RevertRequest& request, const Json& arguments) {
  return edit_invoice(session, verb_of("revert", arguments), request.target,
                      [&](InvoiceEdit& edit) {
                        std::vector<ItemId> items = items_named(request.items);
                        if (items.empty())
                          for (const Card& card : edit.sheet().cards)
                            if (!card.gone) items.push_back(card.item.id);
                        for (const ItemId item : items) {
                          Card& card = edit.card(item);
                          if (card.report_minor() == card.share_minor() &&
                              card.update_row_minor() == card.share_minor())
                            continue;
                          for (Placed& placed : card.places) {
                            placed.update_row_minor.reset();
                            placed.report_minor = placed.share_minor;
                          }
                          edit.tell(item, MaterialAct::revert, 0, "");
                        }
                        edit.keep_report_prices();
                        return EditMade{.touch = Touch::heading, .what = "original prices"};
                      });
}

Report save_material(Session& session, const EditTarget& target, const Json& arguments) {
  return edit_invoice(session, verb_of("save", arguments), target, [](InvoiceEdit&) {
    return EditMade{.touch = Touch::heading, .what = "material saved", .from_original = true};
  });
}

Report apply_material(Session& session, const EditTarget& target, const Json& arguments) {
  return edit_invoice(session, verb_of("apply", arguments), target, [](InvoiceEdit& edit) {
    edit.require_open();
    make_lines_follow(edit);
    return EditMade{.what = "lines made anew of the material"};
  });
}

}  // namespace billctl
