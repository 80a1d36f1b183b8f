#include "ledger/work_entries.hpp"

#include <algorithm>

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr int kBlockBits = 16;  // of the index entry_of_work

constexpr const char* kLastEntry = "SELECT coalesce(max(id), 0) FROM entry";
constexpr const char* kThere =
    "SELECT id FROM entry INDEXED BY entry_of_work "
    "WHERE id >> 16 = :block AND coalesce(project_id, -task_id) = :work AND id > :after";
constexpr const char* kProjectsOfClient =
    "SELECT id FROM project INDEXED BY project_of_client WHERE client_id = :client";
constexpr const char* kTasksOfClient =
    "SELECT coalesce(project_id, -id) FROM task INDEXED BY task_of_client "
    "WHERE client_id = :client";
constexpr const char* kPlaceOfTask = "SELECT coalesce(project_id, -id) FROM task WHERE id = :task";
constexpr const char* kElsewhere =
    "SELECT s.work, t.id, t.client_id, t.project_id, p.client_id FROM task_elsewhere AS s "
    "CROSS JOIN task AS t ON t.id = s.task_id LEFT JOIN project AS p ON p.id = t.project_id";
constexpr const char* kQueued = "SELECT entry_id FROM entry_open ORDER BY entry_id";
constexpr const char* kParked = "SELECT entry_id FROM entry_parked ORDER BY entry_id";
constexpr const char* kPending =
    "SELECT i.entry_id FROM item_open AS o CROSS JOIN item AS i ON i.id = o.item_id "
    "ORDER BY o.item_id";
#define BILLCTL_PENDING_COLUMNS                                                           \
  "i.kind, i.client_id, i.project_id, i.task_id, i.member_id, i.work_on, i.raw_seconds, " \
  "i.amount_minor, i.price_source, i.currency"
constexpr const char* kPendingItems =
    "SELECT i.entry_id, " BILLCTL_PENDING_COLUMNS
    " FROM item_open AS o "
    "CROSS JOIN item AS i ON i.id = o.item_id WHERE i.tenant_id = :tenant "
    "AND NOT EXISTS (SELECT 1 FROM entry_open AS q WHERE q.entry_id = i.entry_id) "
    "ORDER BY o.item_id";
constexpr const char* kPendingThere =
    "SELECT e.id, " BILLCTL_PENDING_COLUMNS
    ", o.item_id IS NOT NULL, q.entry_id IS NOT NULL OR (i.id IS NULL AND "
    "EXISTS (SELECT 1 FROM entry_parked AS k WHERE k.entry_id = e.id)) "
    "FROM entry AS e INDEXED BY entry_of_work "
    "LEFT JOIN item AS i INDEXED BY item_live ON i.entry_id = e.id AND i.mark <> 'released' "
    "LEFT JOIN item_open AS o ON o.item_id = i.id LEFT JOIN entry_open AS q ON q.entry_id = e.id "
    "WHERE e.id >> 16 = :block AND coalesce(e.project_id, -e.task_id) = :work";
constexpr const char* kUnconfirmed =
    "SELECT id FROM entry INDEXED BY entry_unconfirmed "
    "WHERE confirmed_at IS NULL AND archived_at IS NULL AND withdrawn_at IS NULL AND id > :after "
    "ORDER BY id LIMIT :limit";
constexpr const char* kWaitForSession =
    "SELECT c.id FROM entry AS c INDEXED BY entry_attached_confirmed "
    "CROSS JOIN entry AS u ON u.id = c.parent_id "
    "WHERE c.parent_id IS NOT NULL AND c.confirmed_at IS NOT NULL AND c.archived_at IS NULL "
    "AND c.withdrawn_at IS NULL AND c.id > :after AND c.id <= :last AND u.confirmed_at IS NULL";
constexpr const char* kUnconfirmedOfMember =
    "SELECT id FROM entry INDEXED BY entry_unconfirmed_of_member "
    "WHERE confirmed_at IS NULL AND archived_at IS NULL AND withdrawn_at IS NULL "
    "AND id >> 16 = :block AND member_id = :member AND work_on BETWEEN :first AND :last";
