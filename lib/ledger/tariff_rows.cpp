#include "ledger/tariff_rows.hpp"

namespace billctl {

PriceListRow price_list_row_of(const Query& query) {
  PriceListRow row;
  row.id = query.id<PriceListRowId>(0);
  row.list = query.string(1);
  row.product = query.id<ProductId>(2);
  row.unit_price = Decimal::from_micro(query.integer(3));
  row.currency = query.string(4);
  row.valid_from_on = query.string(5);
  row.valid_until_on = query.string(6);
  row.client = query.id<ClientId>(7);
  return row;
}

Rate rate_of(const Query& query) {
  Rate rate;
  rate.id = query.id<RateId>(0);
  rate.unit_price = Decimal::from_micro(query.integer(1));
  rate.currency = query.string(2);
  rate.project = query.id<ProjectId>(3);
  rate.client = query.id<ClientId>(4);
  rate.member = query.id<MemberId>(5);
  rate.role = query.string(6);
  rate.job_type = query.id<JobTypeId>(7);
  rate.valid_from_on = query.string(8);
  rate.valid_until_on = query.string(9);
  return rate;
}

namespace {

AssignmentScope scope_of(std::string_view word) {
  if (word == "task") return AssignmentScope::task;
  if (word == "contact") return AssignmentScope::contact;
  if (word == "membership") return AssignmentScope::membership;
  return word == "team" ? AssignmentScope::team : AssignmentScope::tenant;
}

}  // namespace

Assignment assignment_of(const Query& query) {
  Assignment assignment;
  assignment.id = query.id<AssignmentId>(0);
  assignment.scope = scope_of(query.text(1));
  assignment.target_id = query.integer(2);
  assignment.product = query.id<ProductId>(3);
  assignment.kind = query.string(4);
  return assignment;
}

DefaultProduct default_product_of(std::string_view word) {
  if (word == "work") return DefaultProduct::work;
  if (word == "transport") return DefaultProduct::transport;
  if (word == "transport_time") return DefaultProduct::transport_time;
  return DefaultProduct::none;
}

ProjectStatus project_status_of(std::string_view word) {
  if (word == "not_billable") return ProjectStatus::not_billable;
  return word == "closed" ? ProjectStatus::closed : ProjectStatus::billable;
}

}  // namespace billctl
