// Credits: what credit notes have taken back of an invoice, and what becomes of its items. A credit
// note counts from its draft on, so that two drafts never take the same twice; one that is voided
// does not.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/credit.hpp"
#include "invoice/invoice.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// Which credit notes count.
enum class CreditNotes { all, issued };

class Credits {
 public:
  explicit Credits(Ledger& ledger) : ledger_(ledger) {}

  /// What was credited of each line of the invoice, by its id; of the opposite sign of the line.
  std::map<std::int64_t, std::int64_t> by_line(InvoiceId invoice, CreditNotes which);
  std::map<ItemId, std::int64_t> by_item(InvoiceId invoice, CreditNotes which);
  /// Likewise of each line and item, since a quote may stand on several lines; line 0: of none.
  /// Drafts count too.
  std::map<std::pair<std::int64_t, ItemId>, std::int64_t> by_place(InvoiceId invoice);
  std::vector<CreditedTax> by_tax(InvoiceId invoice);
  /// Of each contract line: net and tax of prepayments given back, negative.
  struct GivenBack {
    std::int64_t applied_minor = 0, tax_minor = 0;
  };
  std::map<ContractLineId, GivenBack> prepayments(InvoiceId invoice);
  /// What becomes of a credit note's items once it is issued.
  ItemsAfter items_after(InvoiceId credit_note);
  /// The draft number of a credit note of the invoice that is not issued yet.
  std::optional<std::string> open_note(InvoiceId invoice);
  /// The name of the invoice that issues a voided one again; nothing while none does.
  std::optional<std::string> reissue_of(InvoiceId voided);
  /// Items of the invoice that earlier credit notes marked credited.
  std::vector<ItemId> credited_items(InvoiceId invoice);

  // Each inside `Ledger::write`.
  /// Makes a draft that was just put a credit note of the invoice, or one that issues it again.
  void mark_credit_note(InvoiceId draft, InvoiceId corrects, ItemsAfter after);
  void mark_reissue(InvoiceId draft, InvoiceId reissues);
  void put_corrected_lines(const std::vector<Line>& lines);

  /// Nothing of it is charged any more: still live, in no queue.
  void mark_credited(ItemId item);
  /// Pending again; its place is gone. After its material event.
  void reopen(ItemId item, std::string_view number);
  /// Its place is gone; what becomes of it is the caller's to say.
  void take_off(ItemId item);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
