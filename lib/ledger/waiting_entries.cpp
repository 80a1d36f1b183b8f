#include "ledger/waiting_entries.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

// An entry has no items while it stands in the queue or is parked; so these two are all that can
// wait for its member, however many entries there are.
constexpr const char* kUnconfirmed =
    "SELECT e.member_id, count(*), coalesce(sum(e.raw_seconds), 0) FROM ("
    "  SELECT entry_id FROM entry_open UNION "
    "  SELECT entry_id FROM entry_parked WHERE tenant_id = :tenant AND reason = 'unconfirmed'"
    ") AS o JOIN entry AS e ON e.id = o.entry_id WHERE e.tenant_id = :tenant "
    "AND e.confirmed_at IS NULL AND (e.kind <> 'time' OR e.stopped_at IS NOT NULL OR "
    "  e.raw_seconds IS NOT NULL) AND e.parent_id IS NULL AND e.archived_at IS NULL "
    "AND e.withdrawn_at IS NULL AND e.charge <> 'non_billable' GROUP BY e.member_id ORDER BY 1";
constexpr const char* kRunning =
    "SELECT e.member_id, count(*), 0 FROM ("
    "  SELECT entry_id FROM entry_open UNION "
    "  SELECT entry_id FROM entry_parked WHERE tenant_id = :tenant AND reason = 'not_stopped'"
    ") AS o JOIN entry AS e ON e.id = o.entry_id WHERE e.tenant_id = :tenant AND e.kind = 'time' "
    "AND e.stopped_at IS NULL AND e.raw_seconds IS NULL AND e.withdrawn_at IS NULL "
    "GROUP BY e.member_id ORDER BY 1";
constexpr const char* kUncompiled =
    "SELECT count(*) FROM entry_open AS o JOIN entry AS e ON e.id = o.entry_id "
    "WHERE e.tenant_id = :tenant AND e.confirmed_at IS NOT NULL";
constexpr const char* kUnfit =
    "SELECT reason, entries FROM parked_count WHERE tenant_id = :tenant AND entries > 0 "
    "AND reason IN ('no_product', 'unit_mismatch', 'currency_mismatch', 'unit_unknown') "
    "ORDER BY reason";
constexpr const char* kPending =
    "SELECT i.currency, count(*), count(DISTINCT i.client_id), sum(i.amount_minor) "
    "FROM item_open AS o JOIN item AS i ON i.id = o.item_id WHERE i.tenant_id = :tenant "
    "GROUP BY i.currency ORDER BY i.currency";

}  // namespace

std::vector<MembersEntries> WaitingEntries::by_member(const char* sql) {
  Query query(ledger_, sql);
  query.bind(":tenant", tenant_);
  std::vector<MembersEntries> found;
  while (query.step()) found.push_back({query.id<MemberId>(0), query.integer(1), query.integer(2)});
  return found;
}

std::vector<MembersEntries> WaitingEntries::unconfirmed() {
  return by_member(kUnconfirmed);
}

std::vector<MembersEntries> WaitingEntries::running() {
  return by_member(kRunning);
}

std::int64_t WaitingEntries::uncompiled() {
  Query query(ledger_, kUncompiled);
  query.bind(":tenant", tenant_);
  return query.step() ? query.integer(0) : 0;
}

std::map<std::string, std::int64_t> WaitingEntries::unfit() {
  Query query(ledger_, kUnfit);
  query.bind(":tenant", tenant_);
  std::map<std::string, std::int64_t> counts;
  while (query.step()) counts[query.string(0)] = query.integer(1);
  return counts;
}

std::vector<PendingSum> WaitingEntries::pending() {
  Query query(ledger_, kPending);
  query.bind(":tenant", tenant_);
  std::vector<PendingSum> sums;
  while (query.step()) {
    const auto currency = Currency::of(query.text(0));
    sums.push_back({currency.value_or(Currency::none()), query.integer(1), query.integer(2),
                    query.integer(3)});
  }
  return sums;
}

}  // namespace billctl
