#include "ledger/item_queue.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

#define BILLCTL_ITEM_COLUMNS                                                            \
  "i.id, i.tenant_id, i.entry_id, i.kind, i.client_id, i.project_id, i.engagement_id, " \
  "i.task_id, i.member_id, i.job_type_id, i.product_id, i.work_on, i.unit, "            \
  "i.quantity_micro, i.billed_seconds, i.metres, i.unit_price_micro, i.price_source, "  \
  "i.product_scope, i.currency, i.pieces_micro"

// The join's order is given: the queue by its rows, each item by its own.
constexpr const char* kPending =
    "SELECT " BILLCTL_ITEM_COLUMNS
    " FROM item_open AS o CROSS JOIN item AS i ON i.id = o.item_id ORDER BY o.item_id";
constexpr const char* kPendingOfEntry =
    "SELECT " BILLCTL_ITEM_COLUMNS
    " FROM item AS i CROSS JOIN item_open AS o ON o.item_id = i.id "
    "WHERE i.entry_id = :entry AND i.mark <> 'released' ORDER BY i.id";
constexpr const char* kOfItem =
    "SELECT " BILLCTL_ITEM_COLUMNS
    " FROM item AS i WHERE i.id = :item AND i.tenant_id = :tenant AND i.mark <> 'released'";
constexpr const char* kTakenOfEntry =
    "SELECT i.id, i.mark, coalesce(v.number, v.draft_number, '') FROM item AS i "
    "LEFT JOIN item_placed AS p ON p.item_id = i.id LEFT JOIN invoice AS v ON v.id = p.invoice_id "
    "WHERE i.entry_id = :entry AND i.mark <> 'released' "
    "AND NOT EXISTS (SELECT 1 FROM item_open AS o WHERE o.item_id = i.id) ORDER BY i.id";
constexpr const char* kOnInvoice =
    "SELECT " BILLCTL_ITEM_COLUMNS
    " FROM (SELECT DISTINCT item_id FROM placed WHERE invoice_id = :invoice) AS p "
    "CROSS JOIN item AS i ON i.id = p.item_id ORDER BY i.id";
constexpr const char* kToRebill = "SELECT to_rebill FROM entry WHERE id = :entry";
constexpr const char* kWords =
    "SELECT ref, description, started_at, zone FROM entry WHERE id = :entry";
constexpr const char* kQuoteRows =
    "SELECT description, quantity_micro, unit, unit_price_micro FROM quote_row "
    "WHERE entry_id = :entry ORDER BY position";
constexpr const char* kRemove = "DELETE FROM item_open WHERE item_id BETWEEN :first AND :last";
constexpr const char* kArchive = "UPDATE item SET mark = 'archived' WHERE id = :item";
constexpr const char* kArchiveEntry =
    "UPDATE entry SET archived_at = :at WHERE id = (SELECT entry_id FROM item WHERE id = :item) "
    "AND archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM item AS other "
    "WHERE other.entry_id = entry.id AND other.mark NOT IN ('archived', 'released'))";

constexpr const char* kReopenArchived =
    "INSERT INTO item_open (item_id) SELECT id FROM item WHERE entry_id = :entry "
    "AND mark = 'archived'";
constexpr const char* kUnarchive =
    "UPDATE item SET mark = '', previously_invoiced_on = coalesce((SELECT v.number FROM "
    "material_event AS m JOIN invoice AS v ON v.id = m.invoice_id WHERE m.item_id = item.id "
    "AND m.what = 'credit' ORDER BY m.id DESC LIMIT 1), previously_invoiced_on) "
    "WHERE entry_id = :entry AND mark = 'archived'";

template <class Value>
Value stored(const std::optional<Value>& value) {
  if (value) return *value;
  throw Error(Reason::corrupt, "an item has a word or a date that is none", "run `billctl verify`");
}

std::int64_t measure_of(const Query& query, ItemKind kind) {
  if (is_timed(kind)) return query.integer_or_null(14).value_or(0);
  if (kind == ItemKind::mileage) return query.integer_or_null(15).value_or(0);
  return query.integer_or_null(20).value_or(query.integer(13));
}

