// Opening: the steps from a path to a connection that may be written through, in the order in which
// Ledger::open takes them. What is refused on the way keeps its bytes. For this folder only.
#pragma once

#include <string>

#include "ledger/connection.hpp"

namespace billctl {

inline constexpr int kApplicationId = 0x62696C6C;  ///< "bill", in the header of the file

/// Whether it is a file without a byte, in its log neither: as `touch` leaves it, and no ledger
/// yet.
bool is_blank_file(const std::string& path);

/// @throws Error{no_ledger} when nothing is there, a folder, or a blank file, which SQLite would
/// take for an empty database; {corrupt} when it is no file or lost what its log goes on from; {io}
/// when it is a symbolic link.
void check_file(const std::string& path);

/// Looks at the first bytes before SQLite reads any: it would work the log of another program's
/// database into it. @throws Error{corrupt} when it is no ledger.
void check_header(Connection& connection, const std::string& path);

/// Every setting that safety hangs on, set and read back (design/reliability.md, finding 1). None
/// of them writes to the file.
void apply_settings(Connection& connection);

/// The file's schema number.
/// @throws Error{ledger_new}, {ledger_old}, {corrupt} when it may not be opened in that way.
int version_of(Connection& connection, const OpenLedger& request);

/// Whether the last to close the file works its log into it, as SQLite does by itself.
void set_checkpoint_on_close(Connection& connection, bool on);

/// Durable at each commit; the first step that may change the file. @throws Error{failed}.
void prepare_writing(Connection& connection, const std::string& path);

/// All of them or none, so that an interrupted migration leaves a ledger of the older program.
/// @throws Error{corrupt} when the result is not this program's schema.
void run_migrations(Connection& connection);

std::int64_t pragma(Connection& connection, const std::string& name);
/// @throws Error{failed} when SQLite did not take it.
void set_and_read_back(Connection& connection, const std::string& name, std::int64_t value);

}  // namespace billctl
