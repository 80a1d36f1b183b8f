// Invoices: reads drafts and issued invoices, one whole or many by their headers, and moves what
// may move: state, notes, tax rows of a draft, and the one UPDATE that freezes it at issue.
//
//   const InvoiceId id = invoices.named("DRAFT00007");  // or INV00042, or a name before a void
//   const Document document = invoices.document(id);
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "invoice/document.hpp"
#include "invoice/invoice.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// An item of an invoice and the entry it was made of.
struct PlacedItem {
  Placed placed;
  EntryId entry;
  std::string entry_ref;
  ItemKind kind = ItemKind::time;
  ProjectId project;
  PriceSource price_source = PriceSource::none;
  bool default_price = false;
};

/// What an item on an invoice is work on.
struct PlacedWork {
  ProjectId project;
  TaskId task;
  MemberId member;
  ItemKind kind = ItemKind::time;
};

/// An item at 0 for want of a price, or at a built-in one (pricing.md 5).
struct PriceGap {
  std::int64_t line = 0;
  std::string entry_ref;
  bool default_price = false;  ///< a built-in transport price; otherwise none
};

class Invoices {
 public:
  Invoices(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// By any name it ever had: draft number, issued number, a name before a void; nothing otherwise.
  std::optional<InvoiceId> find(std::string_view name);
  /// The same. @throws Error{not_found}.
  InvoiceId named(std::string_view name);
  /// Whether that name was ever a draft number or a number of an invoice (X28).
  bool name_taken(std::string_view name) { return find(name).has_value(); }

  /// Every name it ever had, by name.
  std::vector<std::string> names(InvoiceId id);

  Invoice header(InvoiceId id);
  Document document(InvoiceId id);
  std::vector<Line> lines(InvoiceId id);  ///< by position
  /// Whether the stored lines are these in all that a seal is over: read without making any.
  bool sealed_lines_are(InvoiceId id, const std::vector<Line>& lines);
  std::vector<TaxRow> taxes(const Invoice& invoice);
  std::vector<AppliedPrepayment> prepayments(InvoiceId id);
  std::vector<Placed> placed(InvoiceId id);  ///< by line, then item
  std::vector<PlacedItem> placed_items(InvoiceId id);
  /// What its items are work on, each combination once.
  std::vector<PlacedWork> placed_work(InvoiceId id);
  /// Its items whose price nobody gave, unless a person has priced or typed their line since.
  std::vector<PriceGap> price_gaps(InvoiceId id);
  /// The projects of its items and lines, each once, by row.
  std::vector<ProjectId> projects(InvoiceId id);
  /// The engagements of its items and its scope, each once, by row.
  std::vector<EngagementId> engagements(InvoiceId id);
  /// Whether it has a line that is more than text.
  bool has_lines(InvoiceId id);
  /// The places in a series and year that documents have, ascending.
  std::vector<std::int64_t> sequences(std::string_view series, std::string_view year);
  /// Credit notes of it that are not voided, oldest first, by their names.
  std::vector<std::string> credited_by(InvoiceId id);

  enum class Which { all, open };
  /// Visits headers in the order in which they were drafted, which is that of draft numbers, until
  /// `visit` returns false; it may take the header's content.
  /// @param after only those drafted later than this one.
  void each(Which which, InvoiceId after, const std::function<bool(Invoice&)>& visit);
  std::vector<InvoiceId> open();  ///< drafts and held ones, in that order
  /// Headers of one client, in the same order, until `visit` returns false.
  void each_of(ClientId client, InvoiceId after, const std::function<bool(Invoice&)>& visit);
  /// The newest of a client, newest first.
  std::vector<Invoice> newest_of(ClientId client, std::int64_t limit);

  // Each inside `Ledger::write`.
  void set_state(InvoiceId id, InvoiceState state);
  void set_notes(InvoiceId id, std::string_view notes);
  void set_title(InvoiceId id, std::string_view title);
  /// Of a draft: name, title, subtitle, PO, terms, dates, AR period and who is billed.
  void set_heading(const Invoice& draft);
  void replace_taxes(InvoiceId id, const std::vector<TaxRow>& taxes);
  /// Which rate each line is taxed at, for those that know.
  void set_tax_rates(const std::vector<Line>& lines);
  /// The one UPDATE that makes a draft an issued invoice, and its new name. All of `invoice` that
  /// issue decides must be set: number, series, dates, parties, amounts, seals.
  void freeze(const Invoice& invoice);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
