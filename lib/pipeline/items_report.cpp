#include "pipeline/items_report.hpp"

#include <algorithm>

#include "ledger/entry_queue.hpp"
#include "ledger/items.hpp"
#include "ledger/queue_feed.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/filter_words.hpp"
#include "text/nearest.hpp"
#include "work/filter_test.hpp"

namespace billctl {
namespace {

/// Of --from-job, where it is given.
template <class Id>
bool holds(const std::optional<std::vector<Id>>& ids, Id id) {
  return !ids || std::ranges::find(*ids, id) != ids->end();
}

/// Whether the filter takes the item; its kinds and states are words.
bool takes(const FilterTest& test, const ListedItem& listed) {
  const Item& item = listed.item;
  return test.in_period(item.work_on) &&
         test.takes({item.client, item.project, item.task, item.member}) &&
         test.takes_kind(word(item.kind)) && test.takes_state(word(listed.state));
}

/// Sorted rows are paged in their own order, by who sorts them.
ItemId after_of(const Filter& filter) {
  return filter.after.empty() || !filter.sort.empty() ? ItemId{} : item_named(filter.after);
}

ListedItem found(ItemList& list, const std::string& name) {
  const auto listed = list.find(item_named(name));
  if (!listed) {
    throw Error(Reason::not_found, "no item " + name, "see them with `billctl item list`");
  }
  return *listed;
}

void must_be_pending(const ListedItem& listed, const std::string& what) {
  if (listed.state == ItemState::pending) return;
  std::string hint;
  if (listed.state == ItemState::drafted)
    hint = "give it back first: `billctl invoice delete " + listed.invoice_name + "`";
  throw Error(Reason::wrong_state,
              "item " + std::to_string(listed.item.id.value) + " is " +
                  std::string(word(listed.state)) + ", " + what + " needs pending",
              hint);
}

Json price_and_amount(Decimal price, std::int64_t minor, Currency currency) {
  return Json::object({{"unit_price", price.to_text(currency.digits())},
                       {"amount", Money(minor, currency).to_text()}});
}

/// The entries of the pending items that are asked for, by name or by filter.
std::vector<EntryId> entries_of(Session& session, const std::vector<std::string>& names,
                                const Filter& filter) {
  ItemList list(session.ledger, session.tenant.id);
  std::vector<EntryId> entries;
  for (const std::string& name : names) {
    const ListedItem listed = found(list, name);
    must_be_pending(listed, "reprice");
    entries.push_back(listed.item.entry);
  }
  if (!names.empty()) return entries;
  const FilterTest test(filter);
  list.each(ItemList::Which::pending, ItemId{}, [&](const ListedItem& listed) {
    if (takes(test, listed)) entries.push_back(listed.item.entry);
    return true;
  });
  return entries;
}

Json names_json(const std::vector<std::string>& names) {
  Json json = Json::array();
  for (const std::string& name : names) json.push(name);
  return json;
}

}  // namespace

ItemId item_named(const std::string& name) {
  const std::string digits = name.starts_with("item:") ? name.substr(5) : name;
  const auto number = parse_fixed(digits, 0, 0);
  if (!number || *number <= 0) {
    throw Error(Reason::not_found, "no item \"" + name + "\"",
                "an item is named by its number, see `billctl item list`");
  }
  return {*number};
}

Json item_json(const ListedItem& listed, Codes& codes) {
  const Item& item = listed.item;
  return Json::object({
      {"item", item.id.value},
      {"entry", listed.entry_ref},
      {"kind", word(item.kind)},
      {"client", Json::text_or_null(codes.of(item.client))},
      {"project", Json::text_or_null(codes.of(item.project))},
      {"task", Json::text_or_null(codes.of(item.task))},
      {"member", Json::text_or_null(codes.of(item.member))},
      {"job_type", Json::text_or_null(codes.of(item.job_type))},
      {"work_date", item.work_on.to_text()},
      {"product", Json::text_or_null(codes.of(item.product))},
      {"product_scope", word(item.product_scope)},
      {"unit", item.unit},
      {"quantity", item.quantity.to_text()},
      {"unit_price", item.unit_price.to_text(item.currency.digits())},
      {"price_source", word(item.price_source)},
      {"amount", Money(item.amount_minor, item.currency).to_text()},
      {"currency", item.currency.code()},
      {"state", word(listed.state)},
      {"invoice", Json::text_or_null(listed.invoice_name)},
      {"line", listed.line != 0 ? Json(listed.line) : Json()},
  });
}

void check_item_words(const Filter& filter) {
  check_words(filter.kinds, kItemKindWords, "--kind");
  check_words(filter.states, kItemStateWords, "--state");
}

Json item_list(Session& session, const Filter& filter) {
  require_reading(session, "item list");
  check_item_words(filter);
  const FilterTest test(filter);
  const auto asked = [&](const ListedItem& listed) {
    return holds(filter.invoices, listed.invoice) && holds(filter.entries, listed.item.entry);
  };
  const bool pending = filter.states.size() == 1 && filter.states.front() == "pending";
  const ItemId after = after_of(filter);
  Json rows = Json::array();
  session.ledger.read([&] {
    ItemList list(session.ledger, session.tenant.id);
    Codes codes(session.ledger);
    const auto full = [&] {
      return filter.limit && filter.sort.empty() &&
             static_cast<std::int64_t>(rows.as_array().size()) >= *filter.limit;
    };
    if (full()) return;
    list.each(pending ? ItemList::Which::pending : ItemList::Which::all, after,
              [&](const ListedItem& listed) {
                if (asked(listed) && takes(test, listed)) rows.push(item_json(listed, codes));
                return !full();
              });
  });
  return Json::object({{"items", std::move(rows)}});
}

Json item_show(Session& session, const std::string& name) {
  require_reading(session, "item show");
  Json body;
  session.ledger.read([&] {
    ItemList list(session.ledger, session.tenant.id);
    Codes codes(session.ledger);
    const ListedItem listed = found(list, name);
    body = item_json(listed, codes);
    const Item& item = listed.item;
    body.set("raw_seconds", item.raw_seconds);
    body.set("billed_seconds", item.billed_seconds);
    body.set("time_rule", Json::text_or_null(item.time_rule));
    body.set("distance_km", item.metres ? Json(kilometres(*item.metres).to_text()) : Json());
    body.set("price_row", item.price_row_id != 0 ? Json(item.price_row_id) : Json());
    body.set("default_price", item.default_price);
    body.set("previously_invoiced_on", Json::text_or_null(item.previously_invoiced_on));
  });
  return body;
}

Report reprice_items(Session& session, const std::vector<std::string>& names,
                     const Filter& filter) {
  check_words(filter.kinds, kItemKindWords, "--kind");
  check_words(filter.states, std::span(kItemStateWords).first(1), "--state");
  const Verb verb{"item reprice", Json::object({{"items", names_json(names)}}), true};
  return perform(session, verb, [&] {
    CompileRequest request;
    request.entries = entries_of(session, names, filter);
    request.keep_findings = true;
    CompileResult result;
    if (!request.entries.empty()) result = follow_changes(session, request);
    ItemList list(session.ledger, session.tenant.id);
    Json rows = Json::array();
    for (const RemadeItem& one : result.changes) {
      const auto listed = list.find(one.item);
      rows.push(Json::object(
          {{"item", one.item.value},
           {"entry", listed ? Json(listed->entry_ref) : Json()},
           {"from", price_and_amount(one.from_price, one.from_minor, one.from_currency)},
           {"to", price_and_amount(one.to_price, one.to_minor, one.currency)}}));
    }
    Report report;
    report.body = Json::object({{"considered", request.entries.size()},
                                {"remade", result.remade},
                                {"released", result.released},
                                {"items", std::move(rows)}});
    return report;
  });
}

Report release_items(Session& session, const std::vector<std::string>& names) {
  const Verb verb{"item release", Json::object({{"items", names_json(names)}}), false};
  return perform(session, verb, [&] {
    ItemList list(session.ledger, session.tenant.id);
    Items items(session.ledger, session.tenant.id);
    EntryQueue queue(session.ledger, session.tenant.id);
    std::vector<ItemId> ids;
    std::vector<EntryId> entries;
    Report report;
    Json rows = Json::array();
    for (const std::string& name : names) {
      const ListedItem listed = found(list, name);
      if (std::ranges::find(ids, listed.item.id) != ids.end()) continue;
      must_be_pending(listed, "release");
      ids.push_back(listed.item.id);
      entries.push_back(listed.item.entry);
      rows.push(Json::object({{"item", listed.item.id.value},
                              {"entry", listed.entry_ref},
                              {"kind", word(listed.item.kind)}}));
      report.subjects.push_back({"item:" + std::to_string(listed.item.id.value), "released"});
    }
    queue.open(entries);
    // Before they end, since the others of a shared day are found by them.
    QueueFeed(session.ledger, session.tenant.id).follow_days();
    items.release(ids, items.next_event());
    report.body = Json::object({{"released", std::move(rows)}});
    return report;
  });
}

}  // namespace billctl
