// Work checks: what must agree between projects, tasks and engagements, asked of all at once when
// an import changed one side (spec/import.md, pricing.md 5).
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct WorkClash {
  std::int64_t row_id = 0;  ///< of the project or engagement
  std::string code;         ///< of what does not agree with it
  std::string value;        ///< that one's client or currency
};

/// Tasks that name another client than their project.
std::vector<WorkClash> tasks_of_other_clients(Ledger& ledger, TenantId tenant);
/// Projects in another currency than their engagement.
std::vector<WorkClash> projects_of_other_currencies(Ledger& ledger, TenantId tenant);

}  // namespace billctl
