#include "pipeline/explain.hpp"

#include <algorithm>

#include "billable/pricing.hpp"
#include "ledger/entries.hpp"
#include "ledger/entry_merges.hpp"
#include "ledger/entry_queue.hpp"
#include "ledger/events.hpp"
#include "ledger/item_history.hpp"
#include "ledger/local_edits.hpp"
#include "pipeline/items_report.hpp"
#include "pipeline/pricing_rules.hpp"
#include "pipeline/rounding_steps.hpp"
#include "work/eligibility.hpp"

namespace billctl {
namespace {

Json test_json(Reason code, std::optional<bool> passed, const std::string& seen,
               const std::string& needed) {
  return Json::object(
      {{"code", word(code)}, {"passed", passed}, {"seen", seen}, {"needed", needed}});
}

std::string needed_of_items(Reason code, Currency currency) {
  switch (code) {
    case Reason::unit_mismatch:
      return "time in hour, min or day; mileage in km; goods in the unit of their product";
    case Reason::currency_mismatch:
      return "a price in " + std::string(currency.code()) + ", or none at all";
    case Reason::unit_unknown:
      return "a unit of ours or a Rec 20 code";
    default:
      return "a product of its own, where a job makes one mandatory";
  }
}

std::string seen_of_items(const std::vector<Item>& items) {
  std::string text;
  for (const Item& item : items) {
    text += (text.empty() ? "" : "; ") + std::string(word(item.kind)) + " in " + item.unit +
            " at " + item.unit_price.to_text(item.currency.digits()) + " " +
            std::string(item.currency.code()) + " (" + std::string(word(item.price_source)) + ")";
  }
  return text;
}

constexpr Reason kItemTests[] = {Reason::unit_mismatch, Reason::currency_mismatch,
                                 Reason::unit_unknown, Reason::no_product};

std::string default_code(ItemKind kind) {
  const DefaultProduct which = default_product_of(kind);
  if (which == DefaultProduct::transport) return "transport";
  return which == DefaultProduct::transport_time ? "transport-time" : "work";
}

/// How an entry that is withdrawn went, when it was not its source that dropped it.
std::string gone_by_hand(Session& session, const Entry& entry) {
  if (const auto merge = EntryMerges(session.ledger, session.tenant.id).into(entry.id)) {
    std::string into;
    Entries(session.ledger, session.tenant.id).get(merge->entry, [&](const EntryRow& row) {
      into = row.ref;
    });
    return "merged into " + into;
  }
  LocalEdits edits(session.ledger, session.tenant.id, "entries");
  return edits.is_gone(entry.ref) ? "deleted" : "";
}

bool is_live(const ListedItem& listed) {
  return listed.state != ItemState::released;
}

}  // namespace

struct Explainer::Facts {
  Entry entry;
  std::optional<Entry> session;
  std::string gone;  ///< how it went by hand: deleted, merged into e1
  EntryTerms terms;
  std::vector<ListedItem> listed;  ///< all there ever were
  std::vector<Test> tests;         ///< of the entry
  std::optional<Reason> failed;    ///< of those, the first
  std::optional<Finding> item_failed;
  std::vector<Item> items;  ///< what compile would make now
  bool priced = false;      ///< whether the tests of its items could be run

