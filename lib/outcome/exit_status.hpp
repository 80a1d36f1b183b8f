// Exit codes: what a shell script learns from billctl. Source: spec/cli.md, "exit".
#pragma once

#include "outcome/reason.hpp"

namespace billctl {

enum class ExitStatus {
  done = 0,             ///< done; nothing to do is done too
  failed = 1,           ///< failed, nothing written
  usage = 2,            ///< wrong words or options, or a question without --yes
  partly = 3,           ///< done in part; a person is needed for the rest
  refused = 4,          ///< nothing done: refused by a rule
  bad_input = 5,        ///< config, job file or import file; nothing written
  outside = 6,          ///< only the outside failed; queued, will be tried again
  io = 7,               ///< disk full, read-only, I/O error; nothing partial
  outcome_unknown = 8,  ///< I/O error at commit: run the same command again
  empty = 9,            ///< --fail-if-empty and nothing found
  ledger = 10,          ///< no ledger, an older or a newer one
  locked = 11,          ///< ledger locked past --lock-wait
  corrupt = 12,         ///< the ledger breaks an invariant
  interrupted = 130,    ///< interrupted; nothing half done
};

/// The exit code of a command that ends with this error, e.g. `bad_config` -> 5; a rule's code
/// -> 4.
ExitStatus exit_status(Reason code);

}  // namespace billctl
