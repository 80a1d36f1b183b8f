// Events: the journal. Each verb that writes appends one event; each event's digest covers its own
// text and the digest before it, so that no event can be changed or taken from the middle unseen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct Event {
  EventId id;
  Instant at = Instant::from_seconds(0);
  std::string actor;
  std::string os_user;
  std::string verb;
  std::string arguments;  ///< JSON
  std::string changes;    ///< JSON: the verb's report, shortened to what changed
  std::string digest;
};

/// One thing that an event touched, e.g. {"invoice:INV00042", "issued"} or {"entry:e17",
/// "compiled"}.
struct EventSubject {
  std::string subject;
  std::string what;
};

struct EventFilter {
  std::string subject;  ///< empty: all
  std::string verb;     ///< empty: all
  std::string actor;    ///< empty: all
  std::optional<Instant> from, before;
  std::optional<std::int64_t> after;  ///< the id after which a page begins, in its order
  std::optional<std::int64_t> limit;
  bool newest_first = false;
};

class Events {
 public:
  Events(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Appends and chains. Inside `Ledger::write`.
  EventId append(const Event& event, const std::vector<EventSubject>& subjects);
  /// Oldest first unless asked otherwise.
  std::vector<Event> list(const EventFilter& filter);
  /// Of that id; nothing when there is none.
  std::optional<Event> find(EventId id);
  /// What each event did to that subject, oldest first.
  struct Touch {
    Event event;
    std::string what;
  };
  std::vector<Touch> history(std::string_view subject);
  /// The digest of the newest event, empty when there is none.
  std::string head();
  /// The first event whose digest does not follow from its text and the one before; nothing when
  /// the chain is whole.
  std::optional<EventId> first_broken();

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

/// The newest event of the ledger, when it does not follow from its text and the one before it.
/// Costs the same however long the journal is: of one that told more than 65,536 letters (thousands
/// of invoices issued at once) only its link to the event before is looked at.
std::optional<EventId> newest_event_broken(Ledger& ledger);

}  // namespace billctl
