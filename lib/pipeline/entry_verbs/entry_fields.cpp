#include "pipeline/entry_verbs/entry_fields.hpp"

#include <fmt/format.h>

#include "pipeline/entries_report.hpp"
#include "pipeline/import_work/import_run.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

template <class T, class V>
void give(EntryDraft& draft, Field field, T& into, const V& value) {
  draft.give(field);
  into = value;
}

/// The row of a code, which must be there.
std::int64_t row_of(References& references, TableKind kind, const std::string& code,
                    const char* noun) {
  if (const auto row = references.find(kind, code)) return *row;
  throw Error(Reason::not_found, fmt::format("no {} \"{}\"", noun, code),
              references.nearest(kind, code));
}

void put_references(const Session& session, const EntryFields& fields, EntryDraft& draft) {
  References references(session.ledger, session.tenant.id);
  EntryRow& row = draft.row;
  const auto put = [&](const std::string& code, TableKind kind, const char* noun, Field field,
                       auto& into) {
    if (code.empty()) return;
    give(draft, field, into.value, row_of(references, kind, code, noun));
  };
  put(fields.task, TableKind::tasks, "task", Field::task, row.task);
  put(fields.project, TableKind::projects, "project", Field::project, row.project);
  put(fields.member, TableKind::members, "member", Field::member, row.member);
  put(fields.product, TableKind::products, "product", Field::product, row.product);
  put(fields.job_type, TableKind::job_types, "job type", Field::job_type, row.job_type);
  if (fields.parent.empty()) return;
  const auto parent = Entries(session.ledger, session.tenant.id).find(entry_ref_of(fields.parent));
  if (!parent) no_entry(fields.parent);
  give(draft, Field::parent, row.parent, *parent);
}

void put_times(const EntryFields& fields, EntryDraft& draft) {
  if (fields.start) give(draft, Field::started_at, draft.started, fields.start);
  if (fields.stop) give(draft, Field::stopped_at, draft.stopped, fields.stop);
  if (fields.date) give(draft, Field::date, draft.row.work_on, *fields.date);
  if (fields.seconds) give(draft, Field::seconds, draft.row.raw_seconds, fields.seconds);
}

void put_numbers(const EntryFields& fields, EntryDraft& draft) {
  EntryRow& row = draft.row;
  const auto put = [&](const std::optional<Decimal>& number, Field field, auto& into) {
    if (number) give(draft, field, into, number->micro());
  };
  put(fields.quantity, Field::quantity, row.quantity_micro);
  put(fields.unit_price, Field::unit_price, row.unit_price_micro);
  put(fields.transport_unit_price, Field::transport_unit_price, row.transport_unit_price_micro);
  if (fields.distance_metres) {
    give(draft, Field::distance_km, row.distance_metres, fields.distance_metres);
  }
  if (fields.transport_seconds) {
    give(draft, Field::transport_minutes, row.transport_seconds, fields.transport_seconds);
  }
  if (!fields.amount.empty()) give(draft, Field::amount, draft.amount, fields.amount);
}

}  // namespace

void put_fields(const Session& session, const EntryFields& fields, EntryDraft& draft) {
  put_references(session, fields, draft);
  put_times(fields, draft);
  put_numbers(fields, draft);
  EntryRow& row = draft.row;
  if (fields.charge) give(draft, Field::charge, row.charge, *fields.charge);
  if (fields.to_rebill) give(draft, Field::to_rebill, row.to_rebill, *fields.to_rebill);
  if (!fields.unit.empty()) give(draft, Field::unit, row.unit, fields.unit);
  if (!fields.description.empty())
    give(draft, Field::description, row.description, fields.description);
  for (const Field column : fields.cleared) draft.clear(column);
}

MemberId member_named(const Session& session, const std::string& code) {
  References references(session.ledger, session.tenant.id);
  return {row_of(references, TableKind::members, code, "member")};
}

MemberId acting_member(const Session& session) {
  References references(session.ledger, session.tenant.id);
  return {references.find(TableKind::members, session.actor.code).value_or(0)};
}

std::string_view option_of(Field field) {
  switch (field) {
    case Field::task:
      return "--task or --project";
    case Field::project:
      return "--project";
    case Field::started_at:
      return "--start";
    case Field::stopped_at:
      return "--stop";
    case Field::date:
      return "--date";
    case Field::quantity:
      return "--quantity";
    case Field::amount:
      return "--amount";
    case Field::distance_km:
      return "--km";
    default:
      return "the entry";
  }
}

void refuse_faults(const MadeEntry& made, std::string_view stop_option) {
  if (made.faults.empty()) return;
  const EntryFault& fault = made.faults.front();
  const std::string_view option =
      fault.column == Field::stopped_at ? stop_option : option_of(fault.column);
  throw Error(Reason::usage, fmt::format("{} is {}", option, fault.why), fault.hint);
}

}  // namespace billctl
