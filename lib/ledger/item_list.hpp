// ItemList: items as people read them: with their entry, where they are, and on which line.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "billable/item.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct ListedItem {
  Item item;
  ItemState state = ItemState::pending;
  std::string entry_ref;
  InvoiceId invoice;         ///< the one it is placed on; none otherwise
  std::string invoice_name;  ///< its number, or its draft number while it has none
  std::int64_t line = 0;     ///< 0: none, or removed by hand
  EventId made;              ///< the run that made it
  EventId changed;           ///< the last that made it anew or released it
};

class ItemList {
 public:
  ItemList(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  std::optional<ListedItem> find(ItemId id);
  /// All of one entry, released ones too, by row.
  std::vector<ListedItem> of_entry(EntryId entry);

  enum class Which { all, pending };
  /// Calls `each` with every item after that row, by row, until it returns false.
  void each(Which which, ItemId after, const std::function<bool(const ListedItem&)>& each);

 private:
  ListedItem listed(const class Query& query);
  std::int64_t line_of(ItemId item, InvoiceId invoice);

  Ledger& ledger_;
  TenantId tenant_;
  std::unordered_set<InvoiceId> invoices_;  ///< whose lines are known
  std::unordered_map<ItemId, std::int64_t> lines_;
};

}  // namespace billctl
