#include "ledger/queue_feed.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kChangedKinds =
    "SELECT kind, min(row_id) FROM changed WHERE tenant_id = :tenant GROUP BY kind ORDER BY kind";
constexpr const char* kNothingChanged =
    "SELECT NOT EXISTS (SELECT 1 FROM changed WHERE tenant_id = :tenant)";
constexpr const char* kForget = "DELETE FROM changed WHERE tenant_id = :tenant";

#define BILLCTL_CHANGED(kind) \
  "(SELECT row_id FROM changed WHERE tenant_id = :tenant AND kind = '" kind "')"

// Entries of pending items. The queue of items is small beside the items, so it leads.
#define BILLCTL_PENDING                          \
  "INSERT OR IGNORE INTO entry_open (entry_id) " \
  "SELECT i.entry_id FROM item_open AS o "       \
  "CROSS JOIN item AS i ON i.id = o.item_id WHERE i.tenant_id = :tenant"
constexpr const char* kPendingAll = BILLCTL_PENDING;
// clang-format off
constexpr const char* kPendingSome =
    BILLCTL_PENDING
    " AND (i.task_id IN " BILLCTL_CHANGED("task")
    " OR i.project_id IN " BILLCTL_CHANGED("project")
    " OR i.client_id IN " BILLCTL_CHANGED("client")
    " OR i.engagement_id IN " BILLCTL_CHANGED("engagement")
    " OR i.member_id IN " BILLCTL_CHANGED("member")
    " OR i.job_type_id IN " BILLCTL_CHANGED("job_type") ")";
// clang-format on

// Parked entries, each set read from its own index: first queued, then no longer parked.
// clang-format off
#define BILLCTL_QUEUE \
  "INSERT OR IGNORE INTO entry_open (entry_id) SELECT entry_id FROM entry_parked "
#define BILLCTL_UNPARK "DELETE FROM entry_parked "
#define BILLCTL_ALL "WHERE tenant_id = :tenant"
#define BILLCTL_OF_TASKS BILLCTL_ALL " AND task_id IN " BILLCTL_CHANGED("task")
#define BILLCTL_OF_PROJECTS BILLCTL_ALL " AND project_id IN " BILLCTL_CHANGED("project")
#define BILLCTL_FROM_JOB_TYPE \
  "INDEXED BY entry_parked_priced " BILLCTL_ALL " AND (reason = 'worktype_off' OR " \
  "reason = 'kind_off' OR reason = 'before_from_date' OR reason = 'unit_mismatch' OR " \
  "reason = 'currency_mismatch' OR reason = 'unit_unknown' OR reason = 'no_product')"
#define BILLCTL_FROM_PRICE \
  BILLCTL_FROM_JOB_TYPE " AND reason NOT IN ('worktype_off', 'kind_off', 'before_from_date')"
#define BILLCTL_NO_PRODUCT BILLCTL_FROM_JOB_TYPE " AND reason = 'no_product'"
// clang-format on

struct Parked {
  const char* queue;
  const char* unpark;
};
constexpr Parked kParkedAll = {BILLCTL_QUEUE BILLCTL_ALL, BILLCTL_UNPARK BILLCTL_ALL};
constexpr Parked kParkedOfTasks = {BILLCTL_QUEUE BILLCTL_OF_TASKS, BILLCTL_UNPARK BILLCTL_OF_TASKS};
constexpr Parked kParkedOfProjects = {BILLCTL_QUEUE BILLCTL_OF_PROJECTS,
                                      BILLCTL_UNPARK BILLCTL_OF_PROJECTS};
constexpr Parked kParkedFromJobType = {BILLCTL_QUEUE BILLCTL_FROM_JOB_TYPE,
                                       BILLCTL_UNPARK BILLCTL_FROM_JOB_TYPE};
constexpr Parked kParkedFromPrice = {BILLCTL_QUEUE BILLCTL_FROM_PRICE,
                                     BILLCTL_UNPARK BILLCTL_FROM_PRICE};
constexpr Parked kParkedWithoutProduct = {BILLCTL_QUEUE BILLCTL_NO_PRODUCT,
                                          BILLCTL_UNPARK BILLCTL_NO_PRODUCT};

constexpr const char* kHasAttached =
    "SELECT EXISTS (SELECT 1 FROM entry WHERE parent_id IS NOT NULL)";
constexpr const char* kSpan =
    "SELECT coalesce(min(entry_id), 0), coalesce(max(entry_id), 0) FROM entry_open";
constexpr const char* kCount = "SELECT count(*) FROM entry_open";
// clang-format off
#define BILLCTL_ATTACHED_BY_GOODS \
  "SELECT c.id FROM entry AS c INDEXED BY entry_attached " \
  "CROSS JOIN entry_open AS o ON o.entry_id = c.parent_id " \
  "WHERE c.parent_id BETWEEN :first AND :last"
#define BILLCTL_ATTACHED_BY_QUEUE \
  "SELECT c.id FROM entry_open AS o " \
  "CROSS JOIN entry AS c INDEXED BY entry_attached ON c.parent_id = o.entry_id"
