#include "ledger/changes.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kNote =
    "INSERT OR IGNORE INTO changed (tenant_id, kind, row_id) VALUES (:tenant, :kind, :row)";

}  // namespace

void Changes::note(std::string_view kind, std::int64_t row_id) {
  Query(ledger_, kNote).bind(":tenant", tenant_).bind(":kind", kind).bind(":row", row_id).run();
}

}  // namespace billctl
