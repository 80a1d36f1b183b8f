// Once: reports kept under the key of `--once KEY`, so that a request which is not repeatable by
// nature can be sent twice without a second effect.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct StoredReport {
  std::string key;
  std::string verb;
  int exit = 0;
  std::string report;  ///< JSON
};

class Once {
 public:
  Once(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}
  std::optional<StoredReport> find(std::string_view key);
  void store(const StoredReport& report, Instant at);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
