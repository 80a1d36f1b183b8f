// Migrations: the SQL files of schemas/, embedded. Migration number N (from 1) takes a ledger of
// schema N-1 to N; the ledger's schema number is its PRAGMA user_version.
#pragma once

#include <string_view>
#include <vector>

namespace billctl {

struct Migration {
  std::string_view name;  ///< e.g. `foundation`
  std::string_view sql;
};

const std::vector<Migration>& migrations();

}  // namespace billctl
