#include "pipeline/master_report.hpp"

#include <algorithm>
#include <array>

#include "pipeline/filter_words.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"
#include "work/filter_test.hpp"

namespace billctl {
namespace {

constexpr std::array<std::string_view, 5> kWords = {"client", "project", "task", "member",
                                                    "product"};
constexpr std::array<std::string_view, 3> kProjectWords = {"billable", "not_billable", "closed"};
constexpr std::array<std::string_view, 3> kTaskWords = {"draft", "open", "done"};

template <class Enum, std::size_t N>
std::string_view status_word(const std::array<std::string_view, N>& words, Enum status) {
  return words[static_cast<std::size_t>(status)];
}

Json text(std::string_view value) {
  return Json::text_or_null(value);
}

template <class Record>
Json code_of(const Register<Record>& records, decltype(Record::id) id) {
  const Record* record = records.find(id);
  return record != nullptr ? Json(record->code) : Json();
}

/// Prices are shown with the digits of their currency, an empty one being the tenant's.
Currency currency_or_tenants(const Session& session, const std::string& code) {
  return Currency::of(code).value_or(session.config.tenant.currency);
}

Json json_of(const Session&, const Books& books, const Client& client) {
  return Json::object({{"client", client.code},
                       {"name", client.name},
                       {"legal_name", text(client.legal_name)},
                       {"parent", code_of(books.clients, client.parent)},
                       {"kind", text(client.kind)},
                       {"street", text(client.street)},
                       {"street2", text(client.street2)},
                       {"city", text(client.city)},
                       {"postal_code", text(client.postal_code)},
                       {"region", text(client.region)},
                       {"country", text(client.country)},
                       {"vat_id", text(client.vat_id)},
                       {"registration_id", text(client.registration_id)},
                       {"emails", codes_json(client.emails)},
                       {"currency", text(client.currency)},
                       {"payment_terms", text(client.payment_terms)},
                       {"price_list", text(client.price_list)},
                       {"tax", codes_json(client.tax)},
                       {"language", text(client.language)},
                       {"buyer_reference", text(client.buyer_reference)},
                       {"endpoint", text(client.endpoint)},
                       {"endpoint_scheme", text(client.endpoint_scheme)},
                       {"time_rule", text(client.time_rule)},
                       {"rounding_mode", text(client.rounding_mode)},
                       {"bill_by", text(client.bill_by)},
                       {"invoice_scope", text(client.invoice_scope)},
                       {"group_projects", text(client.group_projects)},
                       {"group_hours", text(client.group_hours)},
                       {"group_travel", text(client.group_travel)},
                       {"annex", text(client.annex)},
                       {"delivery", client.delivery},
                       {"active_until", text(client.active_until_on)},
                       {"comment", text(client.comment)}});
}

Json json_of(const Session&, const Books& books, const Project& project) {
  return Json::object({{"project", project.code},
                       {"name", project.name},
                       {"client", code_of(books.clients, project.client)},
                       {"engagement", code_of(books.engagements, project.engagement)},
                       {"currency", text(project.currency)},
                       {"bill_to", code_of(books.clients, project.bill_to)},
                       {"po_number", text(project.po_number)},
                       {"status", status_word(kProjectWords, project.status)},
                       {"billable_kinds", codes_json(project.billable_kinds)},
                       {"time_rule", text(project.time_rule)},
                       {"pm", codes_json(project.pm)},
                       {"internal", project.internal},
                       {"comment", text(project.comment)}});
}

/// What the item of a task is priced in (pricing.md 5).
Currency currency_of(const Session& session, const Books& books, const Task& task) {
  const Project* project = books.projects.find(task.project);
  if (project != nullptr) {
    const Engagement* engagement = books.engagements.find(project->engagement);
    if (engagement != nullptr && !engagement->currency.empty()) {
      return *Currency::of(engagement->currency);
    }
    if (!project->currency.empty()) return *Currency::of(project->currency);
  }
  const Client* client = books.clients.find(client_of(books, task.id, task.project));
  return currency_or_tenants(session, client != nullptr ? client->currency : "");
}

Json json_of(const Session& session, const Books& books, const Task& task) {
  const Currency currency = currency_of(session, books, task);
  return Json::object({{"task", task.code},
                       {"name", task.name},
                       {"client", code_of(books.clients, client_of(books, task.id, task.project))},
                       {"project", code_of(books.projects, task.project)},
                       {"team", code_of(books.teams, task.team)},
                       {"billable", task.billable},
                       {"product", code_of(books.products, task.product)},
                       {"price_list", text(task.price_list)},
                       {"unit", text(task.unit)},
                       {"unit_price", price_json(task.unit_price, currency)},
                       {"currency", currency.code()},
                       {"quantity", quantity_json(task.quantity)},
                       {"status", status_word(kTaskWords, task.status)},
                       {"done_on", text(task.done_on)},
                       {"source_type", text(task.source_type)},
                       {"source_ref", text(task.source_ref)}});
}

Json json_of(const Session&, const Books& books, const Member& member) {
  return Json::object({{"member", member.code},
                       {"name", member.name},
                       {"email", text(member.email)},
                       {"team", code_of(books.teams, member.team)},
                       {"role", text(member.role)},
                       {"hours_per_day", quantity_json(member.hours_per_day)},
                       {"os_user", text(member.os_user)},
                       {"active_until", text(member.active_until_on)}});
}

Json json_of(const Session& session, const Books&, const Product& product) {
  const Currency currency = currency_or_tenants(session, product.currency);
  return Json::object({{"product", product.code},
                       {"name", product.name},
                       {"unit", product.unit},
                       {"unit_price", price_json(product.unit_price, currency)},
                       {"currency", currency.code()},
                       {"tax", codes_json(product.tax)},
                       {"description", text(product.description)},
                       {"auto_created", product.auto_created != DefaultProduct::none}});
}

bool takes(const FilterTest& test, const Books&, const Client& client) {
  return test.takes({client.id, {}, {}, {}}) && test.takes_kind(std::string_view(client.kind));
}
bool takes(const FilterTest& test, const Books&, const Project& project) {
  return test.takes({project.client, project.id, {}, {}}) &&
         test.takes_state(status_word(kProjectWords, project.status));
}
bool takes(const FilterTest& test, const Books& books, const Task& task) {
  return test.takes({client_of(books, task.id, task.project), task.project, task.id, {}}) &&
         test.takes_state(status_word(kTaskWords, task.status));
}
bool takes(const FilterTest& test, const Books&, const Member& member) {
  return test.takes({{}, {}, {}, member.id});
}
bool takes(const FilterTest&, const Books&, const Product&) {
  return true;
}

template <class Record>
const Record& named(const Register<Record>& records, MasterKind kind, const std::string& code) {
  const Record* record = records.find(code);
  if (record != nullptr) return *record;
  const std::string noun(word(kind));
  std::string near = did_you_mean(code, records.codes());
  throw Error(Reason::not_found, "no " + noun + " \"" + code + "\"",
              near.empty() ? "see them with `billctl " + noun + " list`" : near);
}

template <class Record>
Json list_of(const Session& session, const Books& books, const Register<Record>& records,
             MasterKind kind, const Filter& filter) {
  const FilterTest test(filter);
  const auto named_after =
      filter.after.empty() ? decltype(Record::id){} : named(records, kind, filter.after).id;
  const auto after = filter.sort.empty() ? named_after : decltype(Record::id){};
  Json rows = Json::array();
  const bool page = filter.limit && filter.sort.empty();
  const auto full = [&] { return page && std::ssize(rows.as_array()) >= *filter.limit; };
  if (!full()) {
    records.each(after, [&](const Record& record) {
      if (takes(test, books, record)) rows.push(json_of(session, books, record));
      return !full();
    });
  }
  return Json::object({{std::string(word(kind)) + "s", std::move(rows)}});
}

/// A client has a kind that people make up; projects and tasks have a status.
void check_filter_words(const Filter& filter, MasterKind kind) {
  const std::string command = std::string(word(kind)) + " list";
  if (kind != MasterKind::client) refuse_words(filter.kinds, "--kind", command);
  if (kind == MasterKind::project) {
    check_words(filter.states, kProjectWords, "--state");
  } else if (kind == MasterKind::task) {
    check_words(filter.states, kTaskWords, "--state");
  } else {
    refuse_words(filter.states, "--state", command);
  }
}

}  // namespace

std::string_view word(MasterKind kind) {
  return kWords[static_cast<std::size_t>(kind)];
}

Json master_list(const Session& session, const Books& books, MasterKind kind,
                 const Filter& filter) {
  require_reading(session, std::string(word(kind)) + " list");
  check_filter_words(filter, kind);
  switch (kind) {
    case MasterKind::client:
      return list_of(session, books, books.clients, kind, filter);
    case MasterKind::project:
      return list_of(session, books, books.projects, kind, filter);
    case MasterKind::task:
      return list_of(session, books, books.tasks, kind, filter);
    case MasterKind::member:
      return list_of(session, books, books.members, kind, filter);
    case MasterKind::product:
      break;
  }
  return list_of(session, books, books.products, kind, filter);
}

Json master_show(const Session& session, const Books& books, MasterKind kind,
                 const std::string& code) {
  require_reading(session, std::string(word(kind)) + " show");
  switch (kind) {
    case MasterKind::client:
      return json_of(session, books, named(books.clients, kind, code));
    case MasterKind::project:
      return json_of(session, books, named(books.projects, kind, code));
    case MasterKind::task:
      return json_of(session, books, named(books.tasks, kind, code));
    case MasterKind::member:
      return json_of(session, books, named(books.members, kind, code));
    case MasterKind::product:
      break;
  }
  return json_of(session, books, named(books.products, kind, code));
}

}  // namespace billctl
