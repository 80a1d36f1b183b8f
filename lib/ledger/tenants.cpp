#include "ledger/tenants.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {
constexpr const char* kFind = "SELECT id, test FROM tenant WHERE code = :code";
constexpr const char* kAll = "SELECT id, code, test FROM tenant ORDER BY id";
constexpr const char* kInsert =
    "INSERT INTO tenant (code, test, created_at) VALUES (:code, :test, :at)";
constexpr const char* kSetting =
    "SELECT value FROM setting WHERE tenant_id = :tenant AND name = :name";
constexpr const char* kSet =
    "INSERT INTO setting (tenant_id, name, value) VALUES (:tenant, :name, :value) "
    "ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value";
}  // namespace

std::optional<Tenant> Tenants::find(std::string_view code) {
  Query query(ledger_, kFind);
  query.bind(":code", code);
  if (!query.step()) return std::nullopt;
  return Tenant{query.id<TenantId>(0), std::string(code), query.boolean(1)};
}

std::vector<Tenant> Tenants::all() {
  Query query(ledger_, kAll);
  std::vector<Tenant> tenants;
  while (query.step())
    tenants.push_back({query.id<TenantId>(0), query.string(1), query.boolean(2)});
  return tenants;
}

Tenant Tenants::open(std::string_view code, bool test, Instant now) {
  if (auto there = find(code)) return *there;
  Query(ledger_, kInsert).bind(":code", code).bind(":test", test).bind(":at", now.seconds()).run();
  return *find(code);
}

std::string Tenants::setting(TenantId tenant, std::string_view name) {
  Query query(ledger_, kSetting);
  query.bind(":tenant", tenant).bind(":name", name);
  return query.step() ? query.string(0) : "";
}

void Tenants::set_setting(TenantId tenant, std::string_view name, std::string_view value) {
  Query(ledger_, kSet).bind(":tenant", tenant).bind(":name", name).bind(":value", value).run();
}

}  // namespace billctl
