// Delete draft: takes drafts back. Their items are pending again, exactly as they were before
// `generate`; no entry is touched (S0-28, S0-29). The draft number is not given again.
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

struct DeletedDraft {
  std::string invoice;  ///< its draft number
  std::string client;   ///< its client's code
  std::int64_t items = 0;
};

/// All of them or none.
/// @throws Error{not_found}; {wrong_state} for an invoice that is issued; {already_delivered} for a
/// draft that was queued for a provider.
Report delete_drafts(Session& session, const std::vector<std::string>& names);

/// Inside a write that is open.
DeletedDraft delete_draft(Session& session, InvoiceId draft);

}  // namespace billctl
