#include "approval/roles.hpp"

#include <algorithm>

namespace billctl {

bool holds(const std::vector<std::string>& office, std::string_view member) {
  return std::find(office.begin(), office.end(), member) != office.end();
}

bool RoleSettings::allows(const std::string& os_user, const std::string& member) const {
  return std::any_of(may_act_as.begin(), may_act_as.end(), [&](const auto& row) {
    const auto& [user, members] = row;
    return user == os_user && (holds(members, "*") || holds(members, member));
  });
}

}  // namespace billctl
