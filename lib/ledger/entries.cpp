#include "ledger/entries.hpp"

#include <array>

#include "ledger/bulk_source.hpp"
#include "ledger/entry_row.hpp"

namespace billctl {
namespace {

constexpr const char* kLastId = "SELECT coalesce(max(id), 0) FROM entry";
constexpr const char* kFind = "SELECT id FROM entry WHERE tenant_id = :tenant AND ref = :ref";
constexpr const char* kGet = "SELECT id, " BILLCTL_ENTRY_COLUMNS " FROM entry WHERE id = :id";
constexpr const char* kFindAll =
    "SELECT e.id, " BILLCTL_ENTRY_COLUMNS
    ", b.c0 FROM bulk_rows AS b "
    "CROSS JOIN entry AS e WHERE e.tenant_id = :tenant AND e.ref = b.c1";
constexpr const char* kIdsOf =
    "SELECT b.c0, e.id FROM bulk_rows AS b "
    "CROSS JOIN entry AS e WHERE e.tenant_id = :tenant AND e.ref = b.c1";
constexpr const char* kLocked =
    "SELECT EXISTS (SELECT 1 FROM entry WHERE id = :id AND archived_at IS NOT NULL) OR EXISTS ("
    "SELECT 1 FROM item AS i WHERE i.entry_id = :id AND i.mark <> 'released' AND (i.mark <> '' "
    "OR EXISTS (SELECT 1 FROM item_placed AS p WHERE p.item_id = i.id)))";
constexpr const char* kAdd =
    "INSERT INTO entry (tenant_id, " BILLCTL_ENTRY_COLUMNS
    ") "
    "SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, "
    "c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30 FROM bulk_rows WHERE true "
    "ON CONFLICT (tenant_id, ref) DO NOTHING";
constexpr const char* kQueueRows = "INSERT INTO entry_open (entry_id) SELECT c0 FROM bulk_rows";
constexpr const char* kQueueAdded =
    "INSERT INTO entry_open (entry_id) SELECT id FROM entry "
    "WHERE id BETWEEN :first AND :last ORDER BY id";
constexpr const char* kChange =
    "UPDATE entry SET (" BILLCTL_ENTRY_COLUMNS
    ") = "
    "(SELECT c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, "
    "c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30 FROM bulk_rows) "
    "WHERE id = (SELECT c0 FROM bulk_rows)";
constexpr const char* kOfSource =
    "SELECT id FROM entry WHERE tenant_id = :tenant AND source = :source "
    "AND work_on BETWEEN :first AND :last AND withdrawn_at IS NULL ORDER BY id";
constexpr const char* kAnyOfTask =
    "SELECT EXISTS (SELECT 1 FROM entry WHERE task_id = :task AND withdrawn_at IS NULL)";
constexpr const char* kRunningOf =
    "SELECT id FROM entry WHERE tenant_id = :tenant AND member_id = :member AND kind = 'time' "
    "AND stopped_at IS NULL AND raw_seconds IS NULL AND withdrawn_at IS NULL "
    "AND archived_at IS NULL ORDER BY id";
constexpr const char* kAttached =
    "SELECT id FROM entry WHERE parent_id = :session AND withdrawn_at IS NULL ORDER BY id";
constexpr const char* kSetArchived = "UPDATE entry SET archived_at = :at WHERE id = :id";
constexpr const char* kWithdraw = "UPDATE entry SET withdrawn_at = :at WHERE id = :id";
constexpr const char* kSetParent = "UPDATE entry SET parent_id = :parent WHERE id = :id";
constexpr const char* kQueue = "INSERT OR IGNORE INTO entry_open (entry_id) VALUES (:id)";
constexpr const char* kUnpark = "DELETE FROM entry_parked WHERE entry_id = :id";
constexpr const char* kFollowProjects =
    "UPDATE entry SET project_id = (SELECT project_id FROM task WHERE task.id = entry.task_id) "
    "WHERE tenant_id = :tenant AND task_id IN (SELECT c0 FROM bulk_rows) "
    "AND archived_at IS NULL AND NOT EXISTS ("
    "SELECT 1 FROM item AS i WHERE i.entry_id = entry.id AND i.mark <> 'released' AND (i.mark <> "
    "'' "
    "OR EXISTS (SELECT 1 FROM item_placed AS p WHERE p.item_id = i.id)))";

constexpr const char* kStayedBehind =
    "INSERT OR IGNORE INTO task_elsewhere (task_id, work) "
    "SELECT DISTINCT e.task_id, coalesce(e.project_id, -e.task_id) FROM entry AS e "
    "CROSS JOIN task AS t ON t.id = e.task_id WHERE e.tenant_id = :tenant "
    "AND e.task_id IN (SELECT c0 FROM bulk_rows) AND e.project_id IS NOT t.project_id";

/// What SQLite asks of a row while it is written: `dates` are the work dates as text.
struct RowCell {
  TenantId tenant;
  const EntryRow* first;
  const std::array<char, 10>* dates;