constexpr const char* kClients =
    "SELECT id, code FROM client WHERE tenant_id = :tenant AND code >= :from ORDER BY code";

/// Mileage may have its travel time beside it, and goods follow a session.
bool is_alone(const Query& query) {
  const std::string_view kind = query.text(1);
  return kind != "mileage" && kind != "travel_time" && kind != "goods";
}

/// @param last the currency of the row before: mostly this one's too.
PendingWork pending_of(const Query& query, Currency& last) {
  PendingWork one;
  one.entry = query.id<EntryId>(0);
  one.alone = is_alone(query);
  if (!one.alone) return one;
  const std::string_view kind = query.text(1);
  const bool timed = kind == "time" || kind == "joined";
  one.kind = timed ? EntryKind::time : entry_kind_of(kind).value();
  one.client = query.id<ClientId>(2);
  one.project = query.id<ProjectId>(3);
  one.task = query.id<TaskId>(4);
  one.member = query.id<MemberId>(5);
  one.work_on = Date::parse(query.text(6)).value();
  if (timed) one.seconds = query.integer_or_null(7).value_or(0);
  one.amount_minor = query.integer(8);
  const std::string_view source = query.text(9);
  one.uncharged = source == "contractual" || source == "joined";
  one.unpriced = source == "none";
  if (query.text(10) != last.code()) last = Currency::of(query.text(10)).value();
  one.currency = last;
  return one;
}

