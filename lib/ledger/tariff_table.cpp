#include "ledger/tariff_table.hpp"

#include "ledger/connection.hpp"
#include "ledger/tariff_rows.hpp"

namespace billctl {
namespace {

// Each is read as a whole or by one row; the columns are the same.
#define BILLCTL_TASKS                                                                   \
  "SELECT id, client_id, project_id, team_id, billable, product_id, price_list, unit, " \
  "unit_price_micro, status = 'done', code FROM task WHERE "
#define BILLCTL_PROJECTS                                                                \
  "SELECT p.id, p.client_id, p.engagement_id, p.currency, p.status, p.billable_kinds, " \
  "p.time_rule, p.internal, p.code, coalesce(e.currency, '') "                          \
  "FROM project AS p LEFT JOIN engagement AS e ON e.id = p.engagement_id WHERE p."
#define BILLCTL_CLIENTS "SELECT id, currency, price_list, time_rule, code FROM client WHERE "
#define BILLCTL_MEMBERS "SELECT id, team_id, role, code FROM member WHERE "
#define BILLCTL_PRODUCTS \
  "SELECT id, code, unit, unit_price_micro, currency, auto_created FROM product WHERE "
#define BILLCTL_JOB_TYPES "SELECT id, billable FROM job_type WHERE "

constexpr const char* kTasks = BILLCTL_TASKS "tenant_id = :tenant ORDER BY id";
constexpr const char* kTaskCount = "SELECT count(*) FROM task WHERE tenant_id = :tenant";
constexpr const char* kTask = BILLCTL_TASKS "id = :id";
constexpr const char* kProjects = BILLCTL_PROJECTS "tenant_id = :tenant ORDER BY p.id";
constexpr const char* kProject = BILLCTL_PROJECTS "id = :id";
constexpr const char* kClients = BILLCTL_CLIENTS "tenant_id = :tenant ORDER BY id";
constexpr const char* kClient = BILLCTL_CLIENTS "id = :id";
constexpr const char* kMembers = BILLCTL_MEMBERS "tenant_id = :tenant ORDER BY id";
constexpr const char* kMember = BILLCTL_MEMBERS "id = :id";
constexpr const char* kProducts = BILLCTL_PRODUCTS "tenant_id = :tenant ORDER BY id";
constexpr const char* kProduct = BILLCTL_PRODUCTS "id = :id";
constexpr const char* kDefaultProducts =
    BILLCTL_PRODUCTS "tenant_id = :tenant AND auto_created <> '' ORDER BY id";
constexpr const char* kJobTypes = BILLCTL_JOB_TYPES "tenant_id = :tenant ORDER BY id";
constexpr const char* kJobType = BILLCTL_JOB_TYPES "id = :id";
constexpr const char* kPrices = BILLCTL_PRICES "ORDER BY id";
constexpr const char* kPricesOf =
    BILLCTL_PRICES "AND list = :list AND product_id = :product ORDER BY id";
constexpr const char* kRates = BILLCTL_RATES "ORDER BY id";
constexpr const char* kRatesOfAll =
    BILLCTL_RATES "AND project_id = 0 AND client_id = 0 AND member_id = :id ORDER BY id";
constexpr const char* kRatesOfClient =
    BILLCTL_RATES "AND project_id = 0 AND client_id = :id ORDER BY id";
constexpr const char* kRatesOfProject = BILLCTL_RATES "AND project_id = :id ORDER BY id";
constexpr const char* kAssignments = BILLCTL_ASSIGNMENTS "ORDER BY id";
constexpr const char* kAssignmentsOf =
    BILLCTL_ASSIGNMENTS "AND scope = :scope AND target = :target ORDER BY id";
constexpr const char* kTeamCode = "SELECT code FROM team WHERE id = :id";

Task task_of(const Query& query) {
  Task task;
  task.id = query.id<TaskId>(0);
  task.client = query.id<ClientId>(1);
  task.project = query.id<ProjectId>(2);
  task.team = query.id<TeamId>(3);
  task.billable = query.boolean(4);
  task.product = query.id<ProductId>(5);
  task.price_list = query.text(6);
  task.unit = query.text(7);
  task.unit_price = query.decimal_or_null(8);
  task.status = query.boolean(9) ? TaskStatus::done : TaskStatus::open;
  return task;
}

Project project_of(const Query& query) {
  Project project;
  project.id = query.id<ProjectId>(0);
  project.client = query.id<ClientId>(1);
  project.engagement = query.id<EngagementId>(2);
  project.currency = query.text(3);
  project.status = project_status_of(query.text(4));
  project.billable_kinds = query.text(5);
  project.time_rule = query.text(6);
  project.internal = query.boolean(7);
  project.code = query.text(8);
  return project;
}

Product product_of(const Query& query) {
  Product product;
  product.id = query.id<ProductId>(0);
  product.code = query.text(1);
  product.unit = query.text(2);
  product.unit_price = query.decimal_or_null(3);
  product.currency = query.text(4);
  product.auto_created = default_product_of(query.text(5));
  return product;
}

}  // namespace

void TariffTable::add_client(Query& query) {
  tariff_.add_client(query.id<ClientId>(0), query.text(1), query.text(2), query.text(3));
}

void TariffTable::add_member(Query& query) {
  tariff_.members.add(query.id<MemberId>(0),
                      {query.id<TeamId>(1), tariff_.rates.role(query.text(2))});
}

void TariffTable::read_all() {
  expect(!begun_, "a tariff is read whole before anything else of it");
  const Currency base = tariff_.rules.base;
  const auto each = [&](const char* sql, const auto& add) {
    Query query(ledger_, sql);
    query.bind(":tenant", tenant_);
    while (query.step()) add(query);
  };
  each(kTaskCount,
       [&](Query& q) { tariff_.tasks.reserve(static_cast<std::size_t>(q.integer(0))); });
  each(kTasks, [&](Query& q) { tariff_.add(q.id<TaskId>(0), task_of(q)); });
  each(kProjects, [&](Query& q) { tariff_.add(q.id<ProjectId>(0), project_of(q), q.text(9)); });
  each(kClients, [&](Query& q) { add_client(q); });
  each(kMembers, [&](Query& q) { add_member(q); });
  each(kProducts, [&](Query& q) { tariff_.add(q.id<ProductId>(0), product_of(q)); });
  each(kJobTypes, [&](Query& q) { tariff_.job_types.add(q.id<JobTypeId>(0), {q.boolean(1)}); });
  each(kPrices, [&](Query& q) { tariff_.price_lists.add(price_list_row_of(q), base); });
  each(kRates, [&](Query& q) { tariff_.rates.add(rate_of(q), base); });
  each(kAssignments, [&](Query& q) { tariff_.assignments.add(assignment_of(q)); });
  all_ = begun_ = true;
}

void TariffTable::read_for(std::span<const QueuedEntry> entries) {
  if (all_) return;
  if (!begun_) {
    begun_ = true;
    need_assignments("tenant", "*");
    need_rates(kRatesOfAll, 0);
    std::vector<ProductId> defaults;
    Query query(ledger_, kDefaultProducts);
    query.bind(":tenant", tenant_);
    while (query.step()) defaults.push_back(query.id<ProductId>(0));
    for (const ProductId product : defaults) need(product);
  }
  for (const QueuedEntry& queued : entries) {
    if (!queued.mine) continue;
    const Entry& entry = queued.entry;
    need(entry.task);
    need(entry.project);
    need(entry.member);
    need(entry.product);
    need(entry.job_type);
  }
  read_prices();
}

void TariffTable::need(TaskId id) {
  if (!first_time(tasks_, id)) return;
  Query query(ledger_, kTask);
  query.bind(":id", id);
  if (!query.step()) return;
  const Task task = task_of(query);
  tariff_.add(id, task);
  need_assignments("task", query.string(10));
  need_list(task.price_list);
  need(task.project);
  need(task.client);
  need(task.team);
  need(task.product);
}

void TariffTable::need(ProjectId id) {
  if (!first_time(projects_, id)) return;
  Query query(ledger_, kProject);
  query.bind(":id", id);
  if (!query.step()) return;
  const Project project = project_of(query);
  tariff_.add(id, project, query.text(9));
  need_rates(kRatesOfProject, id.value);
  need(project.client);
}

void TariffTable::need(ClientId id) {
  if (!first_time(clients_, id)) return;
  Query query(ledger_, kClient);
  query.bind(":id", id);
  if (!query.step()) return;
  add_client(query);
  need_assignments("contact", query.string(4));
  need_list(query.string(2));
  need_rates(kRatesOfClient, id.value);
}

void TariffTable::need(MemberId id) {
  if (!first_time(members_, id)) return;
  Query query(ledger_, kMember);
  query.bind(":id", id);
  if (!query.step()) return;
  add_member(query);
  need_assignments("membership", query.string(3));
  need(query.id<TeamId>(1));
  need_rates(kRatesOfAll, id.value);
}

void TariffTable::need(TeamId id) {
  if (!first_time(teams_, id)) return;
  Query query(ledger_, kTeamCode);
  query.bind(":id", id);
  if (query.step()) need_assignments("team", query.string(0));
}

void TariffTable::need(ProductId id) {
  if (!first_time(products_, id)) return;
  Query query(ledger_, kProduct);
  query.bind(":id", id);
  if (query.step()) tariff_.add(id, product_of(query));
}

void TariffTable::need(JobTypeId id) {
  if (!first_time(job_types_, id)) return;
  Query query(ledger_, kJobType);
  query.bind(":id", id);
  if (query.step()) tariff_.job_types.add(id, {query.boolean(1)});
}

void TariffTable::need_list(const std::string& list) {
  if (!list.empty()) lists_.insert(list);
}

void TariffTable::need_assignments(std::string_view scope, std::string_view target) {
  Query query(ledger_, kAssignmentsOf);
  query.bind(":tenant", tenant_).bind(":scope", scope).bind(":target", target);
  while (query.step()) {
    const Assignment assignment = assignment_of(query);
    tariff_.assignments.add(assignment);
    need(assignment.product);
  }
}

void TariffTable::need_rates(const char* sql, std::int64_t id) {
  Query query(ledger_, sql);
  query.bind(":tenant", tenant_).bind(":id", id);
  while (query.step()) tariff_.rates.add(rate_of(query), tariff_.rules.base);
}

/// Of the lists in use only the rows of products that may be chosen.
void TariffTable::read_prices() {
  for (const std::string& list : lists_) {
    for (const ProductId product : products_) read_prices_of(list, product);
  }
}

void TariffTable::read_prices_of(const std::string& list, ProductId product) {
  if (!priced_.insert({list, product}).second) return;
  Query query(ledger_, kPricesOf);
  query.bind(":tenant", tenant_).bind(":list", list).bind(":product", product);
  while (query.step()) tariff_.price_lists.add(price_list_row_of(query), tariff_.rules.base);
}

}  // namespace billctl
