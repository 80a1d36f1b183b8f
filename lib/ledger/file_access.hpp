// File access: who may use the files of a ledger: their owner alone (0600), or a group too (0660,
// `init --shared=GROUP`). The ledger's own file says which, and what stands beside it follows:
// SQLite gives its mode to the log, we give it to locks and copies.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace billctl {

struct FileAccess {
  std::optional<gid_t> group;  ///< none: the owner alone
  mode_t mode() const { return group ? 0660 : 0600; }
};

/// As the ledger at `path` has it; where none is there, as its folder has it.
FileAccess access_of(const std::string& path);

/// Gives a new file, which is its owner's alone, that access. @returns whether it has it now.
bool give_access(int file, const FileAccess& access);

}  // namespace billctl
