// Backup: a copy of the ledger as of one moment, which takes its name only when everything that
// `verify` asks holds in it. Others may write meanwhile (design/reliability.md).
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

/// `backup FILE`: {file, bytes, sha256, schema, series: [{series, year, last_number}], recorded}. A
/// backup that is there is replaced in one step. The journal tells when the last one was made;
/// `recorded` is false when the ledger stayed locked past the wait, and the backup is there all the
/// same.
/// @throws Error{usage} when FILE is something else than a ledger, or this one; {corrupt} when the
/// copy breaks an invariant, and what had the name stays; {running}, {io}, {not_permitted}.
Report backup(Session& session, const std::string& file);

/// Verifies every record and page of a copy. @throws Error{corrupt} with the first finding.
void require_whole(const Session& session, const std::string& copy);

/// The last number of each series that numbers what is issued, null where none was given out.
Json last_numbers(Session& session);

}  // namespace billctl
