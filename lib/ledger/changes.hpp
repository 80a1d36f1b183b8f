// Changes: what was changed since compile's queue was last fed, so that the next compile or
// generate looks again at the entries and pending items that hang on it (pricing.md 1).
#pragma once

#include <cstdint>
#include <string_view>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Changes {
 public:
  Changes(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Notes a changed row, once. Inside `Ledger::write`.
  /// @param kind task, project, client, engagement, member, team, job_type, product, assignment,
  /// price or rate.
  void note(std::string_view kind, std::int64_t row_id);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