#define BILLCTL_QUEUE_THESE "INSERT OR IGNORE INTO entry_open (entry_id) "
#define BILLCTL_UNPARK_THESE(entries) BILLCTL_UNPARK "WHERE entry_id IN (" entries ")"
// clang-format on
constexpr Parked kAttachedByGoods = {BILLCTL_QUEUE_THESE BILLCTL_ATTACHED_BY_GOODS,
                                     BILLCTL_UNPARK_THESE(BILLCTL_ATTACHED_BY_GOODS)};
constexpr Parked kAttachedByQueue = {BILLCTL_QUEUE_THESE BILLCTL_ATTACHED_BY_QUEUE,
                                     BILLCTL_UNPARK_THESE(BILLCTL_ATTACHED_BY_QUEUE)};

constexpr const char* kHasDays = "SELECT EXISTS (SELECT 1 FROM item WHERE per_day = 1)";
constexpr const char* kDays =
    "INSERT OR IGNORE INTO entry_open (entry_id) "
    "SELECT m.entry_id FROM entry_open AS o "
    "CROSS JOIN item AS i INDEXED BY item_live ON i.entry_id = o.entry_id "
    "AND i.mark <> 'released' AND i.per_day = 1 "
    "CROSS JOIN item AS m INDEXED BY item_of_day ON m.per_day = 1 "
    "AND m.member_id IS i.member_id AND m.project_id IS i.project_id "
    "AND m.work_on = i.work_on AND m.made_event_id IS i.made_event_id "
    "CROSS JOIN item_open AS p ON p.item_id = m.id";

bool answer(Ledger& ledger, const char* sql) {
  Query query(ledger, sql);
  query.step();
  return query.boolean(0);
}

}  // namespace

/// What is to be looked at again.
struct QueueFeed::Affected {
  bool everything = false;
  bool pending_all = false, pending_some = false;
  bool tasks = false, projects = false, job_types = false, prices = false;

  void add(std::string_view kind, bool any_row) {
    if (kind == "team" || kind == "selection" || kind == "contract_line" ||
        kind == "exchange_rate" || kind == "quote_row") {
      return;  // no test and no price reads it
    }
    if (kind == "product" || kind == "assignment" || kind == "price" || kind == "rate") {
      pending_all = prices = true;
    } else if (any_row) {
      everything = true;
    } else if (kind == "task" || kind == "project") {
      (kind == "task" ? tasks : projects) = pending_some = true;
    } else if (kind == "job_type") {
      job_types = pending_some = true;
    } else if (kind == "client" || kind == "engagement" || kind == "member") {
      prices = pending_some = true;
    } else {
      everything = true;
    }
  }
};

void QueueFeed::run(const char* sql) {
  Query(ledger_, sql).bind(":tenant", tenant_).run();
}

bool QueueFeed::nothing_changed() {
  Query query(ledger_, kNothingChanged);
  query.bind(":tenant", tenant_);
  query.step();
  return query.boolean(0);
}

void QueueFeed::follow_changes() {
  Affected affected;
  {
    Query query(ledger_, kChangedKinds);
    query.bind(":tenant", tenant_);
    while (query.step()) affected.add(query.text(0), query.integer(1) == 0);
  }
  if (affected.everything) {
    follow_all();
  } else {
    if (affected.pending_all) run(kPendingAll);
    if (affected.pending_some && !affected.pending_all) run(kPendingSome);
    const auto back = [this](const Parked& parked) {
      run(parked.queue);
      run(parked.unpark);
    };
    if (affected.tasks) back(kParkedOfTasks);
    if (affected.projects) back(kParkedOfProjects);
    if (affected.job_types) back(kParkedFromJobType);
    if (affected.prices && !affected.job_types) back(kParkedFromPrice);
  }
  run(kForget);
}

void QueueFeed::follow_all() {
  run(kPendingAll);
  run(kParkedAll.queue);
  run(kParkedAll.unpark);
}

void QueueFeed::reopen_without_product() {
  run(kParkedWithoutProduct.queue);
  run(kParkedWithoutProduct.unpark);
}

void QueueFeed::follow_sessions() {
  if (!answer(ledger_, kHasAttached)) return;
  Query span(ledger_, kSpan);
  span.step();
  const std::int64_t first = span.integer(0);
  const std::int64_t last = span.integer(1);
  span.reset();
  Query count(ledger_, kCount);
  count.step();
  // A dense queue is found from the goods of its span, a thin one from its own entries.
  const bool dense = last - first <= 4 * count.integer(0);
  count.reset();
  // A run by name takes only what it names, so the others must not wait and be parked as well.
  const Parked& attached = dense ? kAttachedByGoods : kAttachedByQueue;
  for (const char* sql : {attached.queue, attached.unpark}) {
    Query query(ledger_, sql);
    if (dense) query.bind(":first", first).bind(":last", last);
    query.run();
  }
}

void QueueFeed::follow_days() {
  if (answer(ledger_, kHasDays)) Query(ledger_, kDays).run();
}

}  // namespace billctl
