#include "pipeline/import_work/entry_draft.hpp"

#include <fmt/format.h>

#include "money/carried_amount.hpp"
#include "pipeline/import_work/task_quantity.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

/// Mileage, time and goods are priced by quantity and price; the others may state an amount.
bool takes_amount(EntryKind kind) {
  return kind != EntryKind::time && kind != EntryKind::mileage && kind != EntryKind::goods;
}

/// Lays one field of the draft over what is there; a blanked one is as if nothing was ever said.
template <class T>
void lay(const EntryDraft& draft, Field column, T EntryRow::*field, EntryRow& row) {
  if (draft.has(column)) {
    row.*field = draft.row.*field;
  } else if (draft.clears(column)) {
    static const EntryRow kBlank{};
    row.*field = kBlank.*field;
  }
}

void lay_plain_fields(const EntryDraft& draft, EntryRow& row) {
  lay(draft, Field::kind, &EntryRow::kind, row);
  lay(draft, Field::task, &EntryRow::task, row);
  lay(draft, Field::member, &EntryRow::member, row);
  lay(draft, Field::zone, &EntryRow::zone, row);
  lay(draft, Field::quantity, &EntryRow::quantity_micro, row);
  lay(draft, Field::unit, &EntryRow::unit, row);
  lay(draft, Field::unit_price, &EntryRow::unit_price_micro, row);
  lay(draft, Field::distance_km, &EntryRow::distance_metres, row);
  lay(draft, Field::transport_minutes, &EntryRow::transport_seconds, row);
  lay(draft, Field::transport_unit_price, &EntryRow::transport_unit_price_micro, row);
  lay(draft, Field::product, &EntryRow::product, row);
  lay(draft, Field::job_type, &EntryRow::job_type, row);
  lay(draft, Field::description, &EntryRow::description, row);
  lay(draft, Field::charge, &EntryRow::charge, row);
  lay(draft, Field::confirmed_by, &EntryRow::confirmed_by, row);
  lay(draft, Field::to_rebill, &EntryRow::to_rebill, row);
  lay(draft, Field::parent, &EntryRow::parent, row);
  lay(draft, Field::invoiced_as, &EntryRow::invoiced_as, row);
}

void fault(MadeEntry& made, Field column, std::string why, std::string hint = "") {
  made.faults.push_back({column, std::move(why), std::move(hint)});
}

std::optional<Moment> moment_of(std::optional<std::int64_t> seconds) {
  if (!seconds) return std::nullopt;
  return Instant::from_seconds(*seconds);
}

}  // namespace

EntryMaker::EntryMaker(const Session& session, const std::optional<Zone>& zone)
    : session_(session),
      places_(session.ledger, session.tenant.id),
      codes_(session.ledger),
      zone_(zone) {
  if (zone_ && zone_->name() != session.config.tenant.zone.name()) zone_name_ = zone_->name();
}

void EntryMaker::make(const EntryDraft& draft, MadeEntry& made) {
  made.faults.clear();
  made.row = EntryRow{};
  made.row.id = draft.row.id;
  made.row.ref = draft.row.ref;
  made.row.source = draft.row.source;
  made.row.zone = zone_name_;
  if (!draft.has(Field::kind)) {
    fault(made, Field::kind, "missing", "an entry needs its kind when it is new");
  }
  finish(nullptr, draft, made);
}

void EntryMaker::lay_over(const EntryRow& stored, const EntryDraft& draft, MadeEntry& made) {
  made.faults.clear();
  made.row = stored;
  if (draft.clears(Field::kind)) fault(made, Field::kind, "empty", "it can't be blank");
  finish(&stored, draft, made);
}

void EntryMaker::finish(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made) {
  made.seconds_differ = false;
  EntryRow& row = made.row;
  lay_plain_fields(draft, row);
  place_work(stored, draft, made);
  take_times(stored, draft, made);
  take_amount(stored, draft, made);
  check_kind(draft, made);
  if (row.invoiced_as.empty()) {
    if (stored != nullptr && !stored->invoiced_as.empty()) row.archived_at.reset();
  } else if (!row.archived_at) {
    row.archived_at = session_.now.seconds();
  }
  row.withdrawn_at.reset();  // it is in its source again
}

/// Task and project: the project is the task's where it has one.
void EntryMaker::place_work(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made) {
  EntryRow& row = made.row;
  const WorkPlaces::TaskPlace task = places_.of(row.task);
  if (draft.touches(Field::project)) {
    row.project = draft.has(Field::project) ? draft.row.project : ProjectId{};
  } else if (stored != nullptr && stored->task != row.task) {
    const ProjectId before = places_.of(stored->task).project;
    if (before == row.project) row.project = ProjectId{};
  }
  if (task.project) {
    if (draft.has(Field::project) && row.project != task.project) {
      fault(made, Field::project,
            fmt::format("task \"{}\" is of project \"{}\"", codes_.of(row.task),
                        codes_.of(task.project)));
    }
    row.project = task.project;
  }
  if (!row.task && !row.project) {
    fault(made, Field::task, "missing", "an entry needs its task or its project");
  }
  if (stored == nullptr && !draft.has(Field::to_rebill)) {
    row.to_rebill = is_marked_to_rebill(session_, task.source_type);
  }
}

const Zone& EntryMaker::zone_of(const EntryRow& row) {
  if (!row.zone.empty()) {
    const Zone* zone = zones_.find(row.zone);
    if (zone != nullptr) return *zone;
  }
  return zone_ ? *zone_ : session_.config.tenant.zone;
}

