// Drafts: what generate writes and what delete takes back: invoices, their lines, tax rows and
// material, many at a time. Reading them is invoices.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "invoice/adjustment.hpp"
#include "invoice/invoice.hpp"
#include "ledger/ledger.hpp"
#include "money/tax.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct TaxRowOf {
  InvoiceId invoice;
  std::int64_t position = 0;
  TaxRow row;
};

struct ItemPlace {
  ItemId item;
  InvoiceId invoice;
};

/// An open invoice as far as it decides what may join it.
struct OpenDraft {
  InvoiceId id;
  std::string draft_number;
  ClientId client, bill_to;
  Currency currency = Currency::none();
  InvoiceScope scope = InvoiceScope::client;
  EngagementId engagement;
  ProjectId project;
  std::string po_number;
  JobId job;
  bool outside_scope = false;  ///< its tax is of category O
  bool taxed = false;          ///< it has any tax row
};

class Drafts {
 public:
  Drafts(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Invoices (no credit notes) that are not issued, oldest first.
  std::vector<OpenDraft> open();
  /// What the client's issued invoices of that currency came to before tax, ascending.
  std::vector<std::int64_t> issued_totals(ClientId client, Currency currency);

  /// Whether an adjustment other than those of day billing stands on it.
  bool is_adjusted(InvoiceId draft);
  /// Whether it was ever queued for a provider.
  bool was_submitted(InvoiceId draft);
  std::string client_code(ClientId client);

  // Each inside `Ledger::write`; ids and numbers are the caller's.
  InvoiceId next_id();                                 ///< above every id that an invoice ever had
  void put_invoices(std::span<const Invoice> drafts);  ///< with their names
  void put_lines(std::span<const Line> lines);
  void put_placed(std::span<const Placed> placed);
  void put_item_places(std::span<const ItemPlace> places);
  void put_taxes(std::span<const TaxRowOf> rows);
  void put_adjustments(std::span<const Adjustment> adjustments);

  /// Writes what joining, recomputing and regrouping change of a draft: revision, period, grouping
  /// words, summary and amounts.
  void update(const Invoice& draft);
  /// Takes the lines, links and daily adjustments off a draft, to be made anew.
  void clear(InvoiceId draft);
  /// Gives the items back to the queue and removes the draft with all that hangs on it.
  void erase(InvoiceId draft);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
