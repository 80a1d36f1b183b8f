// PeriodFigures: what is in each month: invoices by their AR period (that of their date, or of
// their work while they have none), items that wait and entries without items by their work date.
// Without what another program issued.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct MonthFigures {
  std::int64_t drafts = 0;         ///< not issued
  std::int64_t issued = 0;         ///< credit notes too
  std::int64_t pending_items = 0;  ///< with a work date in it
};

struct WaitingWork {
  std::int64_t pending_items = 0;       ///< of the month
  std::int64_t late_items = 0;          ///< pending with an earlier work date
  std::int64_t uncompiled_entries = 0;  ///< of the month, waiting for compile or parked by it
};

class PeriodFigures {
 public:
  PeriodFigures(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// By month, those that have anything.
  std::map<std::string, MonthFigures> months();
  WaitingWork waiting(std::string_view month);
  /// Those of the month, in the order in which they were drafted.
  std::vector<InvoiceId> drafts(std::string_view month);
  std::vector<InvoiceId> issued(std::string_view month);

 private:
  std::vector<InvoiceId> invoices(const char* sql, std::string_view month);
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
