// Approvals of one invoice as the gate sees them: who manages all its projects, who has approved
// its content as it is, and whether its adjustments need management (S4-5, X23).
#pragma once

#include <string>
#include <vector>

#include "approval/gate.hpp"
#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

ApprovalFacts approval_facts(Session& session, const Books& books, const Invoice& invoice);

/// The roles that it needs as it is, and those of them that have not approved it. Reads nothing
/// when none can be required.
struct GateNow {
  std::vector<ApprovalRole> required, missing;
};
GateNow gate_now(Session& session, const Books& books, const Invoice& invoice);

/// The required roles that have not approved it; empty: the gate is open.
std::vector<ApprovalRole> missing_approvals(Session& session, const Books& books,
                                            const Invoice& invoice);

/// The state as it is told: `ready` for a draft with lines and every approval (spec/cli.md,
/// States).
std::string_view told_state(Session& session, const Books& books, const Invoice& invoice);

/// Whether each of its projects names the actor as a manager (S4-2, S4-4).
Own is_managers_own(Session& session, const Books& books, const Invoice& invoice);

/// Puts a comment on top of notes (S4-23); an empty one changes nothing.
std::string with_comment_on_top(std::string_view notes, std::string_view comment);

}  // namespace billctl
