// Audit: the checks behind `billctl verify`, each a named question to the ledger whose answer is
// what breaks it (design/reliability.md, "Invariants"). A whole ledger answers with nothing.
//
//   run_audit(ledger, "line-sum", facts) -> {{"INV00042", "line 3: its items' shares are …"}}
//
// The checks believe nothing that the program wrote: not the constraints of the schema, not the
// counters, not a stored sum. They look at the whole file, whoever's tenant a row is. What needs
// config or other files is asked by lib/pipeline/verify.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/zone.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// One thing that breaks a check: `entry:e17`, `item:12`, `INV00042`, `series issued 2026`.
struct Violation {
  std::string subject;
  std::string message;
  bool warning = false;  ///< worth a person's look, but no broken promise (exit 12 is for others)
};

/// How much is looked at: what costs the same however large the ledger is; all records; every page.
enum class AuditDepth { quick, whole, deep };

/// What the file itself can't tell.
struct AuditFacts {
  TenantId tenant;          ///< whose config the zone is of; none: nobody's
  Zone zone = Zone::utc();  ///< his zone
  AuditDepth depth = AuditDepth::whole;
};

/// At most so many are told of one check; the last then says how many there are in all.
inline constexpr std::size_t kViolationsMax = 1000;

/// The names of all the checks here, in the order in which they are run and told.
std::vector<std::string> audit_names();
/// Those that a quick audit is made of.
std::vector<std::string> quick_audit_names();

/// Before all checks of a ledger: keeps up to 64 MB of its pages instead of 8, since each check
/// goes through tables that another one has read.
void keep_audited_pages(Ledger& ledger);

/// What breaks that check. A file too damaged to answer is a violation as well.
/// @throws Error{interrupted}, {locked}.
std::vector<Violation> run_audit(Ledger& ledger, std::string_view name, const AuditFacts& facts);

/// The quick audit, for every opening for writing: the schema's digest, the newest event, the ends
/// of the series; of a ledger that is to be migrated, the digest of its own schema. Under 1 ms.
/// @throws Error{corrupt} naming the first thing that is broken; Error{interrupted}, {locked}.
void quick_check(Ledger& ledger);

/// SHA-256 in hex of every table, index and trigger as the file defines them, and of what this
/// program's first `version` migrations make of an empty file: equal unless someone meddled.
/// Of a version that is none: empty.
std::string schema_digest(Ledger& ledger);
std::string built_in_schema_digest(int version);

}  // namespace billctl
