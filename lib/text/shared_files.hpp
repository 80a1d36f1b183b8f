// Shared files: what this process writes is its owner's alone, until it has opened a ledger that a
// group shares (`init --shared=GROUP`). From then on a file or folder that it makes inside a folder
// of a group (set-group-ID and writable by it, as `init` makes the ledger's) is the group's as
// well, whatever the umask; elsewhere it stays the owner's: outside, a file has the group of who
// made it.
#pragma once

#include <string>

namespace billctl {

/// Said once, when a ledger has been opened.
void share_files(bool shared);

/// Whether a folder is a group's: its files have its group and each of the group may make some.
bool is_group_folder(const std::string& folder);

/// The folder that a path stands in; "." for a bare name.
std::string folder_above(const std::string& path);

/// For a new file or folder, readable by its owner alone, as soon as it is made. What can't be done
/// is left: it is then the owner's alone.
void follow_folder(const std::string& path);

/// Makes the folder and those above it that are missing, each durable as a name in the one above,
/// so that a power cut takes back nothing of what is put into it. @returns whether it is there;
/// else errno says why not.
bool make_folders(const std::string& path);

/// Makes the names in a folder durable, as a file's own sync makes its bytes. @returns whether it
/// was done; else errno says why not.
bool sync_folder(const std::string& path);

}  // namespace billctl
