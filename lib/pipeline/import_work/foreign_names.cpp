#include "pipeline/import_work/foreign_names.hpp"

#include <fmt/format.h>

#include <array>

#include "text/slug.hpp"

namespace billctl {
namespace {

constexpr std::array<std::string_view, 4> kNouns = {"client", "project", "task", "member"};

std::string_view noun(NameKind kind) {
  return kNouns[static_cast<std::size_t>(kind)];
}

template <class Record>
std::string code_of(const Register<Record>& records, decltype(Record::id) id) {
  const Record* record = records.find(id);
  return record != nullptr ? record->code : "";
}

}  // namespace

ForeignNames::ForeignNames(ImportRun& run, Books& books, const ImportMap& map,
                           std::set<NameKind> create, std::string person)
    : run_(run),
      books_(books),
      naming_(map),
      create_(std::move(create)),
      person_(std::move(person)) {
  for (const Client& client : books.clients.all()) {
    naming_.add(NameKind::client, {client.code, client.name, ""});
  }
  for (const Project& project : books.projects.all()) {
    naming_.add(NameKind::project,
                {project.code, project.name, code_of(books.clients, project.client)});
  }
  for (const Task& task : books.tasks.all()) {
    const Project* project = books.projects.find(task.project);
    naming_.add(NameKind::task, {task.code, task.name, project != nullptr ? project->code : ""});
    if (project != nullptr && task.name == project->name) {
      plain_tasks_.emplace(project->id, task.id);
    }
  }
  for (const Member& member : books.members.all()) {
    naming_.add(NameKind::member, {member.code, member.name, member.email});
  }
  naming_.check_map(run.mistakes);
}

/// Work without a client goes to an internal project, work of a client without a project to one
/// that is named for the client.
WorkNames ForeignNames::names_of(const ForeignEntry& entry) const {
  WorkNames names = naming_.names_of(entry);
  if (!names.project.empty()) return names;
  names.project = names.client.empty() ? "Internal" : names.client;
  names.client_left_out = false;
  return names;
}

ForeignNames::Work ForeignNames::work_of(const ForeignEntry& entry) {
  const WorkNames names = names_of(entry);
  WorkCodes codes = naming_.resolve(names, entry.at);
  if (codes.unknown) make_missing(names, codes);
  refuse_unplaced(names, codes, entry.at);
  Work work;
  work.billable = names.billable;
  work.known = !codes.unknown;
  if (codes.unknown) return work;
  work.project = books_.projects.find(*codes.project)->id;
  const bool named = !names.member.empty() || !names.email.empty();
  const Member* member = books_.members.find(named ? codes.member.value_or("") : person_);
  if (member != nullptr) {
    work.member = member->id;
    work.member_code = member->code;
  }
  take_task(names, codes, work);
  return work;
}

/// Rows without a task have one task for each project, when tasks are made; else the project alone.
void ForeignNames::take_task(const WorkNames& names, const WorkCodes& codes, Work& work) {
  if (codes.task) {
    work.task = books_.tasks.find(*codes.task)->id;
    return;
  }
  const auto plain = plain_tasks_.find(work.project);
  if (plain != plain_tasks_.end()) {
    work.task = plain->second;
  } else if (names.task.empty() && may_make(NameKind::task)) {
    const Project& project = books_.projects.at(work.project);
    work.task = books_.tasks.find(make_task(project.name, project.code))->id;
    plain_tasks_.emplace(work.project, work.task);
  }
}

/// From above: a project of an unknown client is made only with its client.
void ForeignNames::make_missing(const WorkNames& names, WorkCodes& codes) {
  if (!names.client.empty() && !codes.client && may_make(NameKind::client)) {
    codes.client = make_client(names.client);
  }
  const bool placed = names.client.empty() ? !names.client_left_out : codes.client.has_value();
  if (!codes.project && placed && may_make(NameKind::project)) {
    codes.project = make_project(names.project, codes.client.value_or(""));
  }
  if (!names.task.empty() && !codes.task && codes.project && may_make(NameKind::task)) {
    codes.task = make_task(names.task, *codes.project);
  }
  const bool named = !names.member.empty() || !names.email.empty();
  if (named && !codes.member && may_make(NameKind::member)) codes.member = make_member(names);
  codes.unknown = (!names.client.empty() && !codes.client) || !codes.project ||
                  (!names.task.empty() && !codes.task) || (named && !codes.member);
}

/// A project whose client the export leaves out can't be made: it would be internal.
void ForeignNames::refuse_unplaced(const WorkNames& names, const WorkCodes& codes,
                                   const Position& at) {
  if (codes.project || !names.client_left_out || !may_make(NameKind::project)) return;
  if (!unplaced_.insert(names.project).second) return;
  run_.mistakes.add(at,
                    fmt::format("project {} is unknown, and the export does not say its client",
                                shown(names.project)),
                    "import it, or give its code in a --map");
}

std::string ForeignNames::free_code(NameKind kind, const std::string& name) const {
  return free_slug(name, [&](std::string_view code) { return naming_.has_code(kind, code); });
}

std::int64_t ForeignNames::add_record(RecordKind kind,
                                      const std::map<std::string, RecordValue>& values) {
  Records records(run_.session.ledger, run_.session.tenant.id, kind);
  Record record{records.last_id() + 1, {}};
  for (const RecordColumn& column : records.shape().columns) {
    const auto given = values.find(std::string(column.name));
    record.values.push_back(given != values.end() ? given->second : column.otherwise);
  }
  records.add(record);
  return record.id;
}

std::string ForeignNames::make_client(const std::string& name) {
  Client client;
  client.code = free_code(NameKind::client, name);
  client.name = name;
  client.id =
      ClientId{add_record(RecordKind::client, {{"code", client.code}, {"name", client.name}})};
  naming_.add(NameKind::client, {client.code, client.name, ""});
  ++made_[NameKind::client];
  books_.clients.add(client);
  return client.code;
}

std::string ForeignNames::make_project(const std::string& name, const std::string& client) {
  Project project;
  project.code = free_code(NameKind::project, name);
  project.name = name;
  project.internal = client.empty();
  std::map<std::string, RecordValue> values = {{"code", project.code}, {"name", project.name}};
  values["internal"] = std::int64_t{project.internal ? 1 : 0};
  if (!project.internal) {
    project.client = books_.clients.find(client)->id;
    values["client"] = project.client.value;
  }
  project.id = ProjectId{add_record(RecordKind::project, values)};
  naming_.add(NameKind::project, {project.code, project.name, client});
  ++made_[NameKind::project];
  books_.projects.add(project);
  return project.code;
}

std::string ForeignNames::make_task(const std::string& name, const std::string& project) {
  Task task;
  task.code = free_code(NameKind::task, name);
  task.name = name;
  task.project = books_.projects.find(project)->id;
  task.id = TaskId{
      add_record(RecordKind::task,
                 {{"code", task.code}, {"name", task.name}, {"project", task.project.value}})};
  naming_.add(NameKind::task, {task.code, task.name, project});
  ++made_[NameKind::task];
  books_.tasks.add(task);
  return task.code;
}

std::string ForeignNames::make_member(const WorkNames& names) {
  Member member;
  member.name = names.member.empty() ? names.email : names.member;
  member.code = free_code(NameKind::member, member.name);
  member.email = names.email;
  member.id = MemberId{add_record(
      RecordKind::member, {{"code", member.code}, {"name", member.name}, {"email", member.email}})};
  naming_.add(NameKind::member, {member.code, member.name, member.email});
  ++made_[NameKind::member];
  books_.members.add(member);
  return member.code;
}

void ForeignNames::refuse_unknown() {
  for (const UnknownName& unknown : naming_.unknown()) {
    if (may_make(unknown.kind)) continue;
    run_.mistakes.add(unknown.at,
                      fmt::format("{} {} is unknown", noun(unknown.kind), shown(unknown.path)),
                      fmt::format("give its code in a --map (--make-map FILE writes one to fill "
                                  "in), or make it with --create {}s",
                                  noun(unknown.kind)));
  }
}

}  // namespace billctl
