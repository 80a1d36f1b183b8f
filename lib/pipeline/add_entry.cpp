#include "pipeline/add_entry.hpp"

#include <fmt/format.h>

#include "ledger/changes.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/import_work/task_quantity.hpp"
#include "pipeline/new_name.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

EntryKind kind_of(const NewEntry& entry) {
  if (entry.kind) return *entry.kind;
  if (entry.distance_metres) return EntryKind::mileage;
  if (entry.quantity) return EntryKind::goods;
  const bool timed = entry.seconds || entry.start || entry.amount.empty();
  return timed ? EntryKind::time : EntryKind::expense;
}

/// The next of e1, e2 … that nobody has.
std::string free_ref(Entries& entries) {
  for (std::int64_t number = entries.last_id() + 1;; ++number) {
    std::string ref = fmt::format("e{}", number);
    if (!entries.find(ref)) return ref;
  }
}

std::string ref_of(Entries& entries, const NewEntry& entry) {
  if (entry.id.empty()) return free_ref(entries);
  require_new_name("entry", entry.id);
  if (entry.id.starts_with(kTaskEntryPrefix)) {
    throw Error(Reason::usage, "an id that begins with task: is billctl's own");
  }
  if (const auto there = entries.find(entry.id)) {
    bool gone = false;
    entries.get(*there, [&](const EntryRow& row) { gone = row.withdrawn_at.has_value(); });
    if (gone) {
      throw Error(Reason::wrong_state,
                  "entry " + entry.id + " was there before, its id is not given again",
                  "leave --id out, or say another");
    }
    throw Error(Reason::wrong_state, "entry " + entry.id + " is there already",
                "see it with `billctl entry show " + entry.id + "`");
  }
  return entry.id;
}

/// What was not said of a new entry.
void put_defaults(const Session& session, const NewEntry& entry, EntryDraft& draft) {
  draft.give(Field::kind);
  draft.row.kind = kind_of(entry);
  draft.give(Field::unit);
  draft.give(Field::description);
  if (!entry.date && !entry.start) {
    draft.give(Field::date);
    draft.row.work_on = session.today;
  }
  if (!entry.member.empty()) return;
  draft.row.member = acting_member(session);
  if (draft.row.member) draft.give(Field::member);
}

Json arguments_of(const NewEntry& entry) {
  Json arguments = Json::object();
  for (const auto& [name, value] :
       {std::pair{"id", entry.id}, std::pair{"task", entry.task},
        std::pair{"project", entry.project}, std::pair{"member", entry.member}}) {
    if (!value.empty()) arguments.set(name, value);
  }
  return arguments;
}

/// One measure, and one is enough: hours or a start, kilometres, a quantity, an amount.
void check_measure(const NewEntry& entry) {
  const int measures = (entry.seconds ? 1 : 0) + (entry.distance_metres ? 1 : 0) +
                       (entry.quantity ? 1 : 0) + (entry.amount.empty() ? 0 : 1);
  if (measures > 1) {
    throw Error(Reason::usage, "an entry has one of --hours, --km, --quantity and --amount",
                "add an entry for each");
  }
  if (kind_of(entry) == EntryKind::time && !entry.seconds && !entry.start) {
    throw Error(Reason::usage, "--hours or --start is missing",
                "say how long it took, or when it began");
  }
}

/// As an import says it: what was recorded counts.
Json warnings_of(const MadeEntry& made) {
  Json warnings = Json::array();
  if (!made.seconds_differ) return warnings;
  const std::int64_t between = made.row.stopped_at.value_or(0) - made.row.started_at.value_or(0);
  warnings.push(Json::object(
      {{"code", word(Reason::seconds_differ)},
       {"message", fmt::format("{} s are recorded, from start to stop it is {} s; the recorded "
                               "ones count",
                               made.row.raw_seconds.value_or(0), between)}}));
  return warnings;
}

bool is_own(const Session& session, const NewEntry& entry) {
  return entry.member.empty() || entry.member == session.actor.code;
}

}  // namespace

Report add_entry(Session& session, const NewEntry& entry) {
  check_measure(entry);
  Verb verb{"entry add", arguments_of(entry), false};
  verb.own = [&] { return is_own(session, entry); };
  return perform(session, verb, [&] {
    Entries entries(session.ledger, session.tenant.id);
    EntryDraft draft;
    const std::string ref = ref_of(entries, entry);
    draft.row.ref = ref;
    put_fields(session, entry, draft);
    put_defaults(session, entry, draft);
    MadeEntry made;
    EntryMaker(session, std::nullopt).make(draft, made);
    refuse_faults(made);
    entries.add({&made.row, 1});
    Report report;
    Codes codes(session.ledger);
    EntryList(session.ledger, session.tenant.id).find(ref, [&](const ListedEntry& listed) {
      report.body = entry_json(session, listed, codes);
    });
    report.body.set("warnings", warnings_of(made));
    report.subjects.push_back({"entry:" + ref, "added"});
    return report;
  });
}

Report finish_task(Session& session, const std::string& code) {
  const Verb verb{"task done", Json::object({{"task", code}}), false};
  return perform(session, verb, [&] {
    References references(session.ledger, session.tenant.id);
    const auto row = references.find(TableKind::tasks, code);
    if (!row) {
      throw Error(Reason::not_found, "no task \"" + code + "\"",
                  references.nearest(TableKind::tasks, code));
    }
    Records tasks(session.ledger, session.tenant.id, RecordKind::task);
    Record task = tasks.get(*row);
    RecordValue& status = task.values[tasks.shape().place("status")];
    RecordValue& done_on = task.values[tasks.shape().place("done_on")];
    const RecordValue& quantity = task.values[tasks.shape().place("quantity")];
    Entries entries(session.ledger, session.tenant.id);
    const auto* micro = std::get_if<std::int64_t>(&quantity);
    const bool has_quantity = micro != nullptr && *micro > 0;
    if (!has_quantity && !entries.any_of_task(TaskId{*row})) {
      throw Error(
          Reason::wrong_state,
          fmt::format("task {} has neither a quantity nor an entry, one of them is needed", code),
          "add an entry with `billctl entry add --task " + code +
              "`, or a quantity with an import of tasks");
    }
    if (status != RecordValue(std::string("done"))) {
      status = std::string("done");
      done_on = session.today.to_text();
      tasks.change(task);
      Changes(session.ledger, session.tenant.id).note("task", *row);
    }
    follow_task_quantity(session, TaskId{*row});
    Report report;
    report.body = Json::object({{"task", code},
                                {"status", "done"},
                                {"done_on", std::get<std::string>(done_on)},
                                {"entry", has_quantity ? Json(task_entry_ref(code)) : Json()}});
    report.subjects.push_back({"task:" + code, "done"});
    return report;
  });
}

}  // namespace billctl
