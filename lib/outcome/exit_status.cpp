#include "outcome/exit_status.hpp"

namespace billctl {

ExitStatus exit_status(Reason code) {
  switch (code) {
    case Reason::failed:
      return ExitStatus::failed;
    case Reason::usage:
    case Reason::needs_yes:
      return ExitStatus::usage;
    case Reason::bad_config:
    case Reason::bad_job:
    case Reason::bad_input:
      return ExitStatus::bad_input;
    case Reason::io:
      return ExitStatus::io;
    case Reason::outcome_unknown:
      return ExitStatus::outcome_unknown;
    case Reason::empty:
      return ExitStatus::empty;
    case Reason::no_ledger:
    case Reason::ledger_old:
    case Reason::ledger_new:
      return ExitStatus::ledger;
    case Reason::locked:
      return ExitStatus::locked;
    case Reason::corrupt:
      return ExitStatus::corrupt;
    case Reason::interrupted:
      return ExitStatus::interrupted;
    default:
      return ExitStatus::refused;
  }
}

}  // namespace billctl