  std::optional<Reason> reason() const {
    if (failed || !item_failed) return failed;
    return item_failed->code;
  }
  bool compiled() const { return std::ranges::any_of(listed, is_live); }
  const ListedItem* first_live() const {
    const auto found = std::ranges::find_if(listed, is_live);
    return found == listed.end() ? nullptr : &*found;
  }
};

Explainer::Explainer(Session& session)
    : session_(session),
      list_(session.ledger, session.tenant.id),
      codes_(session.ledger),
      table_(session.ledger, session.tenant.id, pricing_rules(session.config)) {}

Explainer::Facts Explainer::facts_of(EntryId id) {
  Facts facts;
  EntryQueue queue(session_.ledger, session_.tenant.id);
  std::vector<QueuedEntry> read;
  queue.read_these(std::span(&id, 1), read);
  expect(!read.empty(), "an entry that is explained is there");
  table_.read_for(read);
  facts.entry = read.front().entry;
  Entries(session_.ledger, session_.tenant.id).get(id, [&](const EntryRow& row) {
    facts.entry.ref = row.ref;
    facts.entry.confirmed_by = row.confirmed_by;
    facts.entry.invoiced_as = row.invoiced_as;
  });
  facts.listed = list_.of_entry(id);
  if (facts.entry.withdrawn_at) facts.gone = gone_by_hand(session_, facts.entry);
  if (facts.entry.parent && facts.entry.kind == EntryKind::goods) {
    const EntryId parent = facts.entry.parent;
    queue.read_these(std::span(&parent, 1), read);
    if (!read.empty()) facts.session = read.front().entry;
  }

  Tariff& tariff = table_.tariff();
  facts.terms = terms_of(tariff, facts.entry);
  Candidate candidate = candidate_of(tariff, facts.entry, facts.terms);
  candidate.compiled = facts.compiled();
  if (facts.session) candidate.session = &*facts.session;
  candidate.task = codes_.of(facts.entry.task);
  candidate.project = codes_.of(facts.terms.project_id);
  candidate.job_type = codes_.of(facts.entry.job_type);
  facts.tests = all_tests(candidate, tariff.rules.eligibility);
  if (!facts.gone.empty())
    std::ranges::find(facts.tests, Reason::archived, &Test::code)->seen = facts.gone;
  const Eligibility eligible = eligibility(candidate, tariff.rules.eligibility);
  facts.failed = eligible.failed;
  facts.priced = facts.terms.client != nullptr;
  if (!facts.priced) return facts;
  const bool joined = !candidate.bills_from && facts.entry.kind == EntryKind::time;
  facts.item_failed = add_items(tariff, {facts.entry, facts.terms, joined, {}}, facts.items);
  return facts;
}

namespace {

std::string row_text(const std::optional<PriceRowText>& row, Currency currency) {
  return row ? row->text + ": " + row->price.to_text(currency.digits()) : "";
}

}  // namespace

void Explainer::add_decision(Json& body, const Facts& facts, const Item* item) {
  if (item == nullptr) {
    body.set("product", nullptr).set("price", nullptr).set("rounding", Json::array());
    return;
  }
  const auto row = price_row_of(session_.ledger, *item);
  const std::string code = item->product ? codes_.of(item->product) : default_code(item->kind);
  body.set("product", Json::object({{"code", code}, {"scope", word(item->product_scope)}}));
  body.set("price", Json::object({{"amount", item->unit_price.to_text(item->currency.digits())},
                                  {"source", word(item->price_source)},
                                  {"row", Json::text_or_null(row_text(row, item->currency))},
                                  {"unit", item->unit},
                                  {"currency", item->currency.code()},
                                  {"default_price", item->default_price}}));
  body.set("rounding", rounding_steps(*item, facts.entry, table_.tariff().rules,
                                      row ? std::optional(row->price) : std::nullopt));
}

Json Explainer::history_of(const Facts& facts) const {
  std::vector<HistoryLine> lines;
  const Entry& entry = facts.entry;
  Events events(session_.ledger, session_.tenant.id);
  for (const auto& touch : events.history("entry:" + entry.ref))
    lines.push_back({touch.event.at, touch.event.actor, touch.what});
  if (entry.confirmed_at) lines.push_back({*entry.confirmed_at, entry.confirmed_by, "confirmed"});
  if (entry.archived_at) {
    lines.push_back({*entry.archived_at, "",
                     entry.invoiced_as.empty() ? "archived" : "invoiced as " + entry.invoiced_as});
  }
  if (entry.withdrawn_at && facts.gone.empty())
    lines.push_back({*entry.withdrawn_at, "", "withdrawn from its source"});
  for (const ListedItem& listed : facts.listed) {
    const auto more = item_history(session_.ledger, session_.tenant.id, listed);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  std::ranges::stable_sort(lines, {}, &HistoryLine::at);
  Json history = Json::array();
  for (const HistoryLine& line : lines) {
    Json told = Json::object(
        {{"at", line.at.to_text()}, {"by", Json::text_or_null(line.by)}, {"what", line.what}});
    // An invoice that both items of an entry are on is told once.
    const auto& all = history.as_array();
    if (std::ranges::find(all, told) == all.end()) history.push(std::move(told));
  }
  return history;
}

Json Explainer::items_of(const Facts& facts) {
  Json items = Json::array();
  for (const ListedItem& listed : facts.listed) {
    if (!is_live(listed)) continue;
    Json one = item_json(listed, codes_);
    add_decision(one, facts, &listed.item);
    items.push(std::move(one));
  }
  return items;
}

Json Explainer::body_of(const Facts& facts, const ListedItem* listed) {
  Json tests = Json::array();
  for (const Test& test : facts.tests)
    tests.push(test_json(test.code, test.passed, test.seen, test.needed));
  bool reached = facts.priced;
  for (const Reason code : kItemTests) {
    const bool fails = reached && facts.item_failed && facts.item_failed->code == code;
    const std::optional<bool> passed = reached ? std::optional(!fails) : std::nullopt;
    const std::string seen = fails     ? facts.item_failed->detail
                             : reached ? seen_of_items(facts.items)
                                       : "not looked at";
    tests.push(test_json(code, passed, seen, needed_of_items(code, facts.terms.currency)));
    reached = reached && !fails;
  }

  Json body = Json::object({{"entry", facts.entry.ref}, {"kind", word(facts.entry.kind)}});
  const std::optional<Reason> reason = facts.reason();
  body.set("reason", reason ? Json(word(*reason)) : Json());
  body.set("tests", std::move(tests));
  const ListedItem* shown = listed != nullptr ? listed : facts.first_live();
  const Item* item = shown != nullptr ? &shown->item : nullptr;
  if (item == nullptr && !reason && !facts.items.empty()) item = &facts.items.front();
  add_decision(body, facts, item);
  body.set("history", history_of(facts));
  body.set("items", items_of(facts));
  return body;
}

Json Explainer::entry(EntryId id) {
  return body_of(facts_of(id), nullptr);
}

Json Explainer::item(const ListedItem& listed) {
  Json body = body_of(facts_of(listed.item.entry), &listed);
  body.set("item", listed.item.id.value);
  return body;
}

std::optional<Reason> Explainer::reason(EntryId id) {
  return facts_of(id).reason();
}

Json explain_entry(Session& session, const std::string& ref) {
  Json body;
  session.ledger.read([&] {
    const auto id = Entries(session.ledger, session.tenant.id).find(ref);
    if (!id) {
      throw Error(Reason::not_found, "no entry \"" + ref + "\"",
                  "see them with `billctl entry list`");
    }
    require_reading(session, "explain");
    body = Explainer(session).entry(*id);
  });
  return body;
}

Json explain_item(Session& session, const std::string& name) {
  require_reading(session, "explain");
  Json body;
  session.ledger.read([&] {
    ItemList list(session.ledger, session.tenant.id);
    const auto listed = list.find(item_named(name));
    if (!listed) {
      throw Error(Reason::not_found, "no item " + name, "see them with `billctl item list`");
    }
    body = Explainer(session).item(*listed);
  });
  return body;
}

}  // namespace billctl
