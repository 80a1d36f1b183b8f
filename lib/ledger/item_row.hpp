// ItemRow: the columns of the table `item` as every statement here reads them. Included only by
// .cpp files of lib/ledger.
#pragma once

#include "billable/item.hpp"
#include "ledger/connection.hpp"

namespace billctl {

/// For a table named `i`; 30 columns, `mark` is the last.
#define BILLCTL_ITEM_COLUMNS                                                              \
  "i.id, i.entry_id, i.kind, i.client_id, i.project_id, i.engagement_id, i.task_id, "     \
  "i.member_id, i.job_type_id, i.work_on, i.product_id, i.product_scope, i.unit, "        \
  "i.quantity_micro, i.raw_seconds, i.billed_seconds, i.metres, i.pieces_micro, "         \
  "i.unit_price_micro, i.price_source, i.price_row_id, i.default_price, i.amount_minor, " \
  "i.currency, i.time_rule, i.per_day, i.previously_invoiced_on, i.made_event_id, "       \
  "i.changed_event_id, i.mark"
constexpr int kItemColumns = 30;
constexpr int kItemMadeColumn = 27;
constexpr int kItemChangedColumn = 28;
constexpr int kItemMarkColumn = 29;

/// The item in the columns from `first` on.
Item item_of(const Query& query, int first = 0);

}  // namespace billctl
