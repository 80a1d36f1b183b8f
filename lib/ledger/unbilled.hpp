// Unbilled work: items that are on no issued invoice (X1), pending or on an open one, summed up by
// client, project, currency and work date. What is archived, released or credited is none of it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "calendar/date.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct UnbilledSum {
  ClientId client;
  ProjectId project;
  TaskId task;
  MemberId member;
  std::string kind;
  std::string currency;
  Date work_on = Date::from_days(0);
  bool drafted = false;  ///< on an open invoice, or on one dated after `as_of`
  std::int64_t items = 0;
  std::int64_t seconds = 0;       ///< of time, as recorded
  std::int64_t amount_minor = 0;  ///< before tax, at the items' own prices
};

/// Visits the sums of items whose work date is not after `as_of`; an invoice dated after it does
/// not count as issued yet.
void each_unbilled(Ledger& ledger, TenantId tenant, Date as_of,
                   const std::function<void(const UnbilledSum&)>& visit);

}  // namespace billctl
