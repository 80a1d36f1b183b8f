#include "pipeline/selections.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/local_edits.hpp"
#include "ledger/records.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/new_name.hpp"
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

void refuse_taken(const Session& session, const std::string& name) {
  if (read_selection(session.ledger, session.tenant.id, name).empty()) return;
  throw Error(Reason::wrong_state, "there is a selection \"" + name + "\" already",
              "see it with `billctl selection show " + name + "`");
}

/// The rows of selections as they are changed here: an import leaves them alone afterwards.
class SelectionRows {
 public:
  explicit SelectionRows(const Session& session)
      : references_(session.ledger, session.tenant.id),
        records_(session.ledger, session.tenant.id, RecordKind::selection),
        edits_(session.ledger, session.tenant.id, word(TableKind::selections)) {}

  /// @return whether the client was not in it yet.
  bool add(const std::string& name, ClientId client) {
    const std::vector<RecordValue> values = {name, client.value};
    if (records_.find(values)) return false;
    records_.add({records_.last_id() + 1, values});
    edits_.forget(identity(name, client), LocalEdits::kGone);
    return true;
  }
  /// @return whether the client was in it.
  bool remove(const std::string& name, ClientId client) {
    const auto record = records_.find({name, client.value});
    if (!record) return false;
    records_.remove(record->id);
    edits_.mark(identity(name, client), LocalEdits::kGone);
    return true;
  }

 private:
  std::string identity(const std::string& name, ClientId client) {
    return name + "/" + references_.code_of(TableKind::clients, client.value);
  }

  References references_;
  Records records_;
  LocalEdits edits_;
};

/// Of those clients the ones that are not among `others`.
Json codes_of(References& references, const std::vector<ClientId>& clients,
              const std::vector<ClientId>& others) {
  Json codes = Json::array();
  for (const ClientId client : clients) {
    if (std::ranges::find(others, client) != others.end()) continue;
    codes.push(references.code_of(TableKind::clients, client.value));
  }
  return codes;
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
  refuse_words(filter.kinds, "--kind", "selection list");
  refuse_words(filter.states, "--state", "selection list");
  if (!filter.after.empty()) clients_of(session, filter.after);  // it must be there
  const auto wanted = [&](ClientId client) {
    return (!filter.by_client ||
            std::ranges::find(filter.clients, client) != filter.clients.end()) &&
           std::ranges::find(filter.not_clients, client) == filter.not_clients.end();
  };
  Json rows = Json::array();
  for (const std::string& name : selection_names(session.ledger, session.tenant.id)) {
    if (filter.sort.empty() && !filter.after.empty() && name <= filter.after) continue;
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
  require_new_name("selection", name);
  const Verb verb{"selection add", arguments_of(name, clients), false};
  return perform(session, verb, [&] {
    References references(session.ledger, session.tenant.id);
    SelectionRows rows(session);
    Json added = Json::array();
    for (const std::string& client : clients) {
      if (rows.add(name, ClientId{client_row(references, client)})) added.push(client);
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
    SelectionRows rows(session);
    Json removed = Json::array();
    for (const std::string& client : clients) {
      if (!rows.remove(name, ClientId{client_row(references, client)})) {
        throw Error(Reason::not_found, "client " + client + " is not in selection " + name,
                    "see it with `billctl selection show " + name + "`");
      }
      removed.push(client);
    }
    return told(session, name, "removed", std::move(removed));
  });
}

Report selection_edit(Session& session, const std::string& name, const std::string& rename,
                      const std::vector<std::string>& clients) {
  Json arguments = arguments_of(name, clients);
  if (!rename.empty()) {
    require_new_name("selection", rename);
    arguments.set("rename", rename);
  }
  return perform(session, {"selection edit", std::move(arguments), false}, [&] {
    const std::vector<ClientId> before = clients_of(session, name);
    const std::string target = rename.empty() ? name : rename;
    if (rename.empty() && clients.empty()) {
      throw Error(Reason::usage, "nothing to change was given", "give --rename, --client or both");
    }
    if (target != name) refuse_taken(session, target);
    References references(session.ledger, session.tenant.id);
    std::vector<ClientId> after = clients.empty() ? before : std::vector<ClientId>{};
    for (const std::string& client : clients) {
      const ClientId row{client_row(references, client)};
      if (std::ranges::find(after, row) == after.end()) after.push_back(row);
    }
    SelectionRows rows(session);
    for (const ClientId client : before) {
      const bool stays = target == name && std::ranges::find(after, client) != after.end();
      if (!stays) rows.remove(name, client);
    }
    for (const ClientId client : after) rows.add(target, client);
    Report report = told(session, target, "added", codes_of(references, after, before));
    report.body.set("removed", codes_of(references, before, after));
    report.body.set("renamed", target == name ? Json() : Json(name));
    return report;
  });
}

}  // namespace billctl
