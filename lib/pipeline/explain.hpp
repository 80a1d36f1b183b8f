// Explain: why an entry is billed or not, and where each number of an item comes from. It judges
// and prices by the same functions as compile, and writes nothing (S1-13).
#pragma once

#include <optional>
#include <string>

#include "ledger/codes.hpp"
#include "ledger/item_list.hpp"
#include "ledger/tariff_table.hpp"
#include "outcome/id.hpp"
#include "pipeline/session.hpp"
#include "text/json.hpp"

namespace billctl {

/// Inside one `Ledger::read`, so that all it tells is of one moment.
class Explainer {
 public:
  explicit Explainer(Session& session);

  /// `entry, state, tests, product, price, rounding, history, items`. The product and price are
  /// those of its first live item; of one that waits and passes, what compile would make; null for
  /// one that can't be billed.
  Json entry(EntryId id);
  /// The same with the product, price and rounding of this item, and `item`.
  Json item(const ListedItem& listed);
  /// The first test that it fails; nothing when compile would take it.
  std::optional<Reason> reason(EntryId id);

 private:
  struct Facts;
  Facts facts_of(EntryId id);
  Json body_of(const Facts& facts, const ListedItem* listed);
  Json history_of(const Facts& facts) const;
  Json items_of(const Facts& facts);
  void add_decision(Json& body, const Facts& facts, const Item* item);

  Session& session_;
  ItemList list_;
  Codes codes_;
  TariffTable table_;
};

/// @throws Error{not_found} when there is no entry of that id.
Json explain_entry(Session& session, const std::string& ref);
/// @throws Error{not_found}.
Json explain_item(Session& session, const std::string& name);

}  // namespace billctl
