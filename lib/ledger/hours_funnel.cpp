#include "ledger/hours_funnel.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

// The entry's client is its task's, or else its project's (pricing.md 1).
#define BILLCTL_HOURS                                                                         \
  "FROM entry AS e LEFT JOIN task AS t ON t.id = e.task_id "                                  \
  "LEFT JOIN project AS p ON p.id = e.project_id "                                            \
  "LEFT JOIN item AS i ON i.entry_id = e.id AND i.mark <> 'released' AND i.kind IN ('time', " \
  "'joined') "
#define BILLCTL_IN_PERIOD                                                       \
  "WHERE e.tenant_id = :tenant AND e.kind = 'time' AND e.withdrawn_at IS NULL " \
  "AND e.work_on BETWEEN :first AND :last "
#define BILLCTL_OF_CLIENT BILLCTL_IN_PERIOD "AND coalesce(t.client_id, p.client_id) = :client "
#define BILLCTL_STAGE                                                                       \
  "CASE WHEN i.id IS NULL THEN 0 WHEN v.id IS NULL THEN 1 WHEN i.mark = 'credited' THEN 2 " \
  "WHEN v.state = 'issued' THEN 3 ELSE 2 END AS stage, "                                    \
  "CASE WHEN o.entry_id IS NOT NULL AND i.id IS NULL THEN 'not_compiled' "                  \
  "WHEN i.id IS NULL THEN coalesce(k.reason, CASE WHEN e.archived_at IS NULL THEN '' ELSE " \
  "'archived' END) WHEN i.mark <> '' THEN i.mark WHEN v.id IS NULL THEN 'pending' "         \
  "WHEN v.state = 'issued' THEN '' WHEN v.state = 'held' THEN 'on_hold' "                   \
  "WHEN v.state = 'draft' THEN 'drafted' ELSE v.state END AS code "
#define BILLCTL_PLACES                                                               \
  "LEFT JOIN item_placed AS q ON q.item_id = i.id LEFT JOIN invoice AS v ON v.id = " \
  "q.invoice_id LEFT JOIN entry_parked AS k ON k.entry_id = e.id "                   \
  "LEFT JOIN entry_open AS o ON o.entry_id = e.id "

constexpr const char* kFunnel =
    "SELECT stage, code, count(*), sum(seconds) FROM (SELECT coalesce(e.raw_seconds, 0) AS "
    "seconds, " BILLCTL_STAGE BILLCTL_HOURS BILLCTL_PLACES BILLCTL_OF_CLIENT
    ") WHERE code <> 'not_compiled' GROUP BY stage, code ORDER BY stage, code";
constexpr const char* kAll =
    "SELECT stage, code, count(*), sum(seconds), client FROM (SELECT coalesce(e.raw_seconds, 0) AS "
    "seconds, coalesce(t.client_id, p.client_id, 0) AS client, " BILLCTL_STAGE BILLCTL_HOURS
        BILLCTL_PLACES BILLCTL_IN_PERIOD
    ") GROUP BY client, stage, code ORDER BY client, stage, code";
constexpr const char* kWaiting =
    "SELECT e.id, coalesce(e.raw_seconds, 0) " BILLCTL_HOURS
    "JOIN entry_open AS o ON o.entry_id = e.id " BILLCTL_OF_CLIENT "AND i.id IS NULL ORDER BY e.id";

#undef BILLCTL_HOURS
#undef BILLCTL_IN_PERIOD
#undef BILLCTL_OF_CLIENT
#undef BILLCTL_STAGE
#undef BILLCTL_PLACES

Query& bind(Query& query, TenantId tenant, const Period& period) {
  return query.bind(":tenant", tenant)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
}

FunnelStep step_of(Query& query) {
  return {static_cast<FunnelStep::Stage>(query.integer(0)), query.string(1), query.integer(2),
          query.integer(3)};
}

}  // namespace

std::vector<FunnelStep> hours_funnel(Ledger& ledger, TenantId tenant, ClientId client,
                                     const Period& period) {
  Query query(ledger, kFunnel);
  bind(query, tenant, period).bind(":client", client);
  std::vector<FunnelStep> steps;
  while (query.step()) steps.push_back(step_of(query));
  return steps;
}

void each_funnel_step(Ledger& ledger, TenantId tenant, const Period& period,
                      const std::function<void(ClientId, const FunnelStep&)>& visit) {
  Query query(ledger, kAll);
  bind(query, tenant, period);
  while (query.step()) visit(query.id<ClientId>(4), step_of(query));
}

std::vector<WaitingEntry> waiting_hours(Ledger& ledger, TenantId tenant, ClientId client,
                                        const Period& period) {
  Query query(ledger, kWaiting);
  bind(query, tenant, period).bind(":client", client);
  std::vector<WaitingEntry> waiting;
  while (query.step()) waiting.push_back({query.id<EntryId>(0), query.integer(1)});
  return waiting;
}

}  // namespace billctl
