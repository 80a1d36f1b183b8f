// Verify: shows that every promise of billctl holds in a ledger, or what breaks it
// (design/reliability.md). It reads, believes nothing that the program wrote, and goes on where the
// file is damaged: what can't be read is a finding.
//
//   verify(session, {{"line-sum", "totals"}}) -> ok false, checks: [{line-sum, found: [{INV00042,
//   …}]}]
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

struct VerifyRequest {
  std::vector<std::string> checks;  ///< by name; empty: all
  bool quick = false;               ///< only what costs the same however large the ledger is
  bool deep = false;                ///< every page of the file too
  bool files = false;               ///< the files that belong to the ledger as well
  bool provider = false;            ///< ask the providers too
  /// A file with the heads of the chains as `log --heads --json` printed them: each must still be
  /// on its chain. Empty: none.
  std::string anchor;
};

/// The checks that may be asked for by name.
std::vector<std::string> verify_names();

/// The body is the pinned JSON of spec/cli.md, verify. A check that found errors makes the exit
/// corrupt (12); one that found nothing but warnings has the level warning and does not. Without
/// an error the exit is outside (6) when a provider could not be asked.
/// @throws Error{usage} for a name that is no check, with the nearest; {not_permitted}.
Report verify(const Session& session, const VerifyRequest& request);

}  // namespace billctl
