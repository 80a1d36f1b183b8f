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

void record(Session& session, const Verb& verb, const Report& report) {
  Event event;
  event.at = session.now;
  event.actor = session.actor.code;
  event.os_user = session.actor.os_user;
  event.verb = verb.name;
  event.arguments = verb.arguments.compact();
  event.changes = (report.changes.is_null() ? report.body : report.changes).compact();
  Events(session.ledger, session.tenant.id).append(event, report.subjects);
}

}  // namespace

Report perform(Session& session, const Verb& verb, const std::function<Report()>& fn) {
  Report report;
  const auto body = [&] {
    Once once(session.ledger, session.tenant.id);
    if (!session.once_key.empty()) {
      if (const auto stored = once.find(session.once_key)) {
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
