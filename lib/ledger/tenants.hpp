// Tenants: several may share a ledger, each by its own config (spec/config.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct Tenant {
  TenantId id;
  std::string code;
  bool test = false;  ///< a test ledger: the clock may be set, delivery stays at home
};

class Tenants {
 public:
  explicit Tenants(Ledger& ledger) : ledger_(ledger) {}

  std::optional<Tenant> find(std::string_view code);
  std::vector<Tenant> all();  ///< by row
  /// Makes the tenant unless it is there. Inside `Ledger::write`.
  Tenant open(std::string_view code, bool test, Instant now);

  /// A remembered value, e.g. the digest of the price-deciding config; empty when never set.
  std::string setting(TenantId tenant, std::string_view name);
  void set_setting(TenantId tenant, std::string_view name, std::string_view value);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
