#include "ledger/item_row.hpp"

namespace billctl {
namespace {

/// A word that a CHECK of the schema allows; none other can be there in a sound ledger.
template <class Value>
Value sound(std::optional<Value> value) {
  if (!value)
    throw Error(Reason::corrupt, "an item holds a word that is unknown", "run `billctl verify`");
  return *value;
}

}  // namespace

Item item_of(const Query& query, int first) {
  Item item;
  int at = first;
  item.id = query.id<ItemId>(at++);
  item.entry = query.id<EntryId>(at++);
  item.kind = sound(item_kind_of(query.text(at++)));
  item.client = query.id<ClientId>(at++);
  item.project = query.id<ProjectId>(at++);
  item.engagement = query.id<EngagementId>(at++);
  item.task = query.id<TaskId>(at++);
  item.member = query.id<MemberId>(at++);
  item.job_type = query.id<JobTypeId>(at++);
  item.work_on = sound(Date::parse(query.text(at++)));
  item.product = query.id<ProductId>(at++);
  item.product_scope = sound(product_scope_of(query.text(at++)));
  item.unit = query.string(at++);
  item.quantity = Decimal::from_micro(query.integer(at++));
  item.raw_seconds = query.integer_or_null(at++);
  item.billed_seconds = query.integer_or_null(at++);
  item.metres = query.integer_or_null(at++);
  item.pieces = query.decimal_or_null(at++);
  item.unit_price = Decimal::from_micro(query.integer(at++));
  item.price_source = sound(price_source_of(query.text(at++)));
  item.price_row_id = query.integer_or_null(at++).value_or(0);
  item.default_price = query.boolean(at++);
  item.amount_minor = query.integer(at++);
  item.currency = sound(Currency::of(query.text(at++)));
  item.time_rule = query.string(at++);
  item.per_day = query.boolean(at++);
  item.previously_invoiced_on = query.string(at++);
  return item;
}

}  // namespace billctl
