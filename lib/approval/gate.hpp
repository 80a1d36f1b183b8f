// Gate: which approvals an invoice needs before it is ready, which it has, and who may give the
// others (S4-5, X23). Three roles, three different people unless `distinct` is off. An approval
// counts for the revision of the content that it saw: any change of lines or cards drops it (X22).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "approval/roles.hpp"
#include "approval/rules.hpp"
#include "calendar/instant.hpp"
#include "invoice/invoice.hpp"
#include "outcome/reason.hpp"

namespace billctl {

struct Approval {
  ApprovalRole role = ApprovalRole::pm;
  std::int64_t revision = 1;
  std::string actor;
  Instant at = Instant::from_seconds(0);
  std::string comment;
  bool withdrawn = false;
  std::optional<Instant> withdrawn_at = {};
  std::string withdrawn_by = {};
  EventId event = {};  ///< of the journal, that gave it
  EventId withdrawn_event = {};
};

/// What the gate must know of one invoice.
struct ApprovalFacts {
  std::int64_t revision = 1;
  bool needs_management = false;      ///< by its adjustments; see `needs_management`
  std::vector<std::string> managers;  ///< the members whom every one of its projects names as pm
  std::vector<Approval> given;        ///< all of them, also old ones
};

/// One of the three, as `invoice show` tells it.
struct ApprovalStatus {
  ApprovalRole role = ApprovalRole::pm;
  bool required = false;
  std::optional<Approval> given;  ///< the one that counts now
  std::vector<std::string> may;   ///< members who may give it
};

/// Whether adjustments are large enough for management: over the amount, or over the percentage of
/// |starting|; a limit of 0 is always passed, and no limit never.
/// @param adjustments_in_base |adjustments| in the base currency; nothing when it can't be told,
/// which counts as over.
bool needs_management(const ApprovalRules& rules, const Summary& summary,
                      std::optional<Money> adjustments_in_base);

/// Whether each approval must be another person's: without a roles table one does it all (X32).
bool is_distinct(const ApprovalRules& rules, const RoleSettings& roles);

/// pm, finance and management, in that order.
std::vector<ApprovalStatus> approval_status(const ApprovalRules& rules, const RoleSettings& roles,
                                            const ApprovalFacts& facts);

/// The roles that are required and not given; empty: the gate is open.
std::vector<ApprovalRole> missing_approvals(const std::vector<ApprovalStatus>& status);
/// "pm, finance".
std::string approval_role_list(const std::vector<ApprovalRole>& roles);

/// The roles in which `approve` without --role counts: the missing ones that the actor may give,
/// those of his own office before those he holds as deputy or admin; the first of them alone where
/// each needs another person. Empty when none is missing or he may give none.
std::vector<ApprovalRole> roles_to_give(const ApprovalRules& rules, const RoleSettings& roles,
                                        const ApprovalFacts& facts, std::string_view actor);

/// Why that member may not give that approval: not_permitted with who may, or same_person; nothing
/// when he may.
std::optional<Finding> approval_refusal(const ApprovalRules& rules, const RoleSettings& roles,
                                        const ApprovalFacts& facts, ApprovalRole role,
                                        std::string_view actor);

/// The members of `first` that are in every list; for the managers of an invoice's projects.
std::vector<std::string> members_of_all(const std::vector<std::vector<std::string>>& lists);
/// "pam;per" -> pam, per.
std::vector<std::string> codes_in(std::string_view list);

}  // namespace billctl
