// Approvals: who approved which revision of an invoice, in which role. Rows are added and
// withdrawn, never changed or deleted; one counts while its revision is the invoice's (X22).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "approval/gate.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Approvals {
 public:
  explicit Approvals(Ledger& ledger) : ledger_(ledger) {}

  /// All that were ever given, oldest first.
  std::vector<Approval> list(InvoiceId invoice);
  /// Inside `Ledger::write`.
  void add(InvoiceId invoice, const Approval& approval, std::string_view os_user);
  /// Withdraws those that count for the revision: of one role, or of all. Inside `Ledger::write`.
  /// @returns how many.
  std::int64_t withdraw(InvoiceId invoice, std::int64_t revision, std::optional<ApprovalRole> role,
                        Instant at, std::string_view by);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
