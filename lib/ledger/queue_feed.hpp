// QueueFeed: puts entries back into compile's queue when something that their tests or prices read
// has changed: those that are parked, and those whose items are still pending (spec/pricing.md 1).
// What is drafted or further follows no change.
#pragma once

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class QueueFeed {
 public:
  QueueFeed(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Whether no change waits to be followed.
  bool nothing_changed();

  // Inside `Ledger::write`.

  /// Puts back everything that may be judged or priced otherwise because of what was changed since
  /// the last call, and forgets the changes (ledger/changes.hpp says which kinds there are).
  void follow_changes();
  void follow_all();  ///< the config changed
  /// What a job parked for want of a product, when a run has no such rule (X15).
  void reopen_without_product();
  /// Goods attached to sessions that are in the queue: they follow their confirmation.
  void follow_sessions();
  /// Pending items of days that are shared with an entry in the queue (pricing.md 6).
  void follow_days();

 private:
  struct Affected;
  void run(const char* sql);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
