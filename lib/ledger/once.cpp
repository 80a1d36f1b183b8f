#include "ledger/once.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {
constexpr const char* kFind =
    "SELECT verb, exit, report FROM once WHERE tenant_id = :tenant AND key = :key";
constexpr const char* kInsert =
    "INSERT INTO once (tenant_id, key, verb, exit, report, at) "
    "VALUES (:tenant, :key, :verb, :exit, :report, :at)";
}  // namespace

std::optional<StoredReport> Once::find(std::string_view key) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":key", key);
  if (!query.step()) return std::nullopt;
  return StoredReport{std::string(key), query.string(0), static_cast<int>(query.integer(1)),
                      query.string(2)};
}

void Once::store(const StoredReport& report, Instant at) {
  Query(ledger_, kInsert)
      .bind(":tenant", tenant_)
      .bind(":key", report.key)
      .bind(":verb", report.verb)
      .bind(":exit", report.exit)
      .bind(":report", report.report)
      .bind(":at", at.seconds())
      .run();
}

}  // namespace billctl
