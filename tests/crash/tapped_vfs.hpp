// A VFS of SQLite that asks `disk` before each call that changes something and passes all on to
// the system's own.
#pragma once

namespace billctl::crash {

/// Makes it the default, once for this process and those that it forks. `unix` is still there.
void register_tapped_vfs();

}  // namespace billctl::crash
