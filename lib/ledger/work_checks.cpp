#include "ledger/work_checks.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kTasks =
    "SELECT p.id, t.code, c.code FROM task AS t JOIN project AS p ON p.id = t.project_id "
    "JOIN client AS c ON c.id = t.client_id "
    "WHERE t.tenant_id = :tenant AND p.client_id IS NOT NULL AND t.client_id <> p.client_id "
    "ORDER BY t.id";
constexpr const char* kProjects =
    "SELECT e.id, p.code, p.currency FROM project AS p JOIN engagement AS e "
    "ON e.id = p.engagement_id "
    "WHERE p.tenant_id = :tenant AND p.currency <> '' AND e.currency <> '' "
    "AND p.currency <> e.currency ORDER BY p.id";

std::vector<WorkClash> clashes(Ledger& ledger, TenantId tenant, const char* sql) {
  Query query(ledger, sql);
  query.bind(":tenant", tenant);
  std::vector<WorkClash> found;
  while (query.step()) found.push_back({query.integer(0), query.string(1), query.string(2)});
  return found;
}

}  // namespace

std::vector<WorkClash> tasks_of_other_clients(Ledger& ledger, TenantId tenant) {
  return clashes(ledger, tenant, kTasks);
}

std::vector<WorkClash> projects_of_other_currencies(Ledger& ledger, TenantId tenant) {
  return clashes(ledger, tenant, kProjects);
}

}  // namespace billctl
