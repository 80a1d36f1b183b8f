#include "ledger/item_list.hpp"

#include "ledger/item_row.hpp"

namespace billctl {
namespace {

#define BILLCTL_PLACE \
  ", o.item_id IS NOT NULL, e.ref, v.id, coalesce(v.number, v.draft_number, ''), v.state "
#define BILLCTL_JOINS                           \
  "CROSS JOIN entry AS e ON e.id = i.entry_id " \
  "LEFT JOIN item_placed AS t ON t.item_id = i.id LEFT JOIN invoice AS v ON v.id = t.invoice_id "

constexpr const char* kLines = "SELECT item_id, line FROM placed WHERE invoice_id = :id";
constexpr const char* kFind =
    "SELECT " BILLCTL_ITEM_COLUMNS BILLCTL_PLACE
    "FROM item AS i LEFT JOIN item_open AS o ON o.item_id = i.id " BILLCTL_JOINS
    "WHERE i.id = :id AND i.tenant_id = :tenant";
constexpr const char* kAll =
    "SELECT " BILLCTL_ITEM_COLUMNS BILLCTL_PLACE
    "FROM item AS i LEFT JOIN item_open AS o ON o.item_id = i.id " BILLCTL_JOINS
    "WHERE i.id > :after AND i.tenant_id = :tenant ORDER BY i.id";
constexpr const char* kPending =
    "SELECT " BILLCTL_ITEM_COLUMNS BILLCTL_PLACE
    "FROM item_open AS o CROSS JOIN item AS i ON i.id = o.item_id " BILLCTL_JOINS
    "WHERE o.item_id > :after AND i.tenant_id = :tenant ORDER BY o.item_id";
constexpr const char* kOfEntryLive =
    "SELECT " BILLCTL_ITEM_COLUMNS BILLCTL_PLACE
    "FROM item AS i INDEXED BY item_live LEFT JOIN item_open AS o ON o.item_id = "
    "i.id " BILLCTL_JOINS
    "WHERE i.entry_id = :entry AND i.mark <> 'released' AND i.tenant_id = :tenant ORDER BY i.id";
constexpr const char* kOfEntryReleased =
    "SELECT " BILLCTL_ITEM_COLUMNS BILLCTL_PLACE
    "FROM item AS i INDEXED BY item_released LEFT JOIN item_open AS o ON o.item_id = "
    "i.id " BILLCTL_JOINS
    "WHERE i.entry_id = :entry AND i.mark = 'released' AND i.tenant_id = :tenant ORDER BY i.id";

ItemState state_of(std::string_view mark, bool open, std::string_view invoice_state) {
  if (mark == "released") return ItemState::released;
  if (mark == "archived") return ItemState::archived;
  if (mark == "credited") return ItemState::credited;
  if (open || invoice_state.empty()) return ItemState::pending;
  const bool issued = invoice_state == "issued" || invoice_state == "voided";
  return issued ? ItemState::invoiced : ItemState::drafted;
}

}  // namespace

std::int64_t ItemList::line_of(ItemId item, InvoiceId invoice) {
  // Lines are stored by invoice, so all of an invoice are read at its first item.
  if (invoices_.insert(invoice).second) {
    Query query(ledger_, kLines);
    query.bind(":id", invoice);
    while (query.step()) lines_[query.id<ItemId>(0)] = query.integer(1);
  }
  const auto found = lines_.find(item);
  return found == lines_.end() ? 0 : found->second;
}

ListedItem ItemList::listed(const Query& query) {
  ListedItem one;
  one.item = item_of(query);
  const bool placed = !query.is_null(kItemColumns + 2);
  one.state = state_of(query.text(kItemMarkColumn), query.boolean(kItemColumns),
                       placed ? query.text(kItemColumns + 4) : std::string_view{});
  one.entry_ref = query.string(kItemColumns + 1);
  one.invoice = query.id<InvoiceId>(kItemColumns + 2);
  one.invoice_name = query.string(kItemColumns + 3);
  one.made = query.id<EventId>(kItemMadeColumn);
  one.changed = query.id<EventId>(kItemChangedColumn);
  if (one.invoice) one.line = line_of(one.item.id, one.invoice);
  return one;
}

std::optional<ListedItem> ItemList::find(ItemId id) {
  Query query(ledger_, kFind);
  query.bind(":id", id).bind(":tenant", tenant_);
  if (!query.step()) return std::nullopt;
  return listed(query);
}

std::vector<ListedItem> ItemList::of_entry(EntryId entry) {
  std::vector<ListedItem> items;
  for (const char* sql : {kOfEntryReleased, kOfEntryLive}) {
    Query query(ledger_, sql);
    query.bind(":entry", entry).bind(":tenant", tenant_);
    while (query.step()) items.push_back(listed(query));
  }
  return items;
}

void ItemList::each(Which which, ItemId after, const std::function<bool(const ListedItem&)>& each) {
  Query query(ledger_, which == Which::all ? kAll : kPending);
  query.bind(":after", after).bind(":tenant", tenant_);
  while (query.step()) {
    if (!each(listed(query))) return;
  }
}

}  // namespace billctl
