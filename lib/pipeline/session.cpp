#include "pipeline/session.hpp"

#include "ledger/once.hpp"

namespace billctl {
namespace {

Report repeated(const StoredReport& stored) {
  Report report;
  report.body = Json::parse(stored.report);
  report.body.set("repeated", true);
  report.exit = static_cast<ExitStatus>(stored.exit);
  return report;
}

Event event_of(const Session& session, const Verb& verb) {
  Event event;
  event.at = session.now;
  event.actor = session.actor.code;
  event.os_user = session.actor.os_user;
  event.verb = verb.name;
  event.arguments = verb.arguments.compact();
  return event;
}

void record(Session& session, const Verb& verb, const Report& report) {
  Event event = event_of(session, verb);
  event.changes = (report.changes.is_null() ? report.body : report.changes).compact();
  Events(session.ledger, session.tenant.id).append(event, report.subjects);
}

// A refusal for want of permission is told by the journal: who tried what.
void permit(Session& session, const Verb& verb) {
  const RoleSettings& roles = session.config.roles;
  Own own = Own::no;
  if (verb.own && roles.configured)
    session.ledger.read([&] { own = verb.own() ? Own::yes : Own::no; });
  if (may(roles, session.actor.code, verb.name, own)) return;
  session.ledger.write(session.dry_run, [&] {
    Event event = event_of(session, verb);
    event.changes = Json::object({{"refused", word(Reason::not_permitted)}}).compact();
    Events(session.ledger, session.tenant.id).append(event, {});
  });
  require_permission(roles, session.actor.code, verb.name, own);
}

}  // namespace

void require_reading(const Session& session, std::string_view verb, Own own) {
  require_permission(session.config.roles, session.actor.code, verb, own);
}

Report perform(Session& session, const Verb& verb, const std::function<Report()>& fn) {
  permit(session, verb);
  Report report;
  const auto body = [&] {
    Once once(session.ledger, session.tenant.id);
    if (!session.once_key.empty()) {
      if (const auto stored = once.find(session.once_key)) {
        if (stored->verb != verb.name)
          throw Error(Reason::wrong_state,
                      "--once " + session.once_key + " is the key of `" + stored->verb +
                          "`, which was done, and this is `" + verb.name + "`",
                      "give each thing that is to be done a key of its own");
        report = repeated(*stored);
        return;
      }
    }
    report = fn();
    record(session, verb, report);
    if (!session.once_key.empty()) {
      once.store(
          {session.once_key, verb.name, static_cast<int>(report.exit), report.body.compact()},
          session.now);
    }
  };
  if (verb.bulk) {
    session.ledger.write_bulk(session.dry_run, body);
  } else {
    session.ledger.write(session.dry_run, body);
  }
  return report;
}

}  // namespace billctl
