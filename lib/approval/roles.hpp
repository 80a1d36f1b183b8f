// Roles: which members hold which office, as [roles] says it (X32). Project managers are not here:
// they come from the projects themselves.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace billctl {

/// [roles]: members by code. Without the section there is one built-in admin, who may all.
struct RoleSettings {
  bool configured = false;
  std::vector<std::string> admin, biller, finance, management, restricted_admin;
  /// OS user -> the members he may name by --as; `*` is all.
  std::vector<std::pair<std::string, std::vector<std::string>>> may_act_as;

  /// Whether that OS user may act as that member by this table.
  bool allows(const std::string& os_user, const std::string& member) const;
};

/// Whether that member is in the list.
bool holds(const std::vector<std::string>& office, std::string_view member);

}  // namespace billctl
