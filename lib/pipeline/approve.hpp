// Approve: gives, withdraws and rejects the approvals that an invoice needs before it is ready
// (S4-5, S4-23, X23). Each invoice is judged by itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "approval/rules.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

enum class ApproveAction {
  give,
  withdraw,  ///< takes one's own approvals back; an admin takes anybody's
  reject,    ///< drops every approval of the invoice as it stands
};

struct ApproveRequest {
  std::vector<std::string> invoices;  ///< by any name
  bool all_waiting = false;  ///< instead: every open one that waits for an approval of the actor's
  Filter filter;
  ApproveAction action = ApproveAction::give;
  std::optional<ApprovalRole> role;      ///< none: see roles_to_give (approval/gate.hpp)
  std::string comment;                   ///< put on top of the notes
  std::optional<std::int64_t> revision;  ///< what the approver saw: another one is refused, changed
};

/// The verb. The body is {approved: [{invoice, role, by, at, state}], withdrawn: [{invoice, role}],
/// rejected: [{invoice, by}], refused: [{invoice, reasons}]}. What is given already is no failure.
Report approve(Session& session, const ApproveRequest& request, const Json& arguments);

}  // namespace billctl
