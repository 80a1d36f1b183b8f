#include "ledger/item_history.hpp"

#include <algorithm>

#include "ledger/connection.hpp"
#include "ledger/events.hpp"

namespace billctl {
namespace {

constexpr const char* kMaterial =
    "SELECT m.at, m.actor, m.what, m.reason, coalesce(v.number, v.draft_number) "
    "FROM material_event AS m JOIN invoice AS v ON v.id = m.invoice_id "
    "WHERE m.item_id = :item ORDER BY m.id";
constexpr const char* kNames =
    "SELECT draft_number, coalesce(number, '') FROM invoice WHERE id = :id";
constexpr const char* kPriceRow =
    "SELECT r.unit_price_micro, r.list, p.code, r.valid_from_on, coalesce(c.code, '') "
    "FROM price_list_row AS r JOIN product AS p ON p.id = r.product_id "
    "LEFT JOIN client AS c ON c.id = r.client_id WHERE r.id = :id";
constexpr const char* kRateRow =
    "SELECT r.unit_price_micro, coalesce(p.code, ''), coalesce(c.code, ''), coalesce(m.code, ''), "
    "r.role, coalesce(j.code, ''), r.valid_from_on FROM rate AS r "
    "LEFT JOIN project AS p ON p.id = r.project_id LEFT JOIN client AS c ON c.id = r.client_id "
    "LEFT JOIN member AS m ON m.id = r.member_id LEFT JOIN job_type AS j ON j.id = r.job_type_id "
    "WHERE r.id = :id";

std::string item_name(const ListedItem& listed) {
  return "item " + std::to_string(listed.item.id.value);
}

void add_event(Events& events, EventId id, const std::string& what,
               std::vector<HistoryLine>& lines) {
  if (const auto event = id ? events.find(id) : std::nullopt)
    lines.push_back({event->at, event->actor, what});
}

/// What was done to another item of its invoice: `item 7 adjusted`.
bool is_of_another(std::string_view what, ItemId item) {
  constexpr std::string_view kItem = "item ";
  if (!what.starts_with(kItem)) return false;
  const std::string_view number =
      what.substr(kItem.size(), what.find(' ', kItem.size()) - kItem.size());
  return number != std::to_string(item.value);
}

void add_invoice(Ledger& ledger, Events& events, const ListedItem& listed,
                 std::vector<HistoryLine>& lines) {
  if (!listed.invoice) return;
  Query query(ledger, kNames);
  query.bind(":id", listed.invoice);
  if (!query.step()) return;
  const std::string draft = query.string(0);
  const std::string number = query.string(1);
  std::vector<EventId> told;
  for (const std::string& name : {draft, number}) {
    if (name.empty()) continue;
    for (const auto& touch : events.history("invoice:" + name)) {
      // One event names an invoice by both its names.
      if (std::ranges::find(told, touch.event.id) != told.end()) continue;
      told.push_back(touch.event.id);
      if (is_of_another(touch.what, listed.item.id)) continue;
      lines.push_back({touch.event.at, touch.event.actor, "invoice " + name + " " + touch.what});
    }
  }
}

void add_named(std::string& text, std::string_view noun, std::string_view code) {
  if (code.empty()) return;
  text += (text.empty() ? "" : ", ") + std::string(noun) + " " + std::string(code);
}

PriceRowText rate_text(const Query& query) {
  std::string text;
  const char* nouns[] = {"project", "client", "member", "role", "job type", "from"};
  for (int i = 0; i < 6; ++i) add_named(text, nouns[i], query.text(i + 1));
  return {"rate" + (text.empty() ? " for all" : " of " + text),
          Decimal::from_micro(query.integer(0))};
}

PriceRowText list_text(const Query& query) {
  std::string text;
  const char* nouns[] = {"list", "product", "from", "client"};
  for (int i = 0; i < 4; ++i) add_named(text, nouns[i], query.text(i + 1));
  return {text, Decimal::from_micro(query.integer(0))};
}

}  // namespace

std::vector<HistoryLine> item_history(Ledger& ledger, TenantId tenant, const ListedItem& listed) {
  Events events(ledger, tenant);
  std::vector<HistoryLine> lines;
  const std::string name = item_name(listed);
  add_event(events, listed.made, name + " made (" + std::string(word(listed.item.kind)) + ")",
            lines);
  const bool released = listed.state == ItemState::released;
  add_event(events, listed.changed, name + (released ? " released" : " made anew"), lines);
  Query query(ledger, kMaterial);
  query.bind(":item", listed.item.id);
  while (query.step()) {
    const std::string reason = query.string(3);
    lines.push_back({Instant::from_seconds(query.integer(0)), query.string(1),
                     name + " " + query.string(2) + " " + query.string(4) +
                         (reason.empty() ? "" : ": " + reason)});
  }
  add_invoice(ledger, events, listed, lines);
  std::ranges::stable_sort(lines, {}, &HistoryLine::at);
  return lines;
}

std::optional<PriceRowText> price_row_of(Ledger& ledger, const Item& item) {
  if (item.price_row_id == 0) return std::nullopt;
  const bool rate = item.price_source == PriceSource::rate_card;
  Query query(ledger, rate ? kRateRow : kPriceRow);
  query.bind(":id", item.price_row_id);
  if (!query.step()) return std::nullopt;
  return rate ? rate_text(query) : list_text(query);
}

}  // namespace billctl
