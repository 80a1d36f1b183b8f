// The checks that are more than questions to the ledger: for verify.cpp.
#pragma once

#include <string>
#include <vector>

#include "ledger/audit.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Heads of the chains against the file, or into it when it is not there.
/// @throws Error{io} when the file can't be read or written, {bad_input} when it is no anchor.
std::vector<Violation> verify_anchor(const Session& session, const std::string& file);

/// The ledger's own files and what file providers were given.
std::vector<Violation> verify_files(const Session& session);

}  // namespace billctl
