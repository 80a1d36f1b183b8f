// WaitingEntries: what waits for somebody before it is on an invoice: unconfirmed and running
// entries by their member, entries that compile has not looked at or could not fit, pending items.
// What `status` tells.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct MembersEntries {
  MemberId member;  ///< none: nobody's
  std::int64_t entries = 0;
  std::int64_t seconds = 0;
};

struct PendingSum {
  Currency currency = Currency::none();
  std::int64_t items = 0;
  std::int64_t clients = 0;
  std::int64_t amount_minor = 0;
};

class WaitingEntries {
 public:
  WaitingEntries(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Stopped, not confirmed, and chargeable, by member.
  std::vector<MembersEntries> unconfirmed();
  /// Not stopped, by member.
  std::vector<MembersEntries> running();
  /// Entries that compile has not looked at.
  std::int64_t uncompiled();
  /// Parked for a reason that a person must see to: no product, or a unit or currency that does not
  /// fit.
  std::map<std::string, std::int64_t> unfit();
  /// Pending items, by currency.
  std::vector<PendingSum> pending();

 private:
  std::vector<MembersEntries> by_member(const char* sql);
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
