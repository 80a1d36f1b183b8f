// Issue records: what was so when an invoice was issued and its paper does not say. Written with
// the document and as immutable; without it `verify` would have to judge by the config of today.
//
//   IssueRecords(ledger).add(invoice, {{ApprovalRole::pm}, {}, true, unsealed_digest(document)});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "approval/rules.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct IssueRecord {
  std::vector<ApprovalRole> required;        ///< by the rules of that day
  std::vector<ApprovalRole> taken_as_given;  ///< of them: rebill.auto_approve (X16)
  bool distinct_people = true;               ///< whether each had to be another person's
  std::string unsealed_digest;               ///< issue/seal.hpp
};

class IssueRecords {
 public:
  explicit IssueRecords(Ledger& ledger) : ledger_(ledger) {}

  /// Of a draft that is about to be issued, with the checksum of its material's shares. Inside
  /// `Ledger::write`.
  void add(InvoiceId invoice, const IssueRecord& record);

  /// Nothing for a draft, and for what another program issued.
  std::optional<IssueRecord> find(InvoiceId invoice);

  /// Changes with any share that changes, and hardly ever stays when several do; what is linked
  /// without a share does not move it. 0 for no material.
  std::int64_t shares_checksum(InvoiceId invoice);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
