// HoursFunnel: how far the hours recorded for a client in a period have come, from the entry to the
// issued invoice; what `explain --client` and `report funnel` tell.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// Time entries that have come equally far. Seconds are as recorded, so that all stages compare.
struct FunnelStep {
  enum class Stage { recorded, compiled, drafted, issued };
  Stage stage = Stage::recorded;  ///< the furthest that they have come
  std::string code;               ///< why no further; empty for what is issued
  std::int64_t entries = 0;
  std::int64_t seconds = 0;
};

/// The time entries of that client, by work date, that are not withdrawn: each in one step, steps
/// by stage and code. Those that wait for compile are left out: see `waiting_hours`.
std::vector<FunnelStep> hours_funnel(Ledger& ledger, TenantId tenant, ClientId client,
                                     const Period& period);

/// The steps of every client, by client, those that wait for compile as `not_compiled`; the entries
/// of nobody's work have no client.
void each_funnel_step(Ledger& ledger, TenantId tenant, const Period& period,
                      const std::function<void(ClientId, const FunnelStep&)>& visit);

struct WaitingEntry {
  EntryId entry;
  std::int64_t seconds = 0;
};

/// Those that wait in compile's queue and have no item yet, by row.
std::vector<WaitingEntry> waiting_hours(Ledger& ledger, TenantId tenant, ClientId client,
                                        const Period& period);

}  // namespace billctl