  void operator()(const EntryRow& row, int column, BulkCell& cell) const {
    switch (column) {
      case 0:
        return cell.integer(row.id.value);
      case 1:
        return cell.integer(tenant.value);
      case 2:
        return cell.text(row.ref);
      case 3:
        return cell.text(row.source);
      case 4:
        return cell.text(word(row.kind));
      case 5:
        return cell.id(row.task);
      case 6:
        return cell.id(row.project);
      case 7:
        return cell.id(row.member);
      case 8:
        return cell.integer(row.started_at);
      case 9:
        return cell.integer(row.stopped_at);
      case 10:
        return cell.integer(row.raw_seconds);
      case 11:
        return cell.text({dates[&row - first].data(), 10});
      case 12:
        return cell.text(row.zone);
      case 13:
        return cell.integer(row.quantity_micro);
      case 14:
        return cell.text(row.unit);
      case 15:
        return cell.integer(row.unit_price_micro);
      case 16:
        return cell.integer(row.amount_minor);
      case 17:
        return cell.integer(row.distance_metres);
      case 18:
        return cell.integer(row.transport_seconds);
      case 19:
        return cell.integer(row.transport_unit_price_micro);
      case 20:
        return cell.id(row.product);
      case 21:
        return cell.id(row.job_type);
      case 22:
        return cell.text(row.description);
      case 23:
        return cell.text(word(row.charge));
      case 24:
        return cell.integer(row.confirmed_at);
      case 25:
        return cell.text(row.confirmed_by);
      case 26:
        return cell.integer(row.to_rebill ? 1 : 0);
      case 27:
        return cell.id(row.parent);
      case 28:
        return cell.text(row.invoiced_as);
      case 29:
        return cell.integer(row.archived_at);
      case 30:
        return cell.integer(row.withdrawn_at);
      default:
        return;
    }
  }
};

std::vector<std::array<char, 10>> date_texts(std::span<const EntryRow> rows) {
  std::vector<std::array<char, 10>> texts(rows.size());
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i].work_on == rows[i - 1].work_on) {
      texts[i] = texts[i - 1];
      continue;
    }
    text.clear();
    rows[i].work_on.append_to(text);
    std::copy_n(text.data(), 10, texts[i].data());
  }
  return texts;
}

}  // namespace

Entries::Entries(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {
  register_bulk_rows(ledger);
}

std::int64_t Entries::last_id() {
  Query query(ledger_, kLastId);
  query.step();
  return query.integer(0);
}

std::optional<EntryId> Entries::find(std::string_view ref) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":ref", ref);
  if (!query.step()) return std::nullopt;
  return query.id<EntryId>(0);
}

void Entries::get(EntryId id, const std::function<void(const EntryRow&)>& each) {
  Query query(ledger_, kGet);
  query.bind(":id", id);
  expect(query.step(), "a referenced entry is there");
  each(entry_row_of(query));
}

void Entries::find_all(std::span<const EntryRow> rows,
                       const std::function<void(std::size_t, const EntryRow&)>& each) {
  const auto cell = [&](const EntryRow& row, int column, BulkCell& out) {
    if (column == 0) return out.integer(&row - rows.data());
    out.text(row.ref);
  };
  read_bulk(
      ledger_, kFindAll, bulk_rows_of(rows, cell),
      [&](Query& query) { query.bind(":tenant", tenant_); },
      [&](Query& query) {
        each(static_cast<std::size_t>(query.integer(30)), entry_row_of(query));
      });
}

std::vector<EntryId> Entries::ids_of(std::span<const std::string_view> refs) {
  std::vector<EntryId> ids(refs.size());
  const auto cell = [&](const std::string_view& ref, int column, BulkCell& out) {
    if (column == 0) return out.integer(&ref - refs.data());
    out.text(ref);
  };
  read_bulk(
      ledger_, kIdsOf, bulk_rows_of(refs, cell),
      [&](Query& query) { query.bind(":tenant", tenant_); },
      [&](Query& query) {
        ids[static_cast<std::size_t>(query.integer(0))] = query.id<EntryId>(1);
      });
  return ids;
}

