#include "ledger/entry_list.hpp"

#include <algorithm>

#include "ledger/entry_row.hpp"

namespace billctl {
namespace {

// The columns of `entry` by their own names, since no joined table may give one of them.
#define BILLCTL_LISTED                                                                \
  "SELECT e.*, coalesce(t.client_id, p.client_id), coalesce(nullif(g.currency, ''), " \
  "nullif(p.currency, ''), c.currency, ''), coalesce(u.ref, '') "                     \
  "FROM (SELECT id, " BILLCTL_ENTRY_COLUMNS " FROM entry "
#define BILLCTL_LISTED_JOINS                                            \
  ") AS e LEFT JOIN task AS t ON t.id = e.task_id "                     \
  "LEFT JOIN project AS p ON p.id = e.project_id "                      \
  "LEFT JOIN engagement AS g ON g.id = p.engagement_id "                \
  "LEFT JOIN client AS c ON c.id = coalesce(t.client_id, p.client_id) " \
  "LEFT JOIN entry AS u ON u.id = e.parent_id "

constexpr const char* kFind =
    BILLCTL_LISTED "WHERE tenant_id = :tenant AND ref = :ref" BILLCTL_LISTED_JOINS;
constexpr const char* kGet =
    BILLCTL_LISTED "WHERE tenant_id = :tenant AND id = :id" BILLCTL_LISTED_JOINS;
// By rowid: the index over tenant and ref would ask for a sort of all.
constexpr const char* kAll = BILLCTL_LISTED
    "NOT INDEXED WHERE tenant_id = :tenant AND id > :after" BILLCTL_LISTED_JOINS "ORDER BY e.id";
constexpr const char* kItems =
    "SELECT i.mark, v.state FROM item AS i INDEXED BY item_live "
    "LEFT JOIN item_placed AS t ON t.item_id = i.id LEFT JOIN invoice AS v ON v.id = t.invoice_id "
    "WHERE i.entry_id = :entry AND i.mark <> 'released'";

// By the identity under which imports know it: deleted or merged here, it never comes back.
constexpr const char* kGone =
    "SELECT EXISTS (SELECT 1 FROM entry_merged WHERE entry_id = :entry AND parent_id IS NULL), "
    "EXISTS (SELECT 1 FROM local_edit WHERE tenant_id = :tenant AND kind = 'entries' "
    "AND code = :ref AND field = '*')";

EntryState item_state(std::string_view mark, bool placed, std::string_view invoice_state) {
  if (mark == "archived") return EntryState::archived;
  if (mark == "credited") return EntryState::credited;
  if (!placed) return EntryState::pending;
  const bool issued = invoice_state == "issued" || invoice_state == "voided";
  return issued ? EntryState::invoiced : EntryState::drafted;
}

}  // namespace

EntryState EntryList::state_of(const EntryRow& row) {
  if (row.withdrawn_at) {
    Query gone(ledger_, kGone);
    gone.bind(":entry", row.id).bind(":tenant", tenant_).bind(":ref", row.ref);
    gone.step();
    if (gone.boolean(0)) return EntryState::merged;
    return gone.boolean(1) ? EntryState::deleted : EntryState::withdrawn;
  }
  if (row.archived_at) return EntryState::archived;
  Query query(ledger_, kItems);
  query.bind(":entry", row.id);
  std::optional<EntryState> of_items;
  while (query.step()) {
    const bool placed = !query.is_null(1);
    const EntryState state =
        item_state(query.text(0), placed, placed ? query.text(1) : std::string_view{});
    of_items = of_items ? std::min(*of_items, state) : state;
  }
  if (of_items) return *of_items;
  if (row.kind == EntryKind::time && !row.stopped_at && !row.raw_seconds) {
    return EntryState::running;
  }
  return row.confirmed_at ? EntryState::open : EntryState::unconfirmed;
}

ListedEntry EntryList::listed(const Query& query) {
  ListedEntry listed;
  listed.row = entry_row_of(query);
  listed.client = query.id<ClientId>(kEntryRowColumns);
  listed.currency = query.text(kEntryRowColumns + 1);
  listed.parent_ref = query.text(kEntryRowColumns + 2);
  listed.state = state_of(listed.row);
  return listed;
}

bool EntryList::find(std::string_view ref, const std::function<void(const ListedEntry&)>& each) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":ref", ref);
  if (!query.step()) return false;
  each(listed(query));
  return true;
}

bool EntryList::get(EntryId id, const std::function<void(const ListedEntry&)>& each) {
  Query query(ledger_, kGet);
  query.bind(":tenant", tenant_).bind(":id", id);
  if (!query.step()) return false;
  each(listed(query));
  return true;
}

void EntryList::each(EntryId after, const std::function<bool(const ListedEntry&)>& each) {
  Query query(ledger_, kAll);
  query.bind(":tenant", tenant_).bind(":after", after);
  while (query.step()) {
    if (!each(listed(query))) return;
  }
}

}  // namespace billctl
