#include "approval/rules.hpp"

#include <algorithm>

#include "text/words.hpp"

namespace billctl {
namespace {

constexpr auto kRoles = std::to_array<Word<ApprovalRole>>({
    {ApprovalRole::pm, "pm"},
    {ApprovalRole::finance, "finance"},
    {ApprovalRole::management, "management"},
});

}  // namespace

std::string_view word(ApprovalRole role) { return word_in(kRoles, role); }
std::optional<ApprovalRole> approval_role_of(std::string_view word) {
  return value_in(kRoles, word);
}
std::vector<std::string> approval_role_words() { return words_in(kRoles); }

bool ApprovalRules::requires_role(ApprovalRole role) const {
  return std::find(required.begin(), required.end(), role) != required.end();
}

}  // namespace billctl
