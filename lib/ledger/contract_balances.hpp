// ContractBalances: what was invoiced ahead on a contract line and what has been used up of it
// (S4-34 to S4-38, X25). Net amounts in the currency of the engagement.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/task.hpp"

namespace billctl {

struct ContractUse {
  std::int64_t billed_minor = 0;   ///< instalments on issued invoices that are not credited
  std::int64_t applied_minor = 0;  ///< on invoices that are not voided, drafts too
};

class ContractBalances {
 public:
  explicit ContractBalances(Ledger& ledger) : ledger_(ledger) {}

  /// @param lines all contract lines of the engagement: an instalment belongs to the line of its
  /// project, else to the only line without a project.
  /// @param except an invoice whose own use is left out.
  ContractUse of(const ContractLine& line, const std::vector<ContractLine>& lines,
                 InvoiceId except = {});

 private:
  Ledger& ledger_;
};

}  // namespace billctl
