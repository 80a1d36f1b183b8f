// An entry's columns as a file would say them, for messages and dry runs.
#include <fmt/format.h>

#include "pipeline/import_work/entry_draft.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

std::string decimal_text(std::optional<std::int64_t> micro) {
  return micro ? Decimal::from_micro(*micro).to_text() : "";
}

std::string number_text(std::optional<std::int64_t> number) {
  return number ? std::to_string(*number) : "";
}

std::string instant_text(std::optional<std::int64_t> seconds) {
  return seconds ? Instant::from_seconds(*seconds).to_text() : "";
}

std::string minutes_text(std::optional<std::int64_t> seconds) {
  constexpr std::int64_t kMinute = 60;
  return seconds ? Decimal::from_micro(*seconds * Decimal::kOne / kMinute).to_text() : "";
}

std::string kilometres_text(std::optional<std::int64_t> metres) {
  constexpr std::int64_t kMicro = 1000;
  return metres ? Decimal::from_micro(*metres * kMicro).to_text() : "";
}

}  // namespace

std::string EntryMaker::text_of(EntryColumn column, const EntryRow& row) {
  switch (column) {
    case Field::id:
      return std::string(row.ref);
    case Field::kind:
      return std::string(word(row.kind));
    case Field::task:
      return codes_.of(row.task);
    case Field::project:
      return codes_.of(row.project);
    case Field::member:
      return codes_.of(row.member);
    case Field::started_at:
      return instant_text(row.started_at);
    case Field::stopped_at:
      return instant_text(row.stopped_at);
    case Field::seconds:
      return number_text(row.raw_seconds);
    case Field::date:
      return row.work_on.to_text();
    case Field::zone:
      return std::string(row.zone);
    case Field::quantity:
      return decimal_text(row.quantity_micro);
    case Field::unit:
      return std::string(row.unit);
    case Field::unit_price:
      return decimal_text(row.unit_price_micro);
    case Field::amount:
      return row.amount_minor
                 ? Money(*row.amount_minor, currency_of(row.task, row.project)).to_text()
                 : "";
    case Field::distance_km:
      return kilometres_text(row.distance_metres);
    case Field::transport_minutes:
      return minutes_text(row.transport_seconds);
    case Field::transport_unit_price:
      return decimal_text(row.transport_unit_price_micro);
    case Field::product:
      return codes_.of(row.product);
    case Field::job_type:
      return codes_.of(row.job_type);
    case Field::description:
      return std::string(row.description);
    case Field::charge:
      return std::string(word(row.charge));
    case Field::confirmed_at:
      return instant_text(row.confirmed_at);
    case Field::confirmed_by:
      return std::string(row.confirmed_by);
    case Field::to_rebill:
      return row.to_rebill ? "1" : "0";
    case Field::parent:
      return number_text(row.parent ? std::optional(row.parent.value) : std::nullopt);
    case Field::invoiced_as:
      return std::string(row.invoiced_as);
  }
  return "";
}

}  // namespace billctl
