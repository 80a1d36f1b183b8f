// Listing: `billctl __commands`, the table of commands, reason codes and exit codes as JSON, for
// the tests that compare them with the man pages, the transcripts and schemas/output/. No command
// of people's: no help and no completion names it.
#pragma once

#include "text/json.hpp"

namespace billctl::cmd {

Json commands_listing();

}  // namespace billctl::cmd
