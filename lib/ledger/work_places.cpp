#include "ledger/work_places.hpp"

#include <algorithm>

#include "ledger/connection.hpp"

namespace billctl {
namespace {

/// A thousand new entries look their tasks up, however many there are; a month reads them all at
/// once.
constexpr int kFew = 5000;

constexpr const char* kTask =
    "SELECT id, project_id, client_id, source_type FROM task WHERE id = :id AND tenant_id = "
    ":tenant";
constexpr const char* kTasks =
    "SELECT id, project_id, client_id, source_type FROM task WHERE tenant_id = :tenant ORDER BY "
    "id DESC";
constexpr const char* kOfProject =
    "SELECT coalesce(e.currency, ''), p.currency, p.client_id FROM project AS p "
    "LEFT JOIN engagement AS e ON e.id = p.engagement_id WHERE p.id = :id";
constexpr const char* kOfClient = "SELECT currency FROM client WHERE id = :id";

Currency currency_named(std::string_view code) {
  return Currency::of(code).value_or(Currency::none());
}

}  // namespace

WorkPlaces::TaskPlace WorkPlaces::of(TaskId task) {
  if (!task) return {};
  const auto row = static_cast<std::size_t>(task.value);
  if (row >= tasks_.size() || !tasks_[row].known) read(task);
  const Place& place = tasks_[row];
  return {ProjectId{place.project}, ClientId{place.client}, source_types_[place.source_type]};
}

void WorkPlaces::read(TaskId task) {
  if (!all_read_ && ++read_ > kFew) read_all();
  const auto row = static_cast<std::size_t>(task.value);
  if (row < tasks_.size() && tasks_[row].known) return;
  {
    Query query(ledger_, kTask);
    query.bind(":id", task).bind(":tenant", tenant_);
    if (query.step()) put(query);
  }
  if (row >= tasks_.size()) tasks_.resize(row + 1);
  tasks_[row].known = true;
}

void WorkPlaces::read_all() {
  all_read_ = true;
  Query query(ledger_, kTasks);
  query.bind(":tenant", tenant_);
  while (query.step()) put(query);  // the highest row first, so the table is laid out once
}

void WorkPlaces::put(Query& query) {
  const auto row = static_cast<std::size_t>(query.integer(0));
  if (row >= tasks_.size()) tasks_.resize(row + 1);
  tasks_[row] = {static_cast<std::uint32_t>(query.id<ProjectId>(1).value),
                 static_cast<std::uint32_t>(query.id<ClientId>(2).value),
                 source_type(query.text(3)), true};
}

/// There are six words, so a byte numbers them.
std::uint8_t WorkPlaces::source_type(std::string_view word) {
  const auto found = std::ranges::find(source_types_, word);
  const auto place = static_cast<std::uint8_t>(found - source_types_.begin());
  expect(source_types_.size() < 255, "there are few types of sources");
  if (found == source_types_.end()) source_types_.emplace_back(word);
  return place;
}

Currency WorkPlaces::currency(TaskId task, ProjectId project) {
  const Billing& of_project = billing(project);
  if (of_project.currency != Currency::none()) return of_project.currency;
  const ClientId own = of(task).client;
  return billing(own ? own : ClientId{of_project.client}).currency;
}

const WorkPlaces::Billing& WorkPlaces::billing(ProjectId project) {
  const auto row = static_cast<std::size_t>(project.value);
  if (row >= projects_.size()) projects_.resize(row + 1);
  Billing& billing = projects_[row];
  if (billing.known) return billing;
  billing.known = true;
  Query query(ledger_, kOfProject);
  query.bind(":id", project);
  if (!query.step()) return billing;
  billing.currency = currency_named(query.text(0));
  if (billing.currency == Currency::none()) billing.currency = currency_named(query.text(1));
  billing.client = static_cast<std::uint32_t>(query.id<ClientId>(2).value);
  return billing;
}

const WorkPlaces::Billing& WorkPlaces::billing(ClientId client) {
  const auto row = static_cast<std::size_t>(client.value);
  if (row >= clients_.size()) clients_.resize(row + 1);
  Billing& billing = clients_[row];
  if (billing.known) return billing;
  billing.known = true;
  Query query(ledger_, kOfClient);
  query.bind(":id", client);
  if (query.step()) billing.currency = currency_named(query.text(0));
  return billing;
}

}  // namespace billctl
