// EntryList: entries as people read them: with the client they are for, their currency, and how far
// they have come.
#pragma once

#include <functional>
#include <string_view>

#include "ledger/entries.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "work/entry_state.hpp"

namespace billctl {

struct ListedEntry {
  EntryRow row;  ///< its texts hold while it is looked at
  ClientId client;
  std::string_view currency;    ///< of its prices and amounts; empty: the tenant's
  std::string_view parent_ref;  ///< of the session it is attached to
  EntryState state = EntryState::open;
};

class EntryList {
 public:
  EntryList(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Calls `each` with the entry of that ref. @return false when there is none.
  bool find(std::string_view ref, const std::function<void(const ListedEntry&)>& each);
  /// The same by row.
  bool get(EntryId id, const std::function<void(const ListedEntry&)>& each);
  /// Calls `each` with every entry after that row, by row, until it returns false.
  void each(EntryId after, const std::function<bool(const ListedEntry&)>& each);

 private:
  ListedEntry listed(const class Query& query);
  EntryState state_of(const EntryRow& row);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
