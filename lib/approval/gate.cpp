#include "approval/gate.hpp"

#include <algorithm>

namespace billctl {
namespace {

constexpr std::array kAllRoles = {ApprovalRole::pm, ApprovalRole::finance,
                                  ApprovalRole::management};

void add_once(std::vector<std::string>& members, const std::string& member) {
  if (!holds(members, member)) members.push_back(member);
}

// Who holds the office itself: neither deputies nor admins.
const std::vector<std::string>& holders(const RoleSettings& roles, const ApprovalFacts& facts,
                                        ApprovalRole role) {
  if (role == ApprovalRole::pm) return facts.managers;
  return role == ApprovalRole::finance ? roles.finance : roles.management;
}

bool is_required(const ApprovalRules& rules, const ApprovalFacts& facts, ApprovalRole role) {
  return rules.requires_role(role) || (role == ApprovalRole::management && facts.needs_management);
}

bool counts(const Approval& approval, const ApprovalFacts& facts) {
  return !approval.withdrawn && approval.revision == facts.revision;
}

const Approval* given_now(const ApprovalFacts& facts, ApprovalRole role) {
  for (const Approval& approval : facts.given) {
    if (approval.role == role && counts(approval, facts)) return &approval;
  }
  return nullptr;
}

std::optional<ApprovalRole> other_role_of(const ApprovalFacts& facts, ApprovalRole role,
                                          std::string_view actor) {
  for (const Approval& approval : facts.given) {
    if (approval.role != role && approval.actor == actor && counts(approval, facts))
      return approval.role;
  }
  return std::nullopt;
}

std::vector<std::string> who_may_give(const ApprovalRules& rules, const RoleSettings& roles,
                                      const ApprovalFacts& facts, ApprovalRole role) {
  std::vector<std::string> members;
  if (!roles.configured) return {"admin"};
  for (const std::string& member : holders(roles, facts, role)) add_once(members, member);
  for (const std::string& member : holders(roles, facts, role)) {
    const auto deputy = rules.deputies.find(member);
    if (deputy != rules.deputies.end()) add_once(members, deputy->second);
  }
  for (const std::string& member : roles.admin) add_once(members, member);
  return members;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

bool is_distinct(const ApprovalRules& rules, const RoleSettings& roles) {
  return rules.distinct && roles.configured;
}

bool needs_management(const ApprovalRules& rules, const Summary& summary,
                      std::optional<Money> adjustments_in_base) {
  if (rules.adjustments_over) {
    if (rules.adjustments_over->is_zero() || !adjustments_in_base) return true;
    if (adjustments_in_base->absolute() > *rules.adjustments_over) return true;
  }
  if (rules.adjustments_over_percent) {
    if (rules.adjustments_over_percent->is_zero()) return true;
    const auto size = [](std::int64_t minor) { return minor < 0 ? -Int128{minor} : Int128{minor}; };
    // |adjustments| / |starting| > percent / 100, without dividing.
    const Int128 scale = Int128{100} * Decimal::kOne;
    return size(summary.adjustments_minor) * scale >
           size(summary.starting_minor) * rules.adjustments_over_percent->micro();
  }
  return false;
}

std::vector<ApprovalStatus> approval_status(const ApprovalRules& rules, const RoleSettings& roles,
                                            const ApprovalFacts& facts) {
  std::vector<ApprovalStatus> all;
  for (ApprovalRole role : kAllRoles) {
    ApprovalStatus status;
    status.role = role;
    status.required = is_required(rules, facts, role);
    if (const Approval* given = given_now(facts, role)) status.given = *given;
    for (const std::string& member : who_may_give(rules, roles, facts, role)) {
      const bool elsewhere =
          is_distinct(rules, roles) && other_role_of(facts, role, member).has_value();
      if (!elsewhere) status.may.push_back(member);
    }
    all.push_back(std::move(status));
  }
  return all;
}

std::vector<ApprovalRole> missing_approvals(const std::vector<ApprovalStatus>& status) {
  std::vector<ApprovalRole> missing;
  for (const ApprovalStatus& each : status) {
    if (each.required && !each.given) missing.push_back(each.role);
  }
  return missing;
}

std::string approval_role_list(const std::vector<ApprovalRole>& roles) {
  std::vector<std::string> words;
  for (ApprovalRole role : roles) words.emplace_back(word(role));
  return joined(words);
}

std::vector<ApprovalRole> roles_to_give(const ApprovalRules& rules, const RoleSettings& roles,
                                        const ApprovalFacts& facts, std::string_view actor) {
  std::vector<ApprovalRole> given;
  const auto missing = missing_approvals(approval_status(rules, roles, facts));
  for (const bool by_office : {true, false}) {
    for (ApprovalRole role : missing) {
      const bool office = holds(holders(roles, facts, role), actor);
      const bool may = !roles.configured || holds(who_may_give(rules, roles, facts, role), actor);
      if (may && office == by_office) given.push_back(role);
    }
  }
  if (is_distinct(rules, roles) && given.size() > 1) given.resize(1);
  return given;
}

std::optional<Finding> approval_refusal(const ApprovalRules& rules, const RoleSettings& roles,
                                        const ApprovalFacts& facts, ApprovalRole role,
                                        std::string_view actor) {
  if (!roles.configured) return std::nullopt;
  const std::vector<std::string> members = who_may_give(rules, roles, facts, role);
  if (!holds(members, actor)) {
    const std::string who = members.empty() ? "nobody" : joined(members);
    return Finding{Reason::not_permitted, std::string(word(role)) + " may be given by " + who};
  }
  if (!is_distinct(rules, roles)) return std::nullopt;
  if (const auto other = other_role_of(facts, role, actor)) {
    return Finding{Reason::same_person, std::string(actor) + " has already approved as " +
                                            std::string(word(*other)) + "; " +
                                            std::string(word(role)) + " needs another person"};
  }
  return std::nullopt;
}

std::vector<std::string> members_of_all(const std::vector<std::vector<std::string>>& lists) {
  std::vector<std::string> members;
  if (lists.empty()) return members;
  for (const std::string& member : lists.front()) {
    const bool in_all = std::all_of(lists.begin(), lists.end(),
                                    [&](const auto& list) { return holds(list, member); });
    if (in_all) add_once(members, member);
  }
  return members;
}

std::vector<std::string> codes_in(std::string_view list) {
  std::vector<std::string> codes;
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    std::string_view code = list.substr(0, end);
    while (!code.empty() && code.front() == ' ') code.remove_prefix(1);
    while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
    if (!code.empty()) codes.emplace_back(code);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return codes;
}

}  // namespace billctl
