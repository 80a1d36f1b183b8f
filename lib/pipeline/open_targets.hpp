// Open targets: the open invoices that may receive work, told to whoever must choose one (S0-22).
#pragma once

#include <string>

#include "pipeline/generate.hpp"

namespace billctl {

/// "DRAFT00001 (acme, 416.91 EUR), DRAFT00003 (acme, 9.00 USD)": those of the clients whose work
/// the request asks for by entries or by client; else all. At most ten; empty: there is none.
std::string open_targets(Session& session, const GenerateRequest& request);

}  // namespace billctl