std::vector<EntryId> Entries::of_source(std::string_view source, const Period& days) {
  Query query(ledger_, kOfSource);
  query.bind(":tenant", tenant_)
      .bind(":source", source)
      .bind(":first", days.first().to_text())
      .bind(":last", days.last().to_text());
  std::vector<EntryId> ids;
  while (query.step()) ids.push_back(query.id<EntryId>(0));
  return ids;
}

std::vector<EntryId> Entries::running_of(MemberId member) {
  Query query(ledger_, kRunningOf);
  query.bind(":tenant", tenant_).bind(":member", member);
  std::vector<EntryId> ids;
  while (query.step()) ids.push_back(query.id<EntryId>(0));
  return ids;
}

std::vector<EntryId> Entries::attached(EntryId session) {
  Query query(ledger_, kAttached);
  query.bind(":session", session);
  std::vector<EntryId> ids;
  while (query.step()) ids.push_back(query.id<EntryId>(0));
  return ids;
}

bool Entries::any_of_task(TaskId task) {
  Query query(ledger_, kAnyOfTask);
  query.bind(":task", task);
  query.step();
  return query.boolean(0);
}

bool Entries::locked(EntryId id) {
  Query query(ledger_, kLocked);
  query.bind(":id", id);
  query.step();
  return query.boolean(0);
}

std::size_t Entries::add(std::span<EntryRow> rows) {
  if (rows.empty()) return 0;
  const std::span<const EntryRow> to_add(rows);
  const auto dates = date_texts(to_add);
  const RowCell cell{tenant_, rows.data(), dates.data()};
  const std::int64_t first = last_id() + 1;
  const std::int64_t before = sqlite3_total_changes64(ledger_.connection().handle());
  insert_rows(ledger_, kAdd, to_add, cell);
  const std::int64_t added = sqlite3_total_changes64(ledger_.connection().handle()) - before;
  number(rows, first, added);
  if (added == std::ssize(rows)) {
    insert_rows(ledger_, kQueueRows, to_add, cell);
  } else {
    Query(ledger_, kQueueAdded).bind(":first", first).bind(":last", first + added - 1).run();
  }
  return static_cast<std::size_t>(added);
}

/// SQLite numbers new rows one after the other, from `first` on, as they come.
void Entries::number(std::span<EntryRow> rows, std::int64_t first, std::int64_t added) {
  std::vector<std::string_view> refs;
  std::vector<EntryId> ids;
  if (added > 0 && added < std::ssize(rows)) {
    for (const EntryRow& row : rows) refs.push_back(row.ref);
    ids = ids_of(refs);
  }
  std::int64_t next = first;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_new = added > 0 && (ids.empty() || ids[i].value == next);
    rows[i].id = EntryId{is_new ? next++ : 0};
  }
}

void Entries::change(const EntryRow& row) {
  const std::span<const EntryRow> one(&row, 1);
  const auto dates = date_texts(one);
  insert_rows(ledger_, kChange, one, RowCell{tenant_, &row, dates.data()});
  queue(row.id);
}

void Entries::withdraw(EntryId id, std::int64_t at) {
  Query(ledger_, kWithdraw).bind(":id", id).bind(":at", at).run();
  queue(id);
}

void Entries::set_parent(EntryId id, EntryId parent) {
  Query(ledger_, kSetParent).bind(":id", id).bind_or_null(":parent", parent).run();
}

void Entries::set_archived(EntryId id, std::optional<std::int64_t> at) {
  Query(ledger_, kSetArchived).bind(":id", id).bind(":at", at).run();
  queue(id);
}

void Entries::queue(EntryId id) {
  Query(ledger_, kQueue).bind(":id", id).run();
  Query(ledger_, kUnpark).bind(":id", id).run();
}

void Entries::follow_projects(std::span<const TaskId> tasks) {
  const auto cell = [](const TaskId& task, int, BulkCell& out) { out.integer(task.value); };
  for (const char* sql : {kFollowProjects, kStayedBehind}) {
    read_bulk(
        ledger_, sql, bulk_rows_of(tasks, cell),
        [&](Query& query) { query.bind(":tenant", tenant_); }, [](Query&) {});
  }
}

}  // namespace billctl
