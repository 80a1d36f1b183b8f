#include "pipeline/entry_verbs/edit_entry.hpp"

#include <fmt/format.h>

#include "pipeline/entry_verbs/entry_changes.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

[[noreturn]] void wrong_measure(const char* option, const char* kinds, const EntryRow& row) {
  throw Error(Reason::usage, fmt::format("{} is for {}, entry {} is of kind {}", option, kinds,
                                         row.ref, word(row.kind)));
}

/// A measure that the kind does not have would never be billed.
void check_measures(const EntryFields& fields, const EntryRow& row) {
  const bool mileage = row.kind == EntryKind::mileage;
  if (fields.seconds && row.kind != EntryKind::time) wrong_measure("--hours", "time", row);
  if (fields.distance_metres && !mileage) wrong_measure("--km", "mileage", row);
  if (fields.transport_seconds && !mileage) wrong_measure("--minutes", "mileage", row);
  if (fields.transport_unit_price && !mileage) wrong_measure("--travel-price", "mileage", row);
  if (fields.quantity && (mileage || row.kind == EntryKind::time))
    wrong_measure("--quantity", "goods and expenses", row);
}

bool is_zero(const std::optional<Decimal>& price) {
  return price && price->micro() == 0;
}

/// S0-19: contractual is price 0, back to billable is the default price.
void follow_charge(const EntryFields& fields, const EntryRow& stored, EntryDraft& draft) {
  const Charge charge = fields.charge.value_or(stored.charge);
  if (charge == Charge::contractual) {
    if (fields.unit_price && !is_zero(fields.unit_price)) {
      throw Error(
          Reason::usage,
          fmt::format("--price {}: contractual work has price 0", fields.unit_price->to_text()),
          "make it billable first, or with it: --charge billable --price");
    }
    if (stored.charge == Charge::contractual || stored.amount_minor) return;
    draft.give(Field::unit_price);
    draft.row.unit_price_micro = 0;
    return;
  }
  if (charge != Charge::billable || stored.charge == Charge::billable) return;
  if (!fields.unit_price) draft.clear(Field::unit_price);
  if (!fields.transport_unit_price) draft.clear(Field::transport_unit_price);
}

/// A day given to an entry with a start moves it there, at the same time of the clock.
void move_day(EntryChanges& changes, const EntryFields& fields, const EntryRow& stored,
              EntryDraft& draft) {
  if (!fields.date || fields.start || fields.stop || !stored.started_at) return;
  const Zone& zone = changes.maker().zone_of(stored);
  const std::int32_t days = fields.date->days() - stored.work_on.days();
  const auto moved = [&](std::int64_t seconds) {
    LocalTime local = zone.local(Instant::from_seconds(seconds));
    local.date = Date::from_days(local.date.days() + days);
    return Moment(local);
  };
  draft.given &= ~(1U << static_cast<unsigned>(Field::date));
  draft.give(Field::started_at);
  draft.started = moved(*stored.started_at);
  if (!stored.stopped_at) return;
  draft.give(Field::stopped_at);
  draft.stopped = moved(*stored.stopped_at);
}

/// Lays the draft over the entry and tells what came of it.
Report lay_over(EntryChanges& changes, const EntryRow& before, const EntryDraft& draft,
                std::string_view stop_option) {
  MadeEntry made;
  changes.maker().lay_over(before, draft, made);
  refuse_faults(made, stop_option);
  const Json differences = changes.differences(before, made.row);
  if (!differences.as_array().empty()) {
    changes.write(before, made.row);
    changes.follow();
  }
  Json body = changes.shown(before.ref);
  body.set("changed", differences);
  return changes.report(std::move(body));
}

EntryRow running_one(EntryChanges& changes, const std::string& name) {
  if (!name.empty()) return changes.named(name);
  const Session& session = changes.session();
  const auto running = changes.entries().running_of(acting_member(session));
  if (running.empty()) {
    throw Error(Reason::not_found, "no entry of " + session.actor.code + " is running",
                "see `billctl entry list --state running`");
  }
  if (running.size() == 1) return changes.row(running.front());
  std::string refs;
  for (const EntryId id : running)
    refs += (refs.empty() ? "" : ", ") + std::string(changes.row(id).ref);
  throw Error(
      Reason::usage,
      fmt::format("{} entries of {} are running: {}", running.size(), session.actor.code, refs),
      "name the one to stop");
}

}  // namespace

Report edit_entry(Session& session, const std::string& name, const EntryFields& fields) {
  Verb verb{"entry edit", Json::object({{"entry", name}}), true};
  verb.own = [&] {
    return is_own_entry(session, name) &&
           (fields.member.empty() || fields.member == session.actor.code);
  };
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    const EntryRow before = changes.named(name);
    changes.require_unlocked(before);
    EntryChanges::require_own_work(before);
    check_measures(fields, before);
    EntryDraft draft;
    draft.row.ref = before.ref;
    put_fields(session, fields, draft);
    if (draft.given == 0 && draft.cleared == 0) {
      throw Error(Reason::usage, "nothing to change in entry " + std::string(before.ref),
                  "say what, such as --hours, --price, --charge or --description");
    }
    if (draft.has(Field::parent) && draft.row.parent == before.id)
      throw Error(Reason::usage, "--parent is the entry itself");
    follow_charge(fields, before, draft);
    move_day(changes, fields, before, draft);
    return lay_over(changes, before, draft, "--stop");
  });
}

Report stop_entry(Session& session, const std::string& name, const std::optional<Moment>& at) {
  Verb verb{"entry stop", Json::object({{"entry", Json::text_or_null(name)}}), true};
  verb.own = [&] { return name.empty() || is_own_entry(session, name); };
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    const EntryRow before = running_one(changes, name);
    changes.require_unlocked(before);
    if (!changes.is_running(before)) {
      throw Error(Reason::wrong_state, fmt::format("entry {} does not run", before.ref),
                  fmt::format("change its times with `billctl entry edit {}`", before.ref));
    }
    EntryDraft draft;
    draft.row.ref = before.ref;
    draft.give(Field::stopped_at);
    draft.stopped = at.value_or(Moment(session.now));
    return lay_over(changes, before, draft, "--at");
  });
}

}  // namespace billctl
