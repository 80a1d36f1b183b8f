#include "ledger/items.hpp"

#include <algorithm>
#include <array>

#include "ledger/bulk_source.hpp"
#include "ledger/item_row.hpp"

namespace billctl {
namespace {

constexpr const char* kLastCompiled =
    "SELECT entry_id FROM item INDEXED BY item_live WHERE mark <> 'released' "
    "ORDER BY entry_id DESC LIMIT 1";
constexpr const char* kLive =
    "SELECT " BILLCTL_ITEM_COLUMNS
    ", o.item_id IS NOT NULL FROM bulk_rows AS b "
    "CROSS JOIN item AS i INDEXED BY item_live ON i.entry_id = b.c0 AND i.mark <> 'released' "
    "LEFT JOIN item_open AS o ON o.item_id = i.id";
constexpr const char* kOfDay =
    "SELECT i.entry_id, i.raw_seconds, i.billed_seconds, o.item_id IS NOT NULL, e.started_at "
    "FROM item AS i INDEXED BY item_of_day CROSS JOIN entry AS e ON e.id = i.entry_id "
    "LEFT JOIN item_open AS o ON o.item_id = i.id "
    "WHERE i.per_day = 1 AND i.member_id IS :member AND i.project_id IS :project "
    "AND i.work_on = :on AND i.made_event_id = :made AND i.client_id = :client AND i.mark <> "
    "'released' ORDER BY i.entry_id";
constexpr const char* kNextEvent = "SELECT coalesce(max(id), 0) + 1 FROM event";
constexpr const char* kAdd =
    "INSERT INTO item (tenant_id, entry_id, kind, client_id, project_id, engagement_id, task_id, "
    "member_id, job_type_id, work_on, product_id, product_scope, unit, quantity_micro, "
    "raw_seconds, billed_seconds, metres, pieces_micro, unit_price_micro, price_source, "
    "price_row_id, default_price, amount_minor, currency, time_rule, per_day, made_event_id) "
    "SELECT :tenant, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, "
    "c17, c18, c19, c20, c21, c22, c23, c24, :made FROM bulk_rows";
constexpr const char* kOpen =
    "INSERT INTO item_open (item_id) SELECT :first + rowid FROM bulk_rows";
constexpr const char* kChange =
    "UPDATE item SET (kind, client_id, project_id, engagement_id, task_id, member_id, "
    "job_type_id, work_on, product_id, product_scope, unit, quantity_micro, raw_seconds, "
    "billed_seconds, metres, pieces_micro, unit_price_micro, price_source, price_row_id, "
    "default_price, amount_minor, currency, time_rule, per_day, changed_event_id) = "
    "(SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, "
    "c19, c20, c21, c22, c23, c24, :by FROM bulk_rows) WHERE id = :id";
constexpr const char* kRelease =
    "UPDATE item SET mark = 'released', changed_event_id = :by WHERE id = :id";
constexpr const char* kClose = "DELETE FROM item_open WHERE item_id = :id";

/// What SQLite asks of an item while it is written. `dates` are the work dates as text.
struct ItemCell {
  const Item* first;
  const std::array<char, 10>* dates;

