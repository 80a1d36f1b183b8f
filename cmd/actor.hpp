// Actor: who runs a command (X32): --as, or BILLCTL_AS, or the member whose os_user it is; without
// a [roles] table one built-in admin.
#pragma once

#include <string>

#include "config/settings.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "pipeline/session.hpp"

namespace billctl::cmd {

/// @throws Error{not_permitted} when the OS user may not act as that member, {not_found} for a
/// member that nobody is.
Actor resolve_actor(Ledger& ledger, TenantId tenant, const RoleSettings& roles,
                    const std::string& as);

/// The login name of the process, from the system's table and never from the environment.
std::string os_user();

}  // namespace billctl::cmd
