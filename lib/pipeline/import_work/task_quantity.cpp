#include "pipeline/import_work/task_quantity.hpp"

#include <array>

#include "ledger/entries.hpp"
#include "ledger/records.hpp"

namespace billctl {
namespace {

/// The columns of a task that its entry is made of.
struct TaskFacts {
  std::string code;
  std::int64_t project = 0;
  std::string unit;
  std::optional<std::int64_t> quantity_micro;
  bool done = false;
  std::string done_on;
  std::string source_type;
};

TaskFacts facts_of(Session& session, TaskId task) {
  Records tasks(session.ledger, session.tenant.id, RecordKind::task);
  const Record record = tasks.get(task.value);
  const auto text = [&](std::string_view column) {
    const auto* found = std::get_if<std::string>(&record.values[tasks.shape().place(column)]);
    return found != nullptr ? *found : std::string();
  };
  const auto number = [&](std::string_view column) -> std::optional<std::int64_t> {
    const auto* found = std::get_if<std::int64_t>(&record.values[tasks.shape().place(column)]);
    return found != nullptr ? std::optional(*found) : std::nullopt;
  };
  return {text("code"),       number("project").value_or(0), text("unit"),
          number("quantity"), text("status") == "done",      text("done_on"),
          text("source_type")};
}

/// What the task says of its entry; the rest of an entry that is there stays.
void lay_over(const Session& session, const TaskFacts& task, TaskId id, EntryRow& row) {
  row.source = "task";
  row.kind = EntryKind::goods;
  row.task = id;
  row.project = ProjectId{task.project};
  row.unit = task.unit.empty() ? "hour" : std::string_view(task.unit);
  const bool wanted = task.done && task.quantity_micro.value_or(0) != 0;
  if (!wanted) {
    if (!row.withdrawn_at) row.withdrawn_at = session.now.seconds();
    return;
  }
  row.quantity_micro = task.quantity_micro;
  row.work_on = Date::parse(task.done_on).value_or(session.today);
  row.withdrawn_at.reset();
}

}  // namespace

std::string task_entry_ref(std::string_view task_code) {
  return std::string(kTaskEntryPrefix) + std::string(task_code);
}

void follow_task_quantity(Session& session, TaskId id) {
  const TaskFacts task = facts_of(session, id);
  Entries entries(session.ledger, session.tenant.id);
  const std::string ref = task_entry_ref(task.code);
  if (const auto found = entries.find(ref)) {
    if (entries.locked(*found)) return;
    entries.get(*found, [&](const EntryRow& stored) {
      EntryRow row = stored;
      lay_over(session, task, id, row);
      if (row != stored) entries.change(row);
    });
    return;
  }
  if (!task.done || task.quantity_micro.value_or(0) == 0) return;
  EntryRow row;
  row.ref = ref;
  row.confirmed_at = session.now.seconds();
  row.to_rebill = is_marked_to_rebill(session, task.source_type);
  lay_over(session, task, id, row);
  entries.add({&row, 1});
}

bool is_marked_to_rebill(const Session& session, std::string_view source_type) {
  if (source_type.empty()) return true;
  return source_type == "ticket" && session.config.rebill.ticket_time_to_rebill;
}

}  // namespace billctl
