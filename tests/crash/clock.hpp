// The clock of the commands that a harness runs: fixed, also for a ledger that is no test ledger,
// whose clock no option sets.
#pragma once

#include <cstdint>

namespace billctl::crash {

inline std::int64_t clock_seconds = 0;  ///< since 1970, UTC

}  // namespace billctl::crash
