// MilestoneCover: what was billed ahead and used up on other invoices can't be taken back under
// them: an instalment of 1000.00 of which 600.00 are applied elsewhere may be credited by 400.00.
// It looks at the contract lines of an invoice before something is done to it, and says
// afterwards which of them have less billed than is applied (X25).
#pragma once

#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "outcome/reason.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

class MilestoneCover {
 public:
  /// As things stand before the change.
  MilestoneCover(Session& session, const Books& books, const Invoice& invoice);

  /// The contract lines that are short of cover by now, and were not, or less: over_balance each.
  /// @param also a draft credit note that counts as if it were issued.
  std::vector<Finding> overdrawn(InvoiceId also = {}) const;
  /// @throws Error{over_balance} with the first of them.
  void require(InvoiceId also = {}) const;

 private:
  struct Watched {
    ContractLine line;
    std::vector<ContractLine> siblings;  ///< all of its engagement
    std::int64_t left_minor = 0;         ///< billed and not applied, before
  };

  Session& session_;
  std::string name_;
  Currency currency_;
  std::vector<Watched> watched_;
};

}  // namespace billctl