template <class Value>
void sort_once(std::vector<Value>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

std::int64_t WorkEntries::last_block() {
  Query query(ledger_, kLastEntry);
  query.step();
  return query.integer(0) >> kBlockBits;
}

/// Locked entries that stayed where they were when their task went to another project. There are
/// hardly any.
void WorkEntries::add_elsewhere(std::vector<WorkPlace>& places, TaskId task, ClientId client) {
  const std::vector<WorkPlace> known = places;
  Query query(ledger_, kElsewhere);
  while (query.step()) {
    const auto own = query.id<ClientId>(2);
    const ClientId of = own ? own : query.id<ClientId>(4);
    const bool on_project =
        !query.is_null(3) && std::ranges::binary_search(known, query.integer(3));
    if (task ? query.id<TaskId>(1) == task : on_project || (client && of == client))
      places.push_back(query.integer(0));
  }
  sort_once(places);
}

std::vector<WorkPlace> WorkEntries::places(ClientId client) {
  std::vector<WorkPlace> places;
  for (const char* sql : {kProjectsOfClient, kTasksOfClient}) {
    Query query(ledger_, sql);
    query.bind(":client", client);
    while (query.step()) places.push_back(query.integer(0));
  }
  sort_once(places);
  add_elsewhere(places, TaskId{}, client);
  return places;
}

std::vector<WorkPlace> WorkEntries::places(ProjectId project) {
  std::vector<WorkPlace> places = {project.value};
  add_elsewhere(places, TaskId{}, ClientId{});
  return places;
}

std::vector<WorkPlace> WorkEntries::places(TaskId task) {
  std::vector<WorkPlace> places;
  Query query(ledger_, kPlaceOfTask);
  query.bind(":task", task);
  while (query.step()) places.push_back(query.integer(0));
  add_elsewhere(places, task, ClientId{});
  return places;
}

std::optional<std::vector<WorkPlace>> WorkEntries::places(const Filter& filter) {
  std::vector<WorkPlace> all;
  const auto gather = [&](const auto& ids) {
    for (const auto id : ids) {
      const auto more = places(id);
      all.insert(all.end(), more.begin(), more.end());
    }
    sort_once(all);
    return std::optional(std::move(all));
  };
  if (!filter.tasks.empty()) return gather(filter.tasks);
  if (!filter.projects.empty()) return gather(filter.projects);
  if (filter.by_client) return gather(filter.clients);
  return std::nullopt;
}

void WorkEntries::each(const std::vector<WorkPlace>& places, EntryId after,
                       const std::function<bool(EntryId)>& each) {
  const std::int64_t last = last_block();
  std::vector<EntryId> block;
  for (std::int64_t number = after.value >> kBlockBits; number <= last; ++number) {
    block.clear();
    Query query(ledger_, kThere);
    for (const WorkPlace place : places) {
      query.bind(":block", number).bind(":work", place).bind(":after", after);
      while (query.step()) block.push_back(query.id<EntryId>(0));
    }
    std::ranges::sort(block);
    for (const EntryId entry : block) {
      if (!each(entry)) return;
    }
  }
}

std::vector<EntryId> WorkEntries::all(const std::vector<WorkPlace>& places) {
  std::vector<EntryId> entries;
  each(places, EntryId{}, [&](EntryId entry) {
    entries.push_back(entry);
    return true;
  });
  return entries;
}

std::vector<EntryId> WorkEntries::open() {
  std::vector<EntryId> entries = waiting();
  Query query(ledger_, kPending);
  while (query.step()) entries.push_back(query.id<EntryId>(0));
  sort_once(entries);
  return entries;
}

std::vector<EntryId> WorkEntries::waiting() {
  std::vector<EntryId> entries;
  for (const char* sql : {kQueued, kParked}) {
    Query query(ledger_, sql);
    while (query.step()) entries.push_back(query.id<EntryId>(0));
  }
  sort_once(entries);
  return entries;
}

void WorkEntries::each_pending(const std::function<void(const PendingWork&)>& each) {
  Query query(ledger_, kPendingItems);
  query.bind(":tenant", tenant_);
  Currency currency = Currency::none();
  while (query.step()) each(pending_of(query, currency));
}

std::vector<EntryId> WorkEntries::each_pending(
    const std::vector<WorkPlace>& places, const std::function<void(const PendingWork&)>& each) {
  std::vector<EntryId> others;
  const std::int64_t last = last_block();
  Currency currency = Currency::none();
  Query query(ledger_, kPendingThere);
  for (std::int64_t number = 0; number <= last; ++number) {
    for (const WorkPlace place : places) {
      query.bind(":block", number).bind(":work", place);
      while (query.step()) {
        const bool pending = query.boolean(11);
        const bool waits = query.boolean(12);
        if (waits || (pending && !is_alone(query))) {
          others.push_back(query.id<EntryId>(0));
        } else if (pending) {
          each(pending_of(query, currency));
        }
      }
    }
  }
  sort_once(others);
  return others;
}

std::vector<EntryId> WorkEntries::unconfirmed(EntryId after, std::int64_t limit) {
  Query query(ledger_, kUnconfirmed);
  query.bind(":after", after).bind(":limit", limit);
  std::vector<EntryId> entries;
  while (query.step()) entries.push_back(query.id<EntryId>(0));
  const bool full = static_cast<std::int64_t>(entries.size()) == limit;
  const EntryId last = full && !entries.empty() ? entries.back() : EntryId{INT64_MAX};
  Query goods(ledger_, kWaitForSession);
  goods.bind(":after", after).bind(":last", last);
  while (goods.step()) entries.push_back(goods.id<EntryId>(0));
  std::ranges::sort(entries);
  return entries;
}

std::vector<EntryId> WorkEntries::unconfirmed(MemberId member, const std::optional<Period>& days) {
  const Date first = days ? days->first() : Date::first_of_all();
  const Date until = days ? days->last() : Date::last_of_all();
  std::vector<EntryId> entries;
  const std::int64_t last = last_block();
  Query query(ledger_, kUnconfirmedOfMember);
  for (std::int64_t number = 0; number <= last; ++number) {
    query.bind(":block", number)
        .bind(":member", member)
        .bind(":first", first.to_text())
        .bind(":last", until.to_text());
    while (query.step()) entries.push_back(query.id<EntryId>(0));
  }
  std::ranges::sort(entries);
  return entries;
}

void WorkEntries::each_client(std::string_view from,
                              const std::function<bool(ClientId, const std::string& code)>& each) {
  Query query(ledger_, kClients);
  query.bind(":tenant", tenant_).bind(":from", from);
  while (query.step()) {
    if (!each(query.id<ClientId>(0), query.string(1))) return;
  }
}

}  // namespace billctl
