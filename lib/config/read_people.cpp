// [approvals] and [roles]: who may do what.
#include <algorithm>

#include "config/sections.hpp"

namespace billctl {
namespace {

void read_required(Section& section, std::vector<ApprovalRole>& required) {
  std::vector<std::string> words;
  section.words("required", approval_role_words(), words);
  for (const std::string& word : words) required.push_back(*approval_role_of(word));
  std::sort(required.begin(), required.end());
}

void read_management_when(Section section, ApprovalRules& approvals, Currency currency) {
  section.amount("adjustments_over", approvals.adjustments_over, currency);
  section.decimal("adjustments_over_percent", approvals.adjustments_over_percent, at_least_zero());
  section.finish();
}

void read_deputies(Section section, std::map<std::string, std::string>& deputies) {
  for (const TomlMember& member : section.members()) {
    const TomlMember* deputy = section.take_text(member.key);
    if (deputy == nullptr) continue;
    if (deputy->value.text.empty() || deputy->value.text == member.key) {
      section.wrong(member.key, "the code of another member");
    }
    deputies[member.key] = deputy->value.text;
    section.note(member.key, deputy->value.text);
  }
}

void read_may_act_as(Section section, RoleSettings& roles) {
  for (const TomlMember& member : section.members()) {
    std::vector<std::string> members;
    section.texts(member.key, members);
    roles.may_act_as.emplace_back(member.key, std::move(members));
  }
}

}  // namespace

void read_approvals(Section section, ApprovalRules& approvals, Currency currency) {
  read_required(section, approvals.required);
  read_management_when(section.table("management_when"), approvals, currency);
  section.boolean("distinct", approvals.distinct);
  read_deputies(section.table("deputies"), approvals.deputies);
  section.finish();
}

void read_roles(Section section, RoleSettings& roles) {
  roles.configured = section.present();
  section.texts("admin", roles.admin);
  section.texts("biller", roles.biller);
  section.texts("finance", roles.finance);
  section.texts("management", roles.management);
  section.texts("restricted_admin", roles.restricted_admin);
  read_may_act_as(section.table("may_act_as"), roles);
  section.finish();
}

}  // namespace billctl
