// EntryState: how far a piece of recorded work has come, for people who list it (spec/cli.md,
// States). The states of its items come from where they are; of several items the one that is
// behind counts.
#pragma once

#include <array>
#include <string_view>

namespace billctl {

enum class EntryState {
  running,      ///< a timed entry without stop and without seconds
  unconfirmed,  ///< nobody confirmed it yet
  open,         ///< confirmed and without a live item: to be compiled, or parked with a reason
  pending,      ///< it has items that await generate
  drafted,
  invoiced,
  credited,
  archived,
  withdrawn,  ///< gone from its source
  deleted,    ///< by hand; listed only when asked for
  merged,     ///< into another entry, which holds its work; listed only when asked for
};
constexpr std::array<std::string_view, 11> kEntryStateWords = {
    "running",  "unconfirmed", "open",      "pending", "drafted", "invoiced",
    "credited", "archived",    "withdrawn", "deleted", "merged"};

}  // namespace billctl
