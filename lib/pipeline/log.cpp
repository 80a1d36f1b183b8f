#include "pipeline/log.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "ledger/invoices.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/verify_checks.hpp"

namespace billctl {
namespace {

/// The names under which the journal knows it: an invoice has a draft number and later a number.
std::vector<std::string> subjects_of(const Session& session, const std::string& subject) {
  if (subject.empty() || subject.rfind("entry:", 0) == 0 || subject.rfind("item:", 0) == 0)
    return {subject};
  const std::string prefix = "invoice:";
  const bool prefixed = subject.rfind(prefix, 0) == 0;
  Invoices invoices(session.ledger, session.tenant.id);
  const InvoiceId id = invoices.named(prefixed ? subject.substr(prefix.size()) : subject);
  std::vector<std::string> subjects;
  for (const std::string& name : invoices.names(id)) subjects.push_back(prefix + name);
  return subjects;
}

EventFilter filter_of(const Session& session, const LogRequest& request) {
  const Zone& zone = session.config.tenant.zone;
  EventFilter filter;
  filter.verb = request.verb;
  filter.actor = request.actor;
  filter.after = request.after;
  filter.limit = request.limit;
  filter.newest_first = request.newest_first;
  if (request.period && request.period->first() > Date::first_of_all())
    filter.from = zone.first_instant(request.period->first());
  if (request.period && request.period->last() < Date::last_of_all())
    filter.before = zone.first_instant(request.period->past());
  return filter;
}

/// The text of a column as the JSON that it is; as text when somebody made it something else.
Json json_of(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const Error&) {
    return text;
  }
}

Json event_json(const Event& event) {
  return Json::object({{"id", event.id.value},
                       {"at", instant_json(event.at)},
                       {"actor", event.actor},
                       {"os_user", event.os_user},
                       {"verb", event.verb},
                       {"arguments", json_of(event.arguments)},
                       {"changes", json_of(event.changes)},
                       {"digest", event.digest}});
}

std::vector<Event> events_of(const Session& session, const LogRequest& request) {
  Events events(session.ledger, session.tenant.id);
  EventFilter filter = filter_of(session, request);
  std::map<std::int64_t, Event> found;  // an event that touched it under two names is one
  for (const std::string& subject : subjects_of(session, request.subject)) {
    filter.subject = subject;
    for (Event& event : events.list(filter)) found.emplace(event.id.value, std::move(event));
  }
  std::vector<Event> list;
  for (auto& [id, event] : found) list.push_back(std::move(event));
  if (request.newest_first) std::reverse(list.begin(), list.end());
  const auto limit = static_cast<std::size_t>(request.limit.value_or(std::ssize(list)));
  if (list.size() > limit)
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
  return list;
}

}  // namespace

Report log(const Session& session, const LogRequest& request) {
  require_reading(session, "log");
  Report report;
  Json events = Json::array();
  if (request.heads) {
    report.body = Json::object({{"events", std::move(events)}});
    session.ledger.read([&] { report.body.set("heads", heads_json(session.ledger)); });
    return report;
  }
  session.ledger.read([&] {
    for (const Event& event : events_of(session, request)) events.push(event_json(event));
  });
  report.body = Json::object({{"events", std::move(events)}});
  return report;
}

}  // namespace billctl
