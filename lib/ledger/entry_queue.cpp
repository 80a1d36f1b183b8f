#include "ledger/entry_queue.hpp"

#include "ledger/bulk_source.hpp"
#include "outcome/words.hpp"

namespace billctl {
namespace {

#define BILLCTL_QUEUED_COLUMNS                                                                    \
  "e.id, e.tenant_id, e.kind, e.task_id, e.project_id, e.member_id, e.started_at, e.stopped_at, " \
  "e.raw_seconds, e.work_on, e.product_id, e.job_type_id, e.charge, e.confirmed_at, "             \
  "e.unit_price_micro, e.archived_at, e.withdrawn_at, e.source, e.quantity_micro, e.unit, "       \
  "e.amount_minor, e.distance_metres, e.transport_seconds, e.transport_unit_price_micro, "        \
  "e.parent_id"

constexpr const char* kSize = "SELECT count(*) FROM (SELECT 1 FROM entry_open LIMIT :most)";
constexpr const char* kRead = "SELECT " BILLCTL_QUEUED_COLUMNS
                              " FROM entry_open AS o CROSS JOIN entry AS e ON e.id = o.entry_id "
                              "WHERE o.entry_id > :after ORDER BY o.entry_id LIMIT :limit";
constexpr const char* kReadThese =
    "SELECT " BILLCTL_QUEUED_COLUMNS " FROM bulk_rows AS b CROSS JOIN entry AS e ON e.id = b.c0";
constexpr const char* kParkedCounts =
    "SELECT reason, entries FROM parked_count WHERE tenant_id = :tenant AND entries > 0 "
    "ORDER BY reason";
constexpr const char* kParked = "SELECT reason, detail FROM entry_parked WHERE entry_id = :id";
constexpr const char* kIsOpen = "SELECT EXISTS (SELECT 1 FROM entry_open WHERE entry_id = :id)";
constexpr const char* kLastParked = "SELECT coalesce(max(entry_id), 0) FROM entry_parked";
constexpr const char* kOpen =
    "INSERT OR IGNORE INTO entry_open (entry_id) SELECT c0 FROM bulk_rows";
constexpr const char* kRemove = "DELETE FROM entry_open WHERE entry_id BETWEEN :first AND :last";
constexpr const char* kPark =
    "INSERT INTO entry_parked (entry_id, tenant_id, reason, detail, task_id, project_id) "
    "SELECT c0, c1, c2, c3, c4, c5 FROM bulk_rows";
constexpr const char* kUnpark =
    "DELETE FROM entry_parked WHERE entry_id IN (SELECT c0 FROM bulk_rows)";

EntryKind kind_of(std::string_view word) {
  const auto kind = entry_kind_of(word);
  if (!kind) throw Error(Reason::corrupt, "an entry is of no known kind", "run `billctl verify`");
  return *kind;
}

std::optional<Instant> instant_or_none(const Query& query, int column) {
  if (const auto seconds = query.integer_or_null(column)) return Instant::from_seconds(*seconds);
  return std::nullopt;
}

Date date_of(std::string_view text) {
  const auto date = Date::parse(text);
  if (!date) throw Error(Reason::corrupt, "a work date is no date", "run `billctl verify`");
  return *date;
}

/// What is rarely there and costs nothing when it is asked for in this order.
void fill_rest(const Query& query, Entry& entry) {
  entry.source = query.text(17);
  entry.quantity = query.decimal_or_null(18);
  entry.unit = query.text(19);
  entry.amount_minor = query.integer_or_null(20);
  entry.distance_metres = query.integer_or_null(21);
  entry.transport_seconds = query.integer_or_null(22);
  entry.transport_unit_price = query.decimal_or_null(23);
  entry.parent = query.id<EntryId>(24);
}

void fill(const Query& query, Entry& entry) {
  entry.id = query.id<EntryId>(0);
  entry.kind = kind_of(query.text(2));
  entry.task = query.id<TaskId>(3);
  entry.project = query.id<ProjectId>(4);
  entry.member = query.id<MemberId>(5);
  entry.started_at = instant_or_none(query, 6);
  entry.stopped_at = instant_or_none(query, 7);
  entry.raw_seconds = query.integer_or_null(8);
  entry.work_on = date_of(query.text(9));
  entry.product = query.id<ProductId>(10);
  entry.job_type = query.id<JobTypeId>(11);
  entry.charge = charge_of(query.text(12)).value_or(Charge::non_billable);
  entry.confirmed_at = instant_or_none(query, 13);
  entry.unit_price = query.decimal_or_null(14);
  entry.archived_at = instant_or_none(query, 15);
  entry.withdrawn_at = instant_or_none(query, 16);
  fill_rest(query, entry);
}

/// Ids as rows of one column.
const auto kIdCell = [](const EntryId& id, int, BulkCell& cell) { cell.integer(id.value); };

}  // namespace

EntryQueue::EntryQueue(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {
  register_bulk_rows(ledger);
}

std::int64_t EntryQueue::size(std::int64_t most) {
  Query query(ledger_, kSize);
  query.bind(":most", most);
  query.step();
  return query.integer(0);
}

void EntryQueue::read_rows(Query& query, std::vector<QueuedEntry>& entries) {
  std::size_t count = 0;
  while (query.step()) {
    if (count == entries.size()) entries.emplace_back();
    QueuedEntry& queued = entries[count++];
    queued.mine = query.integer(1) == tenant_.value;
    fill(query, queued.entry);
  }
  entries.resize(count);
}

void EntryQueue::read(EntryId after, std::int64_t limit, std::vector<QueuedEntry>& entries) {
  Query query(ledger_, kRead);
  query.bind(":after", after).bind(":limit", limit);
  read_rows(query, entries);
}

void EntryQueue::read_these(std::span<const EntryId> ids, std::vector<QueuedEntry>& entries) {
  entries.clear();
  read_bulk(
      ledger_, kReadThese, bulk_rows_of(ids, kIdCell), [](Query&) {},
      [&](Query& query) {
        QueuedEntry& queued = entries.emplace_back();
        queued.mine = query.integer(1) == tenant_.value;
        fill(query, queued.entry);
      });
}

std::map<Reason, std::int64_t> EntryQueue::parked() {
  Query query(ledger_, kParkedCounts);
  query.bind(":tenant", tenant_);
  std::map<Reason, std::int64_t> counts;
  while (query.step()) {
    if (const auto reason = reason_of(query.text(0))) counts[*reason] = query.integer(1);
  }
  return counts;
}

std::optional<Finding> EntryQueue::parked(EntryId entry) {
  Query query(ledger_, kParked);
  query.bind(":id", entry);
  if (!query.step()) return std::nullopt;
  const auto reason = reason_of(query.text(0));
  if (!reason) throw Error(Reason::corrupt, "an entry is parked for no known reason");
  return Finding{*reason, query.string(1)};
}

bool EntryQueue::is_open(EntryId entry) {
  Query query(ledger_, kIsOpen);
  query.bind(":id", entry);
  query.step();
  return query.boolean(0);
}

void EntryQueue::open(std::span<const EntryId> entries) {
  insert_rows(ledger_, kOpen, entries, kIdCell);
  insert_rows(ledger_, kUnpark, entries, kIdCell);
}

void EntryQueue::remove(EntryId first, EntryId last) {
  Query(ledger_, kRemove).bind(":first", first).bind(":last", last).run();
}

void EntryQueue::park(std::span<const ParkedEntry> entries) {
  const auto cell = [this](const ParkedEntry& parked, int column, BulkCell& out) {
    switch (column) {
      case 0:
        return out.integer(parked.entry.value);
      case 1:
        return out.integer(tenant_.value);
      case 2:
        return out.text(word(parked.reason));
      case 3:
        return out.text(parked.detail);
      case 4:
        return out.id(parked.task);
      case 5:
        return out.id(parked.project);
      default:
        return;
    }
  };
  insert_rows(ledger_, kPark, entries, cell);
}

void EntryQueue::unpark(std::span<const EntryId> entries) {
  if (!last_parked_) {
    Query query(ledger_, kLastParked);
    query.step();
    last_parked_ = query.integer(0);
  }
  // Entries newer than all that is parked need no search; the ids are in order.
  if (entries.empty() || entries.front().value > *last_parked_) return;
  insert_rows(ledger_, kUnpark, entries, kIdCell);
}

}  // namespace billctl
