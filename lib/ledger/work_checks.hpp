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

/// Whose currency entries are billed in: the client's where project and engagement name none, the
/// project's where the engagement names none, the engagement's.
enum class BilledBy { client, project, engagement };
/// The first entry with an amount that is billed in the currency of that record and is on no
/// invoice yet; empty when there is none.
std::string entry_with_amount(Ledger& ledger, TenantId tenant, BilledBy by, std::int64_t row_id);

/// An invoice or draft that applies a prepayment of the contract line; empty: none.
std::string applied_on(Ledger& ledger, ContractLineId line);

}  // namespace billctl