void EntryMaker::take_times(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made) {
  EntryRow& row = made.row;
  const Zone& zone = zone_of(row);
  const auto moment = [&](Field column, const std::optional<Moment>& given,
                          std::optional<std::int64_t> before) {
    return draft.has(column) ? given : draft.clears(column) ? std::nullopt : moment_of(before);
  };
  RecordedTimes recorded;
  recorded.started = moment(Field::started_at, draft.started, row.started_at);
  recorded.stopped = moment(Field::stopped_at, draft.stopped, row.stopped_at);
  const bool retimed = draft.touches(Field::started_at) || draft.touches(Field::stopped_at);
  const bool derived = stored != nullptr && stored->raw_seconds && stored->started_at &&
                       stored->stopped_at &&
                       *stored->raw_seconds == *stored->stopped_at - *stored->started_at;
  if (draft.has(Field::seconds)) {
    recorded.seconds = draft.row.raw_seconds;
  } else if (!draft.clears(Field::seconds) && !(derived && retimed)) {
    recorded.seconds = row.raw_seconds;
  }
  std::optional<TimesMistake> mistake;
  const auto times = resolve_times(recorded, zone, Repeated::refuse, mistake);
  if (!times) {
    const bool start = mistake->of == TimesMistake::Of::started;
    return fault(made, start ? Field::started_at : Field::stopped_at, mistake->why, mistake->hint);
  }
  const auto seconds_of = [](const std::optional<Instant>& instant) {
    return instant ? std::optional(instant->seconds()) : std::nullopt;
  };
  row.started_at = seconds_of(times->started_at);
  row.stopped_at = seconds_of(times->stopped_at);
  row.raw_seconds = row.kind == EntryKind::time ? times->seconds : recorded.seconds;
  made.seconds_differ = times->seconds_differ && row.kind == EntryKind::time;
  if (times->work_on) row.work_on = *times->work_on;
  const bool same_start =
      stored != nullptr && stored->started_at == row.started_at && stored->zone == row.zone;
  take_date(stored, draft, same_start, made);
  if (draft.touches(Field::confirmed_at)) {
    std::string why;
    const auto confirmed =
        draft.has(Field::confirmed_at) ? resolve_moment(*draft.confirmed, zone, why) : std::nullopt;
    if (!why.empty()) fault(made, Field::confirmed_at, why, "write it with its offset");
    row.confirmed_at = seconds_of(confirmed);
  }
}

/// The work date is the local date of the start, fixed when it was imported (X27).
void EntryMaker::take_date(const EntryRow* stored, const EntryDraft& draft, bool same_start,
                           MadeEntry& made) {
  EntryRow& row = made.row;
  if (!row.started_at) {
    if (draft.has(Field::date)) {
      row.work_on = draft.row.work_on;
    } else if (stored == nullptr) {
      fault(made, Field::date, "missing", "an entry needs started_at or date");
    }
    return;
  }
  if (same_start) row.work_on = stored->work_on;
  if (draft.has(Field::date) && draft.row.work_on != row.work_on) {
    fault(made, Field::date,
          fmt::format("not {}, the local date of started_at", row.work_on.to_text()),
          "leave it out where there is a started_at");
  }
}

/// An amount is in the currency of its item (pricing.md 5) and has that one's fraction digits.
void EntryMaker::take_amount(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made) {
  EntryRow& row = made.row;
  if (draft.clears(Field::amount)) row.amount_minor.reset();
  if (!draft.has(Field::amount)) {
    if (stored != nullptr && row.amount_minor) carry_amount(*stored, made);
    return;
  }
  if (!takes_amount(row.kind)) {
    return fault(made, Field::amount, fmt::format("on an entry of kind {}", word(row.kind)),
                 "give quantity and unit_price");
  }
  std::string_view why;
  const auto amount = Money::parse(draft.amount, currency_of(row.task, row.project), &why);
  if (!amount) return fault(made, Field::amount, std::string(why));
  row.amount_minor = amount->minor();
}

/// Work that moves to a place of another currency takes its amount along as it is written: 12.00
/// EUR are 12 JPY, and 12.50 EUR are none.
void EntryMaker::carry_amount(const EntryRow& stored, MadeEntry& made) {
  EntryRow& row = made.row;
  if (stored.task == row.task && stored.project == row.project) return;
  const Currency before = currency_of(stored.task, stored.project);
  const Currency now = currency_of(row.task, row.project);
  const Money amount(*row.amount_minor, before);
  const auto carried = carried_amount(amount, now);
  if (!carried) {
    return fault(made, Field::amount,
                 fmt::format("{} {} and the work is billed in {}", amount.to_text(), before.code(),
                             now.code()),
                 "give the amount in that currency");
  }
  row.amount_minor = carried->minor();
}

void EntryMaker::check_kind(const EntryDraft& draft, MadeEntry& made) {
  const EntryRow& row = made.row;
  if (row.kind == EntryKind::goods && !row.quantity_micro) {
    fault(made, Field::quantity, "missing", "goods need a quantity");
  }
  if (row.kind == EntryKind::mileage && !row.distance_metres) {
    fault(made, Field::distance_km, "missing", "mileage needs its kilometres");
  }
  if (!takes_amount(row.kind) && row.amount_minor && !draft.has(Field::amount)) {
    fault(made, Field::amount, fmt::format("there, and the kind is {}", word(row.kind)));
  }
}

Currency EntryMaker::currency_of(TaskId task, ProjectId project) {
  const Currency named = places_.currency(task, project);
  return named != Currency::none() ? named : session_.config.tenant.currency;
}

}  // namespace billctl
