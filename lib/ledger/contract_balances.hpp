// ContractBalances: what was invoiced ahead on a contract line and what has been used up of it
// (S4-34 to S4-38, X25). Net amounts in the currency of the engagement.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "calendar/date.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/task.hpp"

namespace billctl {

struct ContractUse {
  std::int64_t billed_minor = 0;       ///< of instalments on issued invoices what is not credited
  std::int64_t billed_tax_minor = 0;   ///< what these invoices took as tax on them
  std::int64_t applied_minor = 0;      ///< on invoices that are not voided, drafts too
  std::int64_t applied_tax_minor = 0;  ///< the tax with it
};

/// Whether work of the project counts for the line: its own project's, else the only line of the
/// engagement that names no project. @param lines all of the engagement.
bool serves(const ContractLine& line, ProjectId project, const std::vector<ContractLine>& lines);

class ContractBalances {
 public:
  explicit ContractBalances(Ledger& ledger) : ledger_(ledger) {}

  /// @param lines all contract lines of the engagement: an instalment belongs to the line of its
  /// project, else to the only line without a project.
  /// @param as_of only invoices dated up to then; none: all, drafts without a date too.
  /// @param except an invoice whose own use is left out.
  /// @param also a draft credit note that counts as if it were issued.
  ContractUse of(const ContractLine& line, const std::vector<ContractLine>& lines,
                 InvoiceId except = {}, std::optional<Date> as_of = {}, InvoiceId also = {});

  /// Of a draft: instead of what it applied of that line; a net amount of 0 takes it off. Inside
  /// `Ledger::write`.
  void apply(InvoiceId draft, ContractLineId line, std::int64_t net_minor, std::int64_t tax_minor);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
