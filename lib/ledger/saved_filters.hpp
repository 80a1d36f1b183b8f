// SavedFilters: filters that somebody keeps under a name (S0-6), as they were written: a period
// such as `last-month` is another one next month.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// Options by their names and values: `--client`: acme, beta.
using FilterOptions = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct SavedFilter {
  std::string name;
  FilterOptions options;
  Instant saved_at = Instant::from_seconds(0);
  std::string saved_by;
};

class SavedFilters {
 public:
  SavedFilters(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  std::optional<SavedFilter> find(std::string_view name);
  std::vector<SavedFilter> all();  ///< by name
  std::vector<std::string> names();

  // Inside `Ledger::write`.

  /// Keeps it, in place of the one that has its name.
  void put(const SavedFilter& filter);
  void remove(std::string_view name);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
