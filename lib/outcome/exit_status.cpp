#include "outcome/exit_status.hpp"

#include <array>

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

ExitStatus worse(ExitStatus a, ExitStatus b) {
  constexpr auto kOrder = std::to_array(
      {ExitStatus::interrupted, ExitStatus::outcome_unknown, ExitStatus::io, ExitStatus::corrupt,
       ExitStatus::locked, ExitStatus::ledger, ExitStatus::bad_input, ExitStatus::usage,
       ExitStatus::failed, ExitStatus::partly, ExitStatus::outside, ExitStatus::refused,
       ExitStatus::empty});
  for (ExitStatus status : kOrder) {
    if (a == status || b == status) return status;
  }
  return ExitStatus::done;
}

}  // namespace billctl