  void operator()(const Item& item, int column, BulkCell& cell) const {
    switch (column) {
      case 0:
        return cell.id(item.entry);
      case 1:
        return cell.text(word(item.kind));
      case 2:
        return cell.id(item.client);
      case 3:
        return cell.id(item.project);
      case 4:
        return cell.id(item.engagement);
      case 5:
        return cell.id(item.task);
      case 6:
        return cell.id(item.member);
      case 7:
        return cell.id(item.job_type);
      case 8:
        return cell.text({dates[&item - first].data(), 10});
      case 9:
        return cell.id(item.product);
      case 10:
        return cell.text(word(item.product_scope));
      case 11:
        return cell.text(item.unit);
      case 12:
        return cell.integer(item.quantity.micro());
      case 13:
        return cell.integer(item.raw_seconds);
      case 14:
        return cell.integer(item.billed_seconds);
      case 15:
        return cell.integer(item.metres);
      case 16:
        if (item.pieces) cell.integer(item.pieces->micro());
        return;
      case 17:
        return cell.integer(item.unit_price.micro());
      case 18:
        return cell.text(word(item.price_source));
      case 19:
        if (item.price_row_id != 0) cell.integer(item.price_row_id);
        return;
      case 20:
        return cell.integer(item.default_price ? 1 : 0);
      case 21:
        return cell.integer(item.amount_minor);
      case 22:
        return cell.text(item.currency.code());
      case 23:
        return cell.text(item.time_rule);
      case 24:
        return cell.integer(item.per_day ? 1 : 0);
      default:
        return;
    }
  }
};

std::vector<std::array<char, 10>> date_texts(std::span<const Item> items) {
  std::vector<std::array<char, 10>> texts(items.size());
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i == 0 || items[i].work_on != items[i - 1].work_on) {
      text.clear();
      items[i].work_on.append_to(text);
    }
    std::copy_n(text.data(), 10, texts[i].data());
  }
  return texts;
}

const auto kIdCell = [](const EntryId& id, int, BulkCell& cell) { cell.integer(id.value); };

}  // namespace

Items::Items(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {
  register_bulk_rows(ledger);
}

EntryId Items::last_compiled() {
  Query query(ledger_, kLastCompiled);
  return query.step() ? query.id<EntryId>(0) : EntryId{};
}

std::vector<LiveItem> Items::live(std::span<const EntryId> entries) {
  std::vector<LiveItem> items;
  if (entries.empty()) return items;
  read_bulk(
      ledger_, kLive, bulk_rows_of(entries, kIdCell), [](Query&) {},
      [&](Query& query) {
        items.push_back(
            {item_of(query), query.boolean(kItemColumns), query.id<EventId>(kItemMadeColumn)});
      });
  return items;
}

std::vector<DayItem> Items::of_day(const Day& day) {
  Query query(ledger_, kOfDay);
  query.bind_or_null(":member", day.member)
      .bind_or_null(":project", day.project)
      .bind(":on", day.work_on.to_text())
      .bind(":made", day.made)
      .bind(":client", day.client);
  std::vector<DayItem> items;
  while (query.step()) {
    items.push_back({query.id<EntryId>(0), query.integer(1), query.integer(2), query.boolean(3),
                     query.integer_or_null(4)});
  }
  return items;
}

EventId Items::next_event() {
  Query query(ledger_, kNextEvent);
  query.step();
  return query.id<EventId>(0);
}

ItemId Items::add(std::span<const Item> items, EventId made) {
  if (items.empty()) return ItemId{};
  const auto dates = date_texts(items);
  const ItemCell cell{items.data(), dates.data()};
  const BulkRows rows = bulk_rows_of(items, cell);
  read_bulk(
      ledger_, kAdd, rows,
      [&](Query& query) { query.bind(":tenant", tenant_).bind(":made", made); }, [](Query&) {});
  // Rows are given in one run, one after the other: nothing else writes meanwhile.
  const std::int64_t last = ledger_.connection().last_id();
  const std::int64_t first = last - static_cast<std::int64_t>(items.size()) + 1;
  read_bulk(
      ledger_, kOpen, rows, [&](Query& query) { query.bind(":first", first); }, [](Query&) {});
  return {first};
}

void Items::change(const Item& item, EventId by) {
  const std::span<const Item> one(&item, 1);
  const auto dates = date_texts(one);
  read_bulk(
      ledger_, kChange, bulk_rows_of(one, ItemCell{&item, dates.data()}),
      [&](Query& query) { query.bind(":id", item.id).bind(":by", by); }, [](Query&) {});
}

void Items::release(std::span<const ItemId> items, EventId by) {
  for (const ItemId item : items) {
    Query(ledger_, kRelease).bind(":id", item).bind(":by", by).run();
    Query(ledger_, kClose).bind(":id", item).run();
  }
}

}  // namespace billctl
