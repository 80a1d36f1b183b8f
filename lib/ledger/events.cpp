#include "ledger/events.hpp"

#include <limits>

#include "ledger/connection.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr const char* kHead =
    "SELECT digest FROM event WHERE tenant_id = :tenant ORDER BY id DESC LIMIT 1";
constexpr const char* kInsert =
    "INSERT INTO event (tenant_id, at, actor, os_user, verb, arguments, changes, previous, digest) "
    "VALUES (:tenant, :at, :actor, :os_user, :verb, :arguments, :changes, :previous, :digest)";
constexpr const char* kInsertSubject =
    "INSERT INTO event_subject (tenant_id, subject, event_id, what) "
    "VALUES (:tenant, :subject, :event, :what) ON CONFLICT DO NOTHING";
#define BILLCTL_LISTED                                                                           \
  "SELECT id, at, actor, os_user, verb, arguments, changes, digest FROM event "                  \
  "WHERE tenant_id = :tenant AND (:verb = '' OR verb = :verb) AND at >= :from AND at < :before " \
  "AND (:actor = '' OR actor = :actor) "                                                         \
  "AND (:subject = '' OR id IN (SELECT event_id FROM event_subject "                             \
  "  WHERE tenant_id = :tenant AND subject = :subject)) "
constexpr const char* kOldestFirst = BILLCTL_LISTED "AND id > :after ORDER BY id LIMIT :limit";
constexpr const char* kNewestFirst = BILLCTL_LISTED "AND id < :after ORDER BY id DESC LIMIT :limit";
#undef BILLCTL_LISTED
constexpr const char* kFind =
    "SELECT id, at, actor, os_user, verb, arguments, changes, digest FROM event "
    "WHERE id = :id AND tenant_id = :tenant";
constexpr const char* kHistory =
    "SELECT e.id, e.at, e.actor, e.os_user, e.verb, e.arguments, e.changes, e.digest, s.what "
    "FROM event_subject AS s JOIN event AS e ON e.id = s.event_id "
    "WHERE s.tenant_id = :tenant AND s.subject = :subject ORDER BY e.id, s.what";
constexpr const char* kChain =
    "SELECT id, at, actor, os_user, verb, arguments, changes, digest, previous FROM event "
    "WHERE tenant_id = :tenant ORDER BY id";

constexpr const char* kNewest =
    "SELECT id, previous, tenant_id, length(arguments) + length(changes) FROM event "
    "ORDER BY id DESC LIMIT 1";
constexpr const char* kBefore =
    "SELECT digest FROM event WHERE tenant_id = :tenant AND id < :id ORDER BY id DESC LIMIT 1";

std::string digest_of(const Event& event, std::string_view previous) {
  const Json text = Json::object({{"at", event.at.seconds()},
                                  {"actor", event.actor},
                                  {"os_user", event.os_user},
                                  {"verb", event.verb},
                                  {"arguments", event.arguments},
                                  {"changes", event.changes}});
  return to_hex(sha256(previous, text.canonical()));
}

Event event_of(const Query& query) {
  Event event;
  event.id = query.id<EventId>(0);
  event.at = Instant::from_seconds(query.integer(1));
  event.actor = query.string(2);
  event.os_user = query.string(3);
  event.verb = query.string(4);
  event.arguments = query.string(5);
  event.changes = query.string(6);
  event.digest = query.string(7);
  return event;
}

}  // namespace

EventId Events::append(const Event& event, const std::vector<EventSubject>& subjects) {
  expect(ledger_.in_write(), "events are appended inside write");
  const std::string previous = head();
  Query(ledger_, kInsert)
      .bind(":tenant", tenant_)
      .bind(":at", event.at.seconds())
      .bind(":actor", event.actor)
      .bind(":os_user", event.os_user)
      .bind(":verb", event.verb)
      .bind(":arguments", event.arguments)
      .bind(":changes", event.changes)
      .bind(":previous", previous)
      .bind(":digest", digest_of(event, previous))
      .run();
  const EventId id{ledger_.connection().last_id()};
  for (const EventSubject& subject : subjects) {
    Query(ledger_, kInsertSubject)
        .bind(":tenant", tenant_)
        .bind(":subject", subject.subject)
        .bind(":event", id)
        .bind(":what", subject.what)
        .run();
  }
  return id;
}

std::optional<Event> Events::find(EventId id) {
  Query query(ledger_, kFind);
  query.bind(":id", id).bind(":tenant", tenant_);
  if (!query.step()) return std::nullopt;
  return event_of(query);
}

std::vector<Event> Events::list(const EventFilter& filter) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  Query query(ledger_, filter.newest_first ? kNewestFirst : kOldestFirst);
  query.bind(":tenant", tenant_)
      .bind(":after", filter.after.value_or(filter.newest_first ? kLast : 0))
      .bind(":from", filter.from ? filter.from->seconds() : -kLast)
      .bind(":before", filter.before ? filter.before->seconds() : kLast)
      .bind(":verb", filter.verb)
      .bind(":actor", filter.actor)
      .bind(":subject", filter.subject)
      .bind(":limit", filter.limit.value_or(-1));
  std::vector<Event> events;
  while (query.step()) events.push_back(event_of(query));
  return events;
}

std::vector<Events::Touch> Events::history(std::string_view subject) {
  Query query(ledger_, kHistory);
  query.bind(":tenant", tenant_).bind(":subject", subject);
  std::vector<Touch> touches;
  while (query.step()) touches.push_back({event_of(query), query.string(8)});
  return touches;
}

std::string Events::head() {
  Query query(ledger_, kHead);
  query.bind(":tenant", tenant_);
  return query.step() ? query.string(0) : "";
}

std::optional<EventId> Events::first_broken() {
  Query query(ledger_, kChain);
  query.bind(":tenant", tenant_);
  std::string previous;
  while (query.step()) {
    const Event event = event_of(query);
    if (query.text(8) != previous || event.digest != digest_of(event, previous)) return event.id;
    previous = event.digest;
  }
  return std::nullopt;
}

std::optional<EventId> newest_event_broken(Ledger& ledger) {
  constexpr std::int64_t kLettersMax = 65'536;
  Query newest(ledger, kNewest);
  if (!newest.step()) return std::nullopt;
  const auto id = newest.id<EventId>(0);
  const TenantId tenant = newest.id<TenantId>(2);
  Query before(ledger, kBefore);
  before.bind(":tenant", tenant).bind(":id", id);
  const std::string previous = before.step() ? before.string(0) : "";
  if (newest.text(1) != previous) return id;
  if (newest.integer(3) > kLettersMax) return std::nullopt;
  const auto event = Events(ledger, tenant).find(id);
  const bool whole = event && event->digest == digest_of(*event, previous);
  return whole ? std::nullopt : std::optional(id);
}

}  // namespace billctl
