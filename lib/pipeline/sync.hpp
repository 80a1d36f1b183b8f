// Sync: brings documents to the bookkeeping system, through a durable outbox (design/documents.md,
// "Sync"). What is queued is frozen with its key in one transaction; an attempt is committed before
// the call outside, so that a crash in between is seen as unknown and looked up, never sent blind.
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct SyncRequest {
  std::vector<std::string>
      invoices;          ///< by any name; empty: issued and stale ones not yet accepted
  std::string provider;  ///< a code of [providers]; empty: the only one
  bool failed =
      false;  ///< only what was deferred, unknown or rejected, without waiting for its time
  bool rebuild = false;  ///< rejected ones get a new payload and key first
};

/// Queues, delivers and waits for the answers. Exit 3 when something was rejected or is unknown, 6
/// when only deferred. With --dry-run it tells what would be queued and calls nobody.
/// @throws Error{bad_config} without a provider, {usage} when several are there and none is named.
Report sync(Session& session, const SyncRequest& request);

/// Where each document stands; all of the provider's, or only the named invoices and those that the
/// filter takes, whose states are words of this list. Writes nothing.
/// @throws Error{usage} for a state that there is not, {not_found}.
Report sync_status(Session& session, const SyncRequest& request, const Filter& filter = {});

struct ResolveRequest {
  std::string invoice;
  std::string provider;
  std::string accepted;  ///< the receiver's id: a person found it there
  bool absent = false;   ///< a person saw that it never arrived: queued again
};

/// A person's word on a document whose outcome is unknown.
/// @throws Error{wrong_state} when it is not unknown, {usage} unless exactly one answer is given.
Report sync_resolve(Session& session, const ResolveRequest& request);

}  // namespace billctl
