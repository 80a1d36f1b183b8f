#include "ledger/closed_periods.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kIsClosed =
    "SELECT 1 FROM closed_period WHERE tenant_id = :tenant AND month = :month";
constexpr const char* kList =
    "SELECT month, closed_at, actor FROM closed_period WHERE tenant_id = :tenant ORDER BY month";
constexpr const char* kClose =
    "INSERT INTO closed_period (tenant_id, month, closed_at, actor) "
    "VALUES (:tenant, :month, :at, :actor) ON CONFLICT DO NOTHING";
constexpr const char* kReopen =
    "DELETE FROM closed_period WHERE tenant_id = :tenant AND month = :month";

}  // namespace

bool ClosedPeriods::is_closed(std::string_view month) {
  Query query(ledger_, kIsClosed);
  query.bind(":tenant", tenant_).bind(":month", month);
  return query.step();
}

std::vector<ClosedPeriod> ClosedPeriods::list() {
  Query query(ledger_, kList);
  query.bind(":tenant", tenant_);
  std::vector<ClosedPeriod> periods;
  while (query.step())
    periods.push_back({query.string(0), Instant::from_seconds(query.integer(1)), query.string(2)});
  return periods;
}

bool ClosedPeriods::close(const ClosedPeriod& period) {
  return Query(ledger_, kClose)
             .bind(":tenant", tenant_)
             .bind(":month", period.month)
             .bind(":at", period.closed_at.seconds())
             .bind(":actor", period.actor)
             .run() == 1;
}

bool ClosedPeriods::reopen(std::string_view month) {
  return Query(ledger_, kReopen).bind(":tenant", tenant_).bind(":month", month).run() == 1;
}

}  // namespace billctl
