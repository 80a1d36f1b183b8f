#include "pipeline/add_entry.hpp"

#include <fmt/format.h>

#include "ledger/books_table.hpp"
#include "ledger/changes.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/import_work/task_quantity.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

/// The row of a code, which must be there.
template <class Record>
auto row_of(const Register<Record>& records, const std::string& code, const char* noun) {
  const Record* record = records.find(code);
  if (record == nullptr) {
    throw Error(Reason::not_found, fmt::format("no {} \"{}\"", noun, code),
                did_you_mean(code, records.codes()));
  }
  return record->id;
}

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
  if (entry.id.starts_with(kTaskEntryPrefix)) {
    throw Error(Reason::usage, "an id that begins with task: is billctl's own");
  }
  if (entries.find(entry.id)) {
    throw Error(Reason::wrong_state, "entry " + entry.id + " is there already",
                "see it with `billctl entry show " + entry.id + "`");
  }
  return entry.id;
}

class DraftMaker {
 public:
  DraftMaker(const Session& session, const Books& books, const NewEntry& entry)
      : session_(session), books_(books), entry_(entry) {}

  void fill(EntryDraft& draft) const {
    draft.give(Field::kind);
    draft.row.kind = kind_of(entry_);
    fill_references(draft);
    fill_times(draft);
    fill_numbers(draft);
    if (entry_.charge) give(draft, Field::charge, draft.row.charge, *entry_.charge);
    if (!entry_.amount.empty()) give(draft, Field::amount, draft.amount, entry_.amount);
    draft.row.unit = entry_.unit;
    draft.row.description = entry_.description;
    draft.give(Field::unit);
    draft.give(Field::description);
  }

 private:
  template <class T, class V>
  static void give(EntryDraft& draft, Field field, T& into, const V& value) {
    draft.give(field);
    into = value;
  }

  void fill_references(EntryDraft& draft) const {
    EntryRow& row = draft.row;
    if (!entry_.task.empty()) {
      give(draft, Field::task, row.task, row_of(books_.tasks, entry_.task, "task"));
    }
    if (!entry_.project.empty()) {
      give(draft, Field::project, row.project, row_of(books_.projects, entry_.project, "project"));
    }
    if (!entry_.product.empty()) {
      give(draft, Field::product, row.product, row_of(books_.products, entry_.product, "product"));
    }
    if (!entry_.job_type.empty()) {
      give(draft, Field::job_type, row.job_type,
           row_of(books_.job_types, entry_.job_type, "job type"));
    }
    const Member* actor = books_.members.find(session_.actor.code);
    if (!entry_.member.empty()) {
      give(draft, Field::member, row.member, row_of(books_.members, entry_.member, "member"));
    } else if (actor != nullptr) {
      give(draft, Field::member, row.member, actor->id);
    }
  }

  void fill_times(EntryDraft& draft) const {
    if (entry_.start) give(draft, Field::started_at, draft.started, entry_.start);
    if (entry_.stop) give(draft, Field::stopped_at, draft.stopped, entry_.stop);
    if (entry_.date || !entry_.start) {
      give(draft, Field::date, draft.row.work_on, entry_.date.value_or(session_.today));
    }
    if (entry_.seconds) give(draft, Field::seconds, draft.row.raw_seconds, entry_.seconds);
  }

  void fill_numbers(EntryDraft& draft) const {
    EntryRow& row = draft.row;
    if (entry_.quantity) {
      give(draft, Field::quantity, row.quantity_micro, entry_.quantity->micro());
    }
    if (entry_.unit_price) {
      give(draft, Field::unit_price, row.unit_price_micro, entry_.unit_price->micro());
    }
    if (entry_.distance_metres) {
      give(draft, Field::distance_km, row.distance_metres, entry_.distance_metres);
    }
    if (entry_.transport_seconds) {
      give(draft, Field::transport_minutes, row.transport_seconds, entry_.transport_seconds);
    }
  }

  const Session& session_;
  const Books& books_;
  const NewEntry& entry_;
};

/// The option of `entry add` that gives a column, for what is missing or wrong.
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

void refuse_faults(const MadeEntry& made) {
  if (made.faults.empty()) return;
  const EntryFault& fault = made.faults.front();
  throw Error(Reason::usage, fmt::format("{} is {}", option_of(fault.column), fault.why),
              fault.hint);
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

bool is_own(const Session& session, const NewEntry& entry) {
  return entry.member.empty() || entry.member == session.actor.code;
}

}  // namespace

Report add_entry(Session& session, const NewEntry& entry) {
  check_measure(entry);
  Verb verb{"entry add", arguments_of(entry), false};
  verb.own = [&] { return is_own(session, entry); };
  return perform(session, verb, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    Entries entries(session.ledger, session.tenant.id);
    EntryDraft draft;
    const std::string ref = ref_of(entries, entry);
    draft.row.ref = ref;
    DraftMaker(session, books, entry).fill(draft);
    if (!entry.parent.empty()) {
      const auto parent = entries.find(entry_ref_of(entry.parent));
      if (!parent) no_entry(entry.parent);
      draft.give(Field::parent);
      draft.row.parent = *parent;
    }
    MadeEntry made;
    EntryMaker(session, std::nullopt).make(draft, made);
    refuse_faults(made);
    entries.add({&made.row, 1});
    Report report;
    Codes codes(session.ledger);
    EntryList(session.ledger, session.tenant.id).find(ref, [&](const ListedEntry& listed) {
      report.body = entry_json(session, listed, codes);
    });
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
