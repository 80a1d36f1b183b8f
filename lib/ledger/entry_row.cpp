#include "ledger/entry_row.hpp"

namespace billctl {

EntryRow entry_row_of(const Query& query) {
  EntryRow row;
  row.id = query.id<EntryId>(0);
  row.ref = query.text(1);
  row.source = query.text(2);
  row.kind = entry_kind_of(query.text(3)).value();
  row.task = query.id<TaskId>(4);
  row.project = query.id<ProjectId>(5);
  row.member = query.id<MemberId>(6);
  row.started_at = query.integer_or_null(7);
  row.stopped_at = query.integer_or_null(8);
  row.raw_seconds = query.integer_or_null(9);
  const auto work_on = Date::parse(query.text(10));
  if (!work_on) throw Error(Reason::corrupt, "a work date is no date", "run `billctl verify`");
  row.work_on = *work_on;
  row.zone = query.text(11);
  row.quantity_micro = query.integer_or_null(12);
  row.unit = query.text(13);
  row.unit_price_micro = query.integer_or_null(14);
  row.amount_minor = query.integer_or_null(15);
  row.distance_metres = query.integer_or_null(16);
  row.transport_seconds = query.integer_or_null(17);
  row.transport_unit_price_micro = query.integer_or_null(18);
  row.product = query.id<ProductId>(19);
  row.job_type = query.id<JobTypeId>(20);
  row.description = query.text(21);
  row.charge = charge_of(query.text(22)).value();
  row.confirmed_at = query.integer_or_null(23);
  row.confirmed_by = query.text(24);
  row.to_rebill = query.boolean(25);
  row.parent = query.id<EntryId>(26);
  row.invoiced_as = query.text(27);
  row.archived_at = query.integer_or_null(28);
  row.withdrawn_at = query.integer_or_null(29);
  return row;
}

}  // namespace billctl
