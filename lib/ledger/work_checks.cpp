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

#define BILLCTL_WITH_AMOUNT                                                                  \
  "SELECT e.ref FROM entry AS e LEFT JOIN task AS t ON t.id = e.task_id "                    \
  "LEFT JOIN project AS p ON p.id = e.project_id "                                           \
  "LEFT JOIN engagement AS g ON g.id = p.engagement_id "                                     \
  "WHERE e.tenant_id = :tenant AND e.amount_minor <> 0 AND e.withdrawn_at IS NULL "          \
  "AND e.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM item AS i JOIN item_placed AS x " \
  "  ON x.item_id = i.id WHERE i.entry_id = e.id AND i.mark <> 'released') AND "
constexpr const char* kOfClient = BILLCTL_WITH_AMOUNT
    "coalesce(t.client_id, p.client_id) = :row "
    "AND coalesce(p.currency, '') = '' AND coalesce(g.currency, '') = '' ORDER BY e.id LIMIT 1";
constexpr const char* kOfProject = BILLCTL_WITH_AMOUNT
    "e.project_id = :row AND coalesce(g.currency, '') = '' "
    "ORDER BY e.id LIMIT 1";
constexpr const char* kOfEngagement =
    BILLCTL_WITH_AMOUNT "p.engagement_id = :row ORDER BY e.id LIMIT 1";
#undef BILLCTL_WITH_AMOUNT
constexpr const char* kAppliedOn =
    "SELECT coalesce(v.number, v.draft_number) FROM prepayment AS p "
    "JOIN invoice AS v ON v.id = p.invoice_id WHERE p.contract_line_id = :line "
    "AND p.applied_minor <> 0 AND v.type = 'invoice' AND v.state <> 'voided' "
    "ORDER BY v.id LIMIT 1";

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

std::string entry_with_amount(Ledger& ledger, TenantId tenant, BilledBy by, std::int64_t row_id) {
  Query query(ledger, by == BilledBy::client    ? kOfClient
                      : by == BilledBy::project ? kOfProject
                                                : kOfEngagement);
  query.bind(":tenant", tenant).bind(":row", row_id);
  return query.step() ? query.string(0) : "";
}

std::string applied_on(Ledger& ledger, ContractLineId line) {
  Query query(ledger, kAppliedOn);
  query.bind(":line", line);
  return query.step() ? query.string(0) : "";
}

}  // namespace billctl
