// Refusals: how a verb over several invoices tells those it did not take.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

namespace billctl::cmd {

/// Puts a line `billctl: invoice NAME: DETAIL` for each reason in body["refused"] into the
/// failures, and the hint of the first into the talk.
/// @param verb of the report, for the hint.
void tell_refusals(Outcome& outcome, const std::string& verb);

}  // namespace billctl::cmd
