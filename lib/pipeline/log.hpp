// Log: the journal, who did what and when. Each verb that wrote is one event; the events of one
// entry, item or invoice are found by its name.
//
//   log(session, {.subject = "INV00042"}) -> events: [{generate}, {approve}, {issue}]
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "calendar/period.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct LogRequest {
  std::string subject;           ///< `entry:e17`, `item:12`, any name of an invoice; empty: all
  std::string verb;              ///< `issue`, `invoice hold`; empty: all
  std::string actor;             ///< a member's code; empty: all
  std::optional<Period> period;  ///< of the tenant's dates on which they happened
  std::optional<std::int64_t> after;  ///< the id after which a page begins
  std::optional<std::int64_t> limit;
  bool newest_first = false;
  bool heads = false;  ///< instead of events: where the chains end now, for `verify --anchor`
};

/// The body is `events: [{id, at, actor, os_user, verb, arguments, changes, digest}]`; with `heads`
/// no events but `heads: {series: [{tenant, series, year, seal, documents}], journals: [{tenant,
/// digest, events}]}`, of the whole ledger.
/// @throws Error{not_found} for an invoice that nobody has, {not_permitted}.
Report log(const Session& session, const LogRequest& request);

}  // namespace billctl
