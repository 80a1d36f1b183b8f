#include "approval/rules.hpp"

#include <algorithm>

#include "outcome/words.hpp"

namespace billctl {
namespace {

constexpr auto kRoles = std::to_array<std::string_view>({"pm", "finance", "management"});

}  // namespace

std::string_view word(ApprovalRole role) {
  return word_of(kRoles, role);
}
std::optional<ApprovalRole> approval_role_of(std::string_view word) {
  return find_word<ApprovalRole>(kRoles, word);
}
std::vector<std::string> approval_role_words() {
  return word_list(kRoles);
}

bool ApprovalRules::requires_role(ApprovalRole role) const {
  return std::find(required.begin(), required.end(), role) != required.end();
}

}  // namespace billctl
