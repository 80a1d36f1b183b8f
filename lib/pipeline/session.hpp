// Session: who runs a verb, on which ledger, by which config and clock. And `perform`, the one way
// in which a verb writes: lock, permission, transaction, journal, dry run and --once are the same
// for all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "approval/permission.hpp"
#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "config/config.hpp"
#include "ledger/events.hpp"
#include "ledger/ledger.hpp"
#include "ledger/tenants.hpp"
#include "outcome/exit_status.hpp"
#include "text/json.hpp"

namespace billctl {

/// Who acts: a member's code, or `admin` where no roles are configured (X32).
struct Actor {
  std::string code;
  std::string os_user;
};

struct Session {
  Ledger& ledger;
  const Config& config;
  Tenant tenant;
  Actor actor;
  Instant now = Instant::from_seconds(0);
  Date today = Date::from_days(0);  ///< of `now` in the tenant's zone
  DryRun dry_run = DryRun::no;
  std::string once_key;  ///< --once, empty: none
};

/// What a verb gives back: the pinned JSON of spec/cli.md, the exit code, and what it touched.
struct Report {
  Json body = Json::object();
  ExitStatus exit = ExitStatus::done;
  std::vector<EventSubject> subjects;
  Json changes;  ///< what the journal keeps of it; null: the body
};

struct Verb {
  std::string name;   ///< as in the journal: `compile`, `invoice hold`
  Json arguments;     ///< what was asked for
  bool bulk = false;  ///< Ledger::write_bulk: its ids come from rows of the same transaction
  /// Whether what it is about is the actor's own, where that decides (approval/permission.hpp).
  std::function<bool()> own = {};
};

/// Whether the actor may run a verb that reads. @throws Error{not_permitted}.
void require_reading(const Session& session, std::string_view verb, Own own = Own::no);

/// Runs `fn` in one write, appends its event, and returns its report. With --once KEY a second run
/// does nothing and returns the stored report with `"repeated": true`.
/// @throws Error{not_permitted} when the actor may not run it; the journal then tells the refusal.
Report perform(Session& session, const Verb& verb, const std::function<Report()>& fn);

}  // namespace billctl
