#include "ledger/local_edits.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kRead =
    "SELECT code, field FROM local_edit WHERE tenant_id = :tenant AND kind = :kind "
    "ORDER BY code, field";
constexpr const char* kMark =
    "INSERT OR IGNORE INTO local_edit (tenant_id, kind, code, field) "
    "VALUES (:tenant, :kind, :code, :field)";
constexpr const char* kForget =
    "DELETE FROM local_edit "
    "WHERE tenant_id = :tenant AND kind = :kind AND code = :code AND field = :field";

}  // namespace

LocalEdits::LocalEdits(Ledger& ledger, TenantId tenant, std::string_view kind)
    : ledger_(ledger), tenant_(tenant), kind_(kind) {
  Query query(ledger_, kRead);
  query.bind(":tenant", tenant_).bind(":kind", kind_);
  while (query.step()) edits_[query.string(0)].insert(query.string(1));
}

bool LocalEdits::has(std::string_view code, std::string_view field) const {
  const auto found = edits_.find(code);
  return found != edits_.end() && found->second.find(field) != found->second.end();
}

void LocalEdits::mark(std::string_view code, std::string_view field) {
  Query(ledger_, kMark)
      .bind(":tenant", tenant_)
      .bind(":kind", kind_)
      .bind(":code", code)
      .bind(":field", field)
      .run();
  edits_[std::string(code)].insert(std::string(field));
}

void LocalEdits::forget(std::string_view code, std::string_view field) {
  Query(ledger_, kForget)
      .bind(":tenant", tenant_)
      .bind(":kind", kind_)
      .bind(":code", code)
      .bind(":field", field)
      .run();
  const auto found = edits_.find(code);
  if (found != edits_.end()) found->second.erase(std::string(field));
}

}  // namespace billctl
