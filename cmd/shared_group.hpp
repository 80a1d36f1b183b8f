// Shared group: a ledger for several accountants of one OS group (`init --shared=GROUP`): its
// folder is 2770 and the group's, its files are 0660 (ledger/file_access.hpp,
// text/shared_files.hpp).
#pragma once

#include <sys/types.h>

#include <string>

namespace billctl::cmd {

struct SharedGroup {
  std::string name;
  gid_t id = 0;
};

/// @throws Error{not_found} when there is no such group, {not_permitted} when this user is not in
/// it and is not root.
SharedGroup shared_group(const std::string& name);

/// Whether the folder may be made the group's: it is not there yet, or it is this user's and no
/// home and not sticky as /tmp; or it is the group's already.
/// @throws Error{not_permitted}, {usage}, with the commands that would do it.
void require_shareable(const std::string& folder, const SharedGroup& group);

/// Makes it so. @throws Error{io}.
void share_folder(const std::string& folder, const SharedGroup& group);

}  // namespace billctl::cmd
