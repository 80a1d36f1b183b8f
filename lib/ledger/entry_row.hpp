// The columns of `entry` in the order in which EntryRow is read of them. Included only by .cpp
// files of lib/ledger.
#pragma once

#include "ledger/connection.hpp"
#include "ledger/entries.hpp"

namespace billctl {

#define BILLCTL_ENTRY_COLUMNS                                                                     \
  "ref, source, kind, task_id, project_id, member_id, started_at, stopped_at, raw_seconds, "      \
  "work_on, zone, quantity_micro, unit, unit_price_micro, amount_minor, distance_metres, "        \
  "transport_seconds, transport_unit_price_micro, product_id, job_type_id, description, charge, " \
  "confirmed_at, confirmed_by, to_rebill, parent_id, invoiced_as, archived_at, withdrawn_at"

constexpr int kEntryRowColumns = 30;  ///< id and those

/// Of a SELECT that begins with `id` and them; texts hold until the next step.
EntryRow entry_row_of(const Query& query);

}  // namespace billctl
