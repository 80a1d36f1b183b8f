// ChainHeads: where the chains of a ledger end. A chain shows every change in its middle but not a
// tail that was cut off; so its head is also kept outside (`verify --anchor`), and here one asks
// whether such a head is still part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"

namespace billctl {

struct SeriesHead {
  std::string tenant;  ///< codes, since rows mean nothing outside
  std::string series, year;
  std::string seal;
  std::int64_t documents = 0;  ///< that have a number of it
};

struct JournalHead {
  std::string tenant;
  std::string digest;
  std::int64_t events = 0;
};

/// Of every tenant, by code; series that sealed nothing and empty journals are left out.
std::vector<SeriesHead> series_heads(Ledger& ledger);
std::vector<JournalHead> journal_heads(Ledger& ledger);

/// The number of the document with that seal; nothing when there is none.
std::optional<std::string> number_of_seal(Ledger& ledger, std::string_view tenant,
                                          std::string_view seal);
/// How many events there are up to and with that one; nothing when there is no such event.
std::optional<std::int64_t> events_up_to(Ledger& ledger, std::string_view tenant,
                                         std::string_view digest);

}  // namespace billctl
