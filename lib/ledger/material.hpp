// Material: the items behind an invoice and what happened to them, read and written one invoice at
// a time; for what is done by hand. Many at a time is drafts.hpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "calendar/period.hpp"
#include "invoice/adjustment.hpp"
#include "invoice/invoice.hpp"
#include "invoice/material_event.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Material {
 public:
  explicit Material(Ledger& ledger) : ledger_(ledger) {}

  std::vector<Adjustment> adjustments(InvoiceId invoice);  ///< oldest first, also those undone
  std::vector<MaterialEvent> events(InvoiceId invoice);    ///< oldest first
  /// The highest id that a line removed by hand had; 0: none was removed.
  std::int64_t last_line(InvoiceId invoice);
  /// The material period, once it is not the invoice's own (S1-15).
  std::optional<Period> period(InvoiceId invoice);
  /// Quantity x project price of an item, rounded, in minor units (S1-31).
  std::int64_t total0_minor(ItemId item);
  bool is_pending(ItemId item);
  /// The invoice on which the item is; nothing while it is pending or released.
  std::optional<InvoiceId> place_of(ItemId item);

  // Each inside `Ledger::write`.
  void tell(const MaterialEvent& event);
  void add(const Adjustment& adjustment);
  /// Writes amount and undoing of one that is there.
  void update(const Adjustment& adjustment);
  void remove(const Adjustment& daily);  ///< one of day billing, to be made anew
  /// A pending item gets its place on the invoice.
  void take(ItemId item, InvoiceId invoice);
  /// The item is pending again; `number` of an issued invoice that it was on, or empty (X3).
  void give_back(ItemId item, InvoiceId invoice, std::string_view number);

  /// The item, which has no place, waits for generate again.
  void queue(ItemId item, std::string_view number);

  /// Writes what differs.
  void save_lines(const std::vector<Line>& before, const std::vector<Line>& after);
  void save_placed(const std::vector<Placed>& before, const std::vector<Placed>& after);
  /// by_hand and unallocated of the invoice, and the highest line id.
  void save_match(const Invoice& invoice, std::int64_t last_line);
  void save_period(InvoiceId invoice, const Period& period);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
