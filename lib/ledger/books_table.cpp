#include "ledger/books_table.hpp"

#include "ledger/connection.hpp"
#include "ledger/tariff_rows.hpp"

namespace billctl {
namespace {

/// Records of one kind: all of a tenant in the order of rows, or those after a row, or one by row
/// or by code. In the order of rows without an index, which would ask for a sort of all.
struct RecordSql {
  const char* all;
  const char* after;
  const char* by_row;
  const char* by_code;
};
#define BILLCTL_RECORDS(select)                                                      \
  {                                                                                  \
    select " NOT INDEXED WHERE tenant_id = :tenant ORDER BY id",                     \
        select " NOT INDEXED WHERE tenant_id = :tenant AND id > :after ORDER BY id", \
        select " WHERE tenant_id = :tenant AND id = :id",                            \
        select " WHERE tenant_id = :tenant AND code = :code"                         \
  }

constexpr RecordSql kTeams = BILLCTL_RECORDS("SELECT id, code, name FROM team");
constexpr RecordSql kMembers = BILLCTL_RECORDS(
    "SELECT id, code, name, email, team_id, role, hours_per_day_micro, os_user, active_until_on "
    "FROM member");
constexpr RecordSql kClients = BILLCTL_RECORDS(
    "SELECT id, code, name, legal_name, parent_id, kind, street, street2, city, postal_code, "
    "region, country, vat_id, registration_id, emails, currency, payment_terms, price_list, tax, "
    "language, buyer_reference, endpoint, endpoint_scheme, time_rule, rounding_mode, bill_by, "
    "invoice_scope, group_projects, group_hours, group_travel, annex, delivery, active_until_on, "
    "comment FROM client");
constexpr RecordSql kProducts = BILLCTL_RECORDS(
    "SELECT id, code, name, unit, description, unit_price_micro, currency, tax, auto_created FROM "
    "product");
constexpr RecordSql kJobTypes = BILLCTL_RECORDS("SELECT id, code, name, billable FROM job_type");
constexpr RecordSql kEngagements = BILLCTL_RECORDS(
    "SELECT id, code, name, client_id, currency, cost_centre, bill_to_id, invoice_scope, bill_by, "
    "terms, po_number, contract, group_projects, group_hours, group_travel, annex FROM engagement");
constexpr RecordSql kContractLines = BILLCTL_RECORDS(
    "SELECT id, code, engagement_id, type, project_id, recognised_minor FROM contract_line");
constexpr RecordSql kProjects = BILLCTL_RECORDS(
    "SELECT id, code, name, client_id, engagement_id, currency, bill_to_id, po_number, status, "
    "billable_kinds, time_rule, pm, internal, comment FROM project");
#define BILLCTL_TASK_COLUMNS                                                                 \
  "id, code, name, client_id, project_id, team_id, billable, product_id, price_list, unit, " \
  "unit_price_micro, quantity_micro, status, done_on, source_type, source_ref "
constexpr RecordSql kTasks = BILLCTL_RECORDS("SELECT " BILLCTL_TASK_COLUMNS "FROM task");
constexpr const char* kTask = "SELECT " BILLCTL_TASK_COLUMNS "FROM task WHERE id = :id";
constexpr const char* kPrices = BILLCTL_PRICES "ORDER BY id";
constexpr const char* kRates = BILLCTL_RATES "ORDER BY id";
constexpr const char* kAssignments = BILLCTL_ASSIGNMENTS "ORDER BY id";
constexpr const char* kSelection =
    "SELECT s.client_id FROM selection AS s JOIN client AS c ON c.id = s.client_id "
    "WHERE s.tenant_id = :tenant AND s.name = :name ORDER BY c.code";
constexpr const char* kSelectionNames =
    "SELECT DISTINCT name FROM selection WHERE tenant_id = :tenant ORDER BY name";

Team team_of(const Query& query) {
  return {query.id<TeamId>(0), query.string(1), query.string(2)};
}

Member member_of(const Query& query) {
  Member member;
  member.id = query.id<MemberId>(0);
  member.code = query.string(1);
  member.name = query.string(2);
  member.email = query.string(3);
  member.team = query.id<TeamId>(4);
  member.role = query.string(5);
  member.hours_per_day = query.decimal_or_null(6);
  member.os_user = query.string(7);
  member.active_until_on = query.string_or_null(8).value_or("");
  return member;
}

Client client_of_row(const Query& query) {
  Client client;
  client.id = query.id<ClientId>(0);
  client.parent = query.id<ClientId>(4);
  int column = 1;
  for (std::string* field : {&client.code, &client.name, &client.legal_name})
    *field = query.string(column++);
  column = 5;
  for (std::string* field : {&client.kind,
                             &client.street,
                             &client.street2,
                             &client.city,
                             &client.postal_code,
                             &client.region,
                             &client.country,
                             &client.vat_id,
                             &client.registration_id,
                             &client.emails,
                             &client.currency,
                             &client.payment_terms,
                             &client.price_list,
                             &client.tax,
                             &client.language,
                             &client.buyer_reference,
                             &client.endpoint,
                             &client.endpoint_scheme,
                             &client.time_rule,
                             &client.rounding_mode,
                             &client.bill_by,
                             &client.invoice_scope,
                             &client.group_projects,
                             &client.group_hours,
                             &client.group_travel,
                             &client.annex,
                             &client.delivery}) {
    *field = query.string(column++);
  }
  client.active_until_on = query.string_or_null(column).value_or("");
  client.comment = query.string(column + 1);
  return client;
}

Product product_of(const Query& query) {
  Product product;
  product.id = query.id<ProductId>(0);
  product.code = query.string(1);
  product.name = query.string(2);
  product.unit = query.string(3);
  product.description = query.string(4);
  product.unit_price = query.decimal_or_null(5);
  product.currency = query.string(6);
  product.tax = query.string(7);
  product.auto_created = default_product_of(query.text(8));
  return product;
}

JobType job_type_of(const Query& query) {
  return {query.id<JobTypeId>(0), query.string(1), query.string(2), query.boolean(3)};
}

Engagement engagement_of(const Query& query) {
  Engagement engagement;
  engagement.id = query.id<EngagementId>(0);
  engagement.code = query.string(1);
  engagement.name = query.string(2);
  engagement.client = query.id<ClientId>(3);
  engagement.currency = query.string(4);
  engagement.cost_centre = query.string(5);
  engagement.bill_to = query.id<ClientId>(6);
  int column = 7;
  for (std::string* field :
       {&engagement.invoice_scope, &engagement.bill_by, &engagement.terms, &engagement.po_number,
        &engagement.contract, &engagement.group_projects, &engagement.group_hours,
        &engagement.group_travel, &engagement.annex}) {
    *field = query.string(column++);
  }
  return engagement;
}

ContractLine contract_line_of(const Query& query) {
  ContractLine line;
  line.id = query.id<ContractLineId>(0);
  line.code = query.string(1);
  line.engagement = query.id<EngagementId>(2);
  line.fixed_price = query.text(3) == "fixed";
  line.project = query.id<ProjectId>(4);
  line.recognised_minor = query.integer(5);
  return line;
}

Project project_of(const Query& query) {
  Project project;
  project.id = query.id<ProjectId>(0);
  project.code = query.string(1);
  project.name = query.string(2);
  project.client = query.id<ClientId>(3);
  project.engagement = query.id<EngagementId>(4);
  project.currency = query.string(5);
  project.bill_to = query.id<ClientId>(6);
  project.po_number = query.string(7);
  project.status = project_status_of(query.text(8));
  project.billable_kinds = query.string(9);
  project.time_rule = query.string(10);
  project.pm = query.string(11);
  project.internal = query.boolean(12);
  project.comment = query.string(13);
  return project;
}

TaskStatus task_status_of(std::string_view word) {
  if (word == "draft") return TaskStatus::draft;
  return word == "done" ? TaskStatus::done : TaskStatus::open;
}

Task task_of(const Query& query) {
  Task task;
  task.id = query.id<TaskId>(0);
  task.code = query.string(1);
  task.name = query.string(2);
  task.client = query.id<ClientId>(3);
  task.project = query.id<ProjectId>(4);
  task.team = query.id<TeamId>(5);
  task.billable = query.boolean(6);
  task.product = query.id<ProductId>(7);
  task.price_list = query.string(8);
  task.unit = query.string(9);
  task.unit_price = query.decimal_or_null(10);
  task.quantity = query.decimal_or_null(11);
  task.status = task_status_of(query.text(12));
  task.done_on = query.string_or_null(13).value_or("");
  task.source_type = query.string(14);
  task.source_ref = query.string(15);
  return task;
}

template <class RecordOf, class Put>
void read_all(Ledger& ledger, TenantId tenant, const char* sql, RecordOf record_of, Put put) {
  Query query(ledger, sql);
  query.bind(":tenant", tenant);
  while (query.step()) put(record_of(query));
}

template <class Record>
auto into(Register<Record>& records) {
  return [&records](Record record) { records.add(std::move(record)); };
}

template <class Record>
auto into(std::vector<Record>& records) {
  return [&records](Record record) { records.push_back(std::move(record)); };
}

/// Where a register of books that are read as needed finds its records.
template <class Record, class RecordOf>
typename Register<Record>::Source source_of(Ledger& ledger, TenantId tenant, const RecordSql& sql,
                                            RecordOf record_of) {
  using Found = std::optional<Record>;
  typename Register<Record>::Source source;
  source.by_row = [&ledger, tenant, &sql, record_of](typename Register<Record>::IdType id) {
    Query query(ledger, sql.by_row);
    query.bind(":tenant", tenant).bind(":id", id);
    return query.step() ? Found(record_of(query)) : Found();
  };
  source.by_code = [&ledger, tenant, &sql, record_of](std::string_view code) {
    Query query(ledger, sql.by_code);
    query.bind(":tenant", tenant).bind(":code", code);
    return query.step() ? Found(record_of(query)) : Found();
  };
  source.each = [&ledger, tenant, &sql, record_of](typename Register<Record>::IdType after,
                                                   const std::function<bool(Record)>& visit) {
    Query query(ledger, sql.after);
    query.bind(":tenant", tenant).bind(":after", after);
    while (query.step() && visit(record_of(query))) {
    }
  };
  return source;
}

Books books_as_needed(Ledger& ledger, TenantId tenant) {
  Books books;
  const auto give = [&]<class Record>(Register<Record>& records, const RecordSql& sql,
                                      auto record_of) {
    records.read_as_needed(source_of<Record>(ledger, tenant, sql, record_of));
  };
  give(books.teams, kTeams, team_of);
  give(books.members, kMembers, member_of);
  give(books.clients, kClients, client_of_row);
  give(books.products, kProducts, product_of);
  give(books.job_types, kJobTypes, job_type_of);
  give(books.engagements, kEngagements, engagement_of);
  give(books.contract_lines, kContractLines, contract_line_of);
  give(books.projects, kProjects, project_of);
  give(books.tasks, kTasks, task_of);
  return books;
}

}  // namespace

Books read_books(Ledger& ledger, TenantId tenant, BooksPart part) {
  if (part == BooksPart::as_needed) return books_as_needed(ledger, tenant);
  Books books;
  read_all(ledger, tenant, kTeams.all, team_of, into(books.teams));
  read_all(ledger, tenant, kMembers.all, member_of, into(books.members));
  read_all(ledger, tenant, kClients.all, client_of_row, into(books.clients));
  read_all(ledger, tenant, kProducts.all, product_of, into(books.products));
  read_all(ledger, tenant, kJobTypes.all, job_type_of, into(books.job_types));
  read_all(ledger, tenant, kEngagements.all, engagement_of, into(books.engagements));
  read_all(ledger, tenant, kContractLines.all, contract_line_of, into(books.contract_lines));
  read_all(ledger, tenant, kProjects.all, project_of, into(books.projects));
  if (part == BooksPart::all) read_all(ledger, tenant, kTasks.all, task_of, into(books.tasks));
  read_all(ledger, tenant, kPrices, price_list_row_of, into(books.price_list_rows));
  read_all(ledger, tenant, kRates, rate_of, into(books.rates));
  read_all(ledger, tenant, kAssignments, assignment_of, into(books.assignments));
  return books;
}

void read_task(Ledger& ledger, TaskId task, Books& books) {
  if (!task || books.tasks.find(task) != nullptr) return;
  Query query(ledger, kTask);
  query.bind(":id", task);
  if (query.step()) books.tasks.add(task_of(query));
}

std::vector<ClientId> read_selection(Ledger& ledger, TenantId tenant, std::string_view name) {
  Query query(ledger, kSelection);
  query.bind(":tenant", tenant).bind(":name", name);
  std::vector<ClientId> clients;
  while (query.step()) clients.push_back(query.id<ClientId>(0));
  return clients;
}

std::vector<std::string> selection_names(Ledger& ledger, TenantId tenant) {
  Query query(ledger, kSelectionNames);
  query.bind(":tenant", tenant);
  std::vector<std::string> names;
  while (query.step()) names.push_back(query.string(0));
  return names;
}

}  // namespace billctl
