#include "pipeline/selections.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/local_edits.hpp"
#include "ledger/records.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

std::vector<ClientId> clients_of(const Session& session, const std::string& name) {
  std::vector<ClientId> clients = read_selection(session.ledger, session.tenant.id, name);
  if (clients.empty()) {
    throw Error(Reason::not_found, "no selection \"" + name + "\"",
                did_you_mean(name, selection_names(session.ledger, session.tenant.id)));
  }
  return clients;
}

Json codes_of(const Books& books, const std::vector<ClientId>& clients) {
  Json codes = Json::array();
  for (const ClientId client : clients) codes.push(books.clients.at(client).code);
  return codes;
}

std::int64_t client_row(References& references, const std::string& code) {
  const auto row = references.find(TableKind::clients, code);
  if (row) return *row;
  throw Error(Reason::not_found, "no client \"" + code + "\"",
              references.nearest(TableKind::clients, code));
}

Json arguments_of(const std::string& name, const std::vector<std::string>& clients) {
  Json codes = Json::array();
  for (const std::string& client : clients) codes.push(client);
  return Json::object({{"selection", name}, {"clients", std::move(codes)}});
}

Report told(const Session& session, const std::string& name, const char* verb, Json done) {
  Json clients = Json::array();
  References references(session.ledger, session.tenant.id);
  for (const ClientId client : read_selection(session.ledger, session.tenant.id, name)) {
    clients.push(references.code_of(TableKind::clients, client.value));
  }
  Report report;
  report.body =
      Json::object({{"selection", name}, {verb, std::move(done)}, {"clients", std::move(clients)}});
  report.subjects.push_back({"selection:" + name, "changed"});
  return report;
}

}  // namespace

Json selection_list(const Session& session, const Books& books, const Filter& filter) {
  require_reading(session, "selection list");
  if (!filter.after.empty()) clients_of(session, filter.after);  // it must be there
  const auto wanted = [&](ClientId client) {
    return (!filter.by_client ||
            std::ranges::find(filter.clients, client) != filter.clients.end()) &&
           std::ranges::find(filter.not_clients, client) == filter.not_clients.end();
  };
  Json rows = Json::array();
  for (const std::string& name : selection_names(session.ledger, session.tenant.id)) {
    if (!filter.after.empty() && name <= filter.after) continue;
    const std::vector<ClientId> clients = clients_of(session, name);
    if (std::ranges::none_of(clients, wanted)) continue;
    rows.push(Json::object({{"selection", name}, {"clients", codes_of(books, clients)}}));
  }
  return Json::object({{"selections", std::move(rows)}});
}

Json selection_show(const Session& session, const Books& books, const std::string& name) {
  require_reading(session, "selection show");
  Json clients = Json::array();
  for (const ClientId id : clients_of(session, name)) {
    const Client& client = books.clients.at(id);
    clients.push(Json::object({{"client", client.code}, {"name", client.name}}));
  }
  return Json::object({{"selection", name}, {"clients", std::move(clients)}});
}

Report selection_add(Session& session, const std::string& name,
                     const std::vector<std::string>& clients) {
  const Verb verb{"selection add", arguments_of(name, clients), false};
  return perform(session, verb, [&] {
    References references(session.ledger, session.tenant.id);
    Records selections(session.ledger, session.tenant.id, RecordKind::selection);
    LocalEdits edits(session.ledger, session.tenant.id, word(TableKind::selections));
    Json added = Json::array();
    for (const std::string& client : clients) {
      const std::vector<RecordValue> values = {name, client_row(references, client)};
      if (selections.find(values)) continue;
      selections.add({selections.last_id() + 1, values});
      edits.forget(name + "/" + client, LocalEdits::kGone);
      added.push(client);
    }
    return told(session, name, "added", std::move(added));
  });
}

Report selection_remove(Session& session, const std::string& name,
                        const std::vector<std::string>& clients) {
  const Verb verb{"selection remove", arguments_of(name, clients), false};
  return perform(session, verb, [&] {
    clients_of(session, name);
    References references(session.ledger, session.tenant.id);
    Records selections(session.ledger, session.tenant.id, RecordKind::selection);
    LocalEdits edits(session.ledger, session.tenant.id, word(TableKind::selections));
    Json removed = Json::array();
    for (const std::string& client : clients) {
      const auto record = selections.find({name, client_row(references, client)});
      if (!record) {
        throw Error(Reason::not_found, "client " + client + " is not in selection " + name,
                    "see it with `billctl selection show " + name + "`");
      }
      selections.remove(record->id);
      edits.mark(name + "/" + client, LocalEdits::kGone);
      removed.push(client);
    }
    return told(session, name, "removed", std::move(removed));
  });
}

}  // namespace billctl
