// PastInvoices: invoices that another program issued, kept as rows of `invoice` that are issued
// from the start: `invoice list` and `show` tell them, a credit note may correct them, and nothing
// that numbers, seals, sends or syncs looks at them (spec/import.md, past_invoices).
#pragma once

#include "invoice/document.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class PastInvoices {
 public:
  PastInvoices(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Puts it in with its one line and its tax row, under its number, which nothing may have yet.
  /// Inside `Ledger::write`.
  InvoiceId put(const Document& document);

 private:
  void put_line(InvoiceId id, const Line& line);

  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
