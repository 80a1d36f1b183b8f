// ItemQueue: the pending items, as generate takes them: read in the order of rows, a million of
// them in well under a second, and left by ranges. What an item is besides is in items.hpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/line_item.hpp"
#include "invoice/quote_lines.hpp"
#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct PendingItem {
  LineItem item;  ///< its treatment and grouping are not stored, they are decided at generate
  ClientId client;
  Currency currency = Currency::none();
  ProductScope product_scope = ProductScope::fallback;
  /// Another pending item stands between this one and the one taken before it.
  bool gap = false;
};

/// A live item of an entry that is not pending, and where it is instead.
struct TakenItem {
  ItemId id;
  std::string mark;     ///< archived or credited, empty when it is placed
  std::string invoice;  ///< the name of the invoice on which it is, or empty
};

/// What a line of a single entry says of it.
struct EntryWords {
  EntryId entry;
  std::string ref;
  std::string description;
  std::optional<std::int64_t> started_at;
  std::string zone;
};

class ItemQueue {
 public:
  ItemQueue(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Every pending item in the order of rows; `take` says whether it leaves the queue.
  void each(const std::function<bool(const PendingItem&)>& take);
  /// The pending items of one entry; each has a gap, since others may stand between.
  std::vector<PendingItem> of_entry(EntryId entry);
  /// The live items of an entry that are not pending.
  std::vector<TakenItem> taken_of_entry(EntryId entry);
  /// One item wherever it is, unless it was released; nothing when there is none.
  std::optional<PendingItem> of_item(ItemId item);
  /// The items on an invoice, each once, in the order of rows.
  std::vector<PendingItem> on_invoice(InvoiceId invoice);

  bool to_rebill(EntryId entry);
  EntryWords words(EntryId entry);
  /// The description rows of a quote entry, by position.
  std::vector<QuoteRow> quote_rows(EntryId entry);

  // Each inside `Ledger::write`.
  /// Takes the pending items from `first` to `last` out of the queue.
  void remove(ItemId first, ItemId last);
  void archive(ItemId item, std::int64_t at);
  /// The archived items of an entry are pending again; one that was credited first remembers on
  /// which invoice it was.
  void unarchive(EntryId entry);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
