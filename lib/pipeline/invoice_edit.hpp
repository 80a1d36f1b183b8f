// Invoice edit: one change of an invoice by hand. Read the sheet, change it, finish: prices are
// matched anew (X4), totals and taxes computed, approvals fall (X22), and what differs is written.
//
//     InvoiceEdit edit(session, books, invoices.named("DRAFT00007"));
//     edit.require_open();
//     remove_line(edit.sheet(), 2);
//     edit.by_hand();
//     const EditedInvoice edited = edit.finish(Touch::content, "line 2 removed");
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/sheet.hpp"
#include "ledger/item_queue.hpp"
#include "outcome/reason.hpp"
#include "pipeline/milestone_cover.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// Whether approvals fall: they do when cards or lines have changed, not for report prices, dates,
/// terms, notes, taxes (S4-6, S4-7, X22). A change of the content that changed nothing keeps them.
enum class Touch { content, heading };

struct PriceChange {
  ItemId item;
  std::int64_t from_minor = 0;
  std::int64_t to_minor = 0;
};

struct EditedInvoice {
  Invoice invoice;                   ///< as stored
  std::vector<PriceChange> changes;  ///< of report prices of items that were and are on it (S1-35)
  std::vector<Finding> warnings;     ///< unallocated
};

/// The invoice as it stands, whatever its state. @throws Error{not_found}.
Sheet read_sheet(Session& session, InvoiceId invoice);

/// Matches the report prices of a draft that was changed by hand, after lines joined it in another
/// way. Inside a write.
void match_again(Session& session, const Invoice& draft);

class InvoiceEdit {
 public:
  /// Inside a write. @throws Error{not_found}.
  InvoiceEdit(Session& session, const Books& books, InvoiceId invoice);

  Session& session() { return session_; }
  const Books& books() const { return books_; }
  Sheet& sheet() { return sheet_; }
  Invoice& invoice() { return sheet_.invoice; }

  /// @throws Error{wrong_state} when it is voided, or a credit note, which has no material of its
  /// own.
  void require_invoice() const;
  /// @throws Error{wrong_state} when it is issued or voided.
  void require_open() const;
  /// @throws Error{changed} when it is at another revision than asked for.
  void require_revision(const std::optional<std::int64_t>& revision) const;
  /// @throws Error{not_found} with what there is; {wrong_state} when credit notes took it off.
  Card& card(ItemId item);
  Line& line(std::int64_t line);

  /// From now on X4 rules its report prices.
  void by_hand() { sheet_.invoice.by_hand = true; }
  /// Lines and links are the items' own again: report prices are the shares.
  void untouched() { sheet_.invoice.by_hand = false; }
  /// `finish` leaves the report prices as they stand on the sheet; what they do not make up of the
  /// lines is unallocated (S1-36).
  void keep_report_prices() { prices_kept_ = true; }
  /// Remembers what happens to an item; written by `finish`.
  void tell(ItemId item, MaterialAct what, std::int64_t amount_minor, std::string_view reason);
  /// Puts a pending item on the sheet, without a line and at its own value. What exclusions hold of
  /// it is taken back (S4-29). @throws Error{wrong_target} when it is of another client, bill-to or
  /// currency; {wrong_state} when it is not pending; {not_found}.
  Card& take(ItemId item, MaterialAct what, std::string_view reason);
  /// Takes an item off, pending again; lines stay. Its initial value is booked as exclusion unless
  /// it is an instalment. @throws Error{not_found} when it is not on it; {wrong_state} when credit
  /// notes took it off.
  Card give_back(ItemId item, MaterialAct what, std::string_view reason);
  /// Moves what the last `tell` of that item booked, once its lines were made anew.
  void rebook(ItemId item, std::int64_t amount_minor);

  /// @param why for the adjustment that books what lines changed by hand make of the total.
  EditedInvoice finish(Touch touch, std::string_view why);

 private:
  void require_not_gone(ItemId item);
  bool content_changed() const;
  void match_prices();
  void save_places(const std::vector<Placed>& after);
  void save_adjustments();
  void book_difference(std::string_view why);
  std::vector<PriceChange> price_changes() const;

  Session& session_;
  const Books& books_;
  Sheet sheet_;
  std::vector<Line> lines_before_;
  std::vector<Placed> placed_before_;
  std::vector<Adjustment> adjustments_before_;
  std::size_t events_before_ = 0;
  bool prices_kept_ = false;
  std::optional<MilestoneCover> cover_;  ///< of an issued one: its instalments may be used up
};

}  // namespace billctl