void read(const Query& query, PendingItem& pending) {
  LineItem& item = pending.item;
  item.id = query.id<ItemId>(0);
  item.entry = query.id<EntryId>(2);
  item.kind = stored(item_kind_of(query.text(3)));
  pending.client = query.id<ClientId>(4);
  item.project = query.id<ProjectId>(5);
  item.engagement = query.id<EngagementId>(6);
  item.task = query.id<TaskId>(7);
  item.member = query.id<MemberId>(8);
  item.job_type = query.id<JobTypeId>(9);
  item.product = query.id<ProductId>(10);
  item.work_on = stored(Date::parse(query.text(11)));
  item.unit = UnitWord(query.text(12));
  item.measure = measure_of(query, item.kind);
  item.unit_price = Decimal::from_micro(query.integer(16));
  const PriceSource source = stored(price_source_of(query.text(17)));
  item.uncharged = source == PriceSource::contractual || source == PriceSource::joined;
  pending.product_scope = stored(product_scope_of(query.text(18)));
  pending.currency = stored(Currency::of(query.text(19)));
}

}  // namespace

void ItemQueue::each(const std::function<bool(const PendingItem&)>& take) {
  Query query(ledger_, kPending);
  PendingItem pending;
  while (query.step()) {
    if (query.integer(1) != tenant_.value) {
      pending.gap = true;
      continue;
    }
    read(query, pending);
    pending.gap = !take(pending);
  }
}

std::vector<PendingItem> ItemQueue::of_entry(EntryId entry) {
  Query query(ledger_, kPendingOfEntry);
  query.bind(":entry", entry);
  std::vector<PendingItem> items;
  while (query.step()) {
    read(query, items.emplace_back());
    items.back().gap = true;
  }
  return items;
}

std::optional<PendingItem> ItemQueue::of_item(ItemId item) {
  Query query(ledger_, kOfItem);
  query.bind(":item", item).bind(":tenant", tenant_);
  if (!query.step()) return std::nullopt;
  PendingItem pending;
  read(query, pending);
  pending.gap = true;
  return pending;
}

std::vector<TakenItem> ItemQueue::taken_of_entry(EntryId entry) {
  Query query(ledger_, kTakenOfEntry);
  query.bind(":entry", entry);
  std::vector<TakenItem> items;
  while (query.step()) items.push_back({query.id<ItemId>(0), query.string(1), query.string(2)});
  return items;
}

std::vector<PendingItem> ItemQueue::on_invoice(InvoiceId invoice) {
  Query query(ledger_, kOnInvoice);
  query.bind(":invoice", invoice);
  std::vector<PendingItem> items;
  while (query.step()) read(query, items.emplace_back());
  return items;
}

bool ItemQueue::to_rebill(EntryId entry) {
  Query query(ledger_, kToRebill);
  query.bind(":entry", entry);
  return query.step() && query.boolean(0);
}

EntryWords ItemQueue::words(EntryId entry) {
  Query query(ledger_, kWords);
  query.bind(":entry", entry);
  EntryWords words;
  words.entry = entry;
  if (!query.step()) return words;
  words.ref = query.string(0);
  words.description = query.string(1);
  words.started_at = query.integer_or_null(2);
  words.zone = query.string(3);
  return words;
}

std::vector<QuoteRow> ItemQueue::quote_rows(EntryId entry) {
  const auto decimal = [](const std::optional<std::int64_t>& micro) {
    return micro ? std::optional(Decimal::from_micro(*micro)) : std::nullopt;
  };
  Query query(ledger_, kQuoteRows);
  query.bind(":entry", entry);
  std::vector<QuoteRow> rows;
  while (query.step()) {
    rows.push_back({query.string(0), decimal(query.integer_or_null(1)), query.string(2),
                    decimal(query.integer_or_null(3))});
  }
  return rows;
}

void ItemQueue::remove(ItemId first, ItemId last) {
  Query(ledger_, kRemove).bind(":first", first).bind(":last", last).run();
}

void ItemQueue::archive(ItemId item, std::int64_t at) {
  Query(ledger_, kArchive).bind(":item", item).run();
  Query(ledger_, kArchiveEntry).bind(":item", item).bind(":at", at).run();
}

void ItemQueue::unarchive(EntryId entry) {
  Query(ledger_, kReopenArchived).bind(":entry", entry).run();
  Query(ledger_, kUnarchive).bind(":entry", entry).run();
}

}  // namespace billctl
