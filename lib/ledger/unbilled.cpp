#include "ledger/unbilled.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

#define BILLCTL_SUMS                                                                   \
  "i.client_id, i.project_id, i.task_id, i.member_id, i.kind, i.currency, i.work_on, " \
  "count(*), sum(coalesce(i.raw_seconds, 0)), sum(i.amount_minor)"
#define BILLCTL_WANTED " WHERE i.tenant_id = :tenant AND i.work_on <= :as_of AND i.mark = '' "

constexpr const char* kUnbilled =
    "SELECT 0 AS drafted, " BILLCTL_SUMS
    " FROM item_open AS o JOIN item AS i ON i.id = o.item_id" BILLCTL_WANTED
    "GROUP BY 2, 3, 4, 5, 6, 7, 8 "
    "UNION ALL SELECT 1 AS drafted, " BILLCTL_SUMS
    " FROM invoice AS v CROSS JOIN item AS i "
    "ON i.id IN (SELECT p.item_id FROM placed AS p WHERE p.invoice_id = v.id) "
    "JOIN item_placed AS q ON q.item_id = i.id AND q.invoice_id = v.id" BILLCTL_WANTED
    "AND v.imported = 0 AND v.type = 'invoice' AND (v.state IN ('draft', 'held') "
    "OR (v.state = 'issued' AND v.invoice_on > :as_of)) GROUP BY 2, 3, 4, 5, 6, 7, 8";

#undef BILLCTL_SUMS
#undef BILLCTL_WANTED

}  // namespace

void each_unbilled(Ledger& ledger, TenantId tenant, Date as_of,
                   const std::function<void(const UnbilledSum&)>& visit) {
  Query query(ledger, kUnbilled);
  query.bind(":tenant", tenant).bind(":as_of", as_of.to_text());
  while (query.step()) {
    UnbilledSum sum;
    sum.drafted = query.integer(0) == 1;
    sum.client = query.id<ClientId>(1);
    sum.project = query.id<ProjectId>(2);
    sum.task = query.id<TaskId>(3);
    sum.member = query.id<MemberId>(4);
    sum.kind = query.string(5);
    sum.currency = query.string(6);
    const auto work_on = Date::parse(query.text(7));
    if (!work_on)
      throw Error(Reason::corrupt, "an item has a work date that is none", "run `billctl verify`");
    sum.work_on = *work_on;
    sum.items = query.integer(8);
    sum.seconds = query.integer(9);
    sum.amount_minor = query.integer(10);
    visit(sum);
  }
}

}  // namespace billctl
