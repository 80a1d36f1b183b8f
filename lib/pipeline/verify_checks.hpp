// The checks that are more than questions to the ledger: for verify.cpp.
#pragma once

#include <string>
#include <vector>

#include "ledger/audit.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Where the chains of the whole ledger end: `{series: [{tenant, series, year, seal, documents}],
/// journals: [{tenant, digest, events}]}`.
Json heads_json(Ledger& ledger);

/// The heads that were kept in the file against the chains as they are; writes nothing.
/// @throws Error{bad_input} when there is no such file or it is no anchor, {io}.
std::vector<Violation> verify_anchor(const Session& session, const std::string& file);

/// The ledger's own files and what file providers were given.
std::vector<Violation> verify_files(const Session& session);

struct ProviderFindings {
  std::vector<Violation> found;
  bool unreachable = false;  ///< somebody who was given documents can't be asked
};

/// What the providers that can be asked have of what they were given. Lost and different documents
/// are errors; what the ledger knows nothing of, and who can't be asked, are warnings.
ProviderFindings verify_providers(const Session& session);

}  // namespace billctl
