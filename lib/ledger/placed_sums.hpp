// PlacedSums: the report prices of an invoice by the work that they are for; for reports.
#pragma once

#include <cstdint>
#include <vector>

#include "billable/item.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct PlacedSum {
  ProjectId project;
  TaskId task;
  MemberId member;
  ItemKind kind = ItemKind::time;
  std::int64_t report_minor = 0;  ///< S1-4: what counts as revenue of the work
};

class PlacedSums {
 public:
  explicit PlacedSums(Ledger& ledger) : ledger_(ledger) {}

  /// Each combination once, by rows.
  std::vector<PlacedSum> of(InvoiceId invoice);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
