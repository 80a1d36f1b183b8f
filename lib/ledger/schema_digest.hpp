// SchemaDigest: SHA-256 over every table, index and trigger of a file, for ledger's .cpp files and
// the program that computes the built-in ones while building. To make the tables of this program in
// memory costs 4.5 ms, more than all else that an opening does; so their digests are constants.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// What a migration wrote, as the file defines it; nothing of SQLite's own (sqlite_sequence,
/// statistics, the indexes behind UNIQUE).
/// @returns SQLite's result code, SQLITE_OK when `digest` holds 64 hex digits.
int read_schema_digest(sqlite3* handle, std::string& digest);

/// What the first `version` migrations of this program make of an empty file.
/// @returns as above.
int make_schema_digest(int version, std::string& digest);

/// That, computed when this program was built: at place N the digest of schema N, from 0 on.
const std::vector<std::string_view>& built_in_schema_digests();

}  // namespace billctl
