#include "ledger/local_edits.hpp"

#include <algorithm>

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

constexpr const char* kOf =
    "SELECT field FROM local_edit WHERE tenant_id = :tenant AND kind = :kind AND code = :code "
    "ORDER BY field";

}  // namespace

LocalEdits::LocalEdits(Ledger& ledger, TenantId tenant, std::string_view kind)
    : ledger_(ledger), tenant_(tenant), kind_(kind) {}

LocalEdits::Edits& LocalEdits::all() {
  if (edits_) return *edits_;
  edits_.emplace();
  Query query(ledger_, kRead);
  query.bind(":tenant", tenant_).bind(":kind", kind_);
  while (query.step()) (*edits_)[query.string(0)].insert(query.string(1));
  return *edits_;
}

std::vector<std::string> LocalEdits::of(std::string_view code) {
  Query query(ledger_, kOf);
  query.bind(":tenant", tenant_).bind(":kind", kind_).bind(":code", code);
  std::vector<std::string> fields;
  while (query.step()) fields.push_back(query.string(0));
  return fields;
}

bool LocalEdits::is_gone(std::string_view code) {
  const auto fields = of(code);
  return std::ranges::find(fields, kGone) != fields.end();
}

bool LocalEdits::has(std::string_view code, std::string_view field) {
  const auto found = all().find(code);
  return found != all().end() && found->second.find(field) != found->second.end();
}

void LocalEdits::mark(std::string_view code, std::string_view field) {
  Query(ledger_, kMark)
      .bind(":tenant", tenant_)
      .bind(":kind", kind_)
      .bind(":code", code)
      .bind(":field", field)
      .run();
  if (edits_) (*edits_)[std::string(code)].insert(std::string(field));
}

void LocalEdits::forget(std::string_view code, std::string_view field) {
  Query(ledger_, kForget)
      .bind(":tenant", tenant_)
      .bind(":kind", kind_)
      .bind(":code", code)
      .bind(":field", field)
      .run();
  if (!edits_) return;
  const auto found = edits_->find(code);
  if (found != edits_->end()) found->second.erase(std::string(field));
}

void LocalEdits::rename(std::string_view from, std::string_view to) {
  if (from == to) return;
  for (const std::string& field : of(from)) {
    forget(from, field);
    mark(to, field);
  }
}

void LocalEdits::set(std::string_view code, const std::vector<std::string>& fields) {
  for (const std::string& field : of(code)) forget(code, field);
  for (const std::string& field : fields) mark(code, field);
}

}  // namespace billctl
