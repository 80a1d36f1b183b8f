// After a restore nobody here knows what was mailed or synced since the backup. So everything that
// the restored ledger would deliver as if it were new becomes `unknown`: it leaves the house again
// by a person's word alone, or, where a provider can be asked, once that has said that it is not
// there.
#pragma once

#include <cstdint>

#include "pipeline/session.hpp"

namespace billctl {

/// How much is unknown now, what was so before included.
struct DoubtedDeliveries {
  std::int64_t mails = 0;      ///< invoices and messages about none
  std::int64_t documents = 0;  ///< of all providers of the config
};

/// Inside `Ledger::write`. Mails: each issued invoice that is not sent, also one that was never
/// queued or was rejected, for it may have gone to another address since; and each notice that
/// waits. Documents: each issued one that is not queued, and what waits.
DoubtedDeliveries doubt_deliveries(Session& session);

}  // namespace billctl
