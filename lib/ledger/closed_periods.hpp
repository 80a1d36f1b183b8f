// ClosedPeriods: the months, YYYY-MM, that take no invoice date any more. Import and compile never
// look here (spec/cli.md, `period`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct ClosedPeriod {
  std::string month;  ///< 2026-10
  Instant closed_at = Instant::from_seconds(0);
  std::string actor;
};

class ClosedPeriods {
 public:
  ClosedPeriods(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  bool is_closed(std::string_view month);
  std::vector<ClosedPeriod> list();  ///< by month

  // Inside `Ledger::write`. @returns whether anything changed.
  bool close(const ClosedPeriod& period);
  bool reopen(std::string_view month);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
