// Draft options: who decides how an item is put on an invoice: the flag or the job file first, then
// the item's engagement, its client, and the config (spec/generate.md). Item by item: two
// engagements on one invoice may want their hours shown differently.
#pragma once

#include <optional>
#include <string>

#include "invoice/line_item.hpp"
#include "invoice/options.hpp"
#include "work/books.hpp"

namespace billctl {

/// What was asked for by a flag or a job file; nothing: as the engagement, client or config says.
struct DraftChoices {
  std::optional<InvoiceScope> scope;
  std::optional<ProjectGrouping> projects;
  std::optional<GroupHours> hours;
  std::optional<GroupTravel> travel;
  std::optional<Annex> annex;
  std::optional<BillBy> bill_by;
};

/// The options of one item, decided.
struct DraftOptions {
  InvoiceScope scope = InvoiceScope::client;
  ItemGrouping grouping;
  Annex annex = Annex::none;
  BillBy bill_by = BillBy::hour;
};

/// @param engagement nullptr: the item has none.
DraftOptions draft_options(const DraftChoices& choices, const Engagement* engagement,
                           const Client& client, const DraftOptions& config);

/// What an invoice stores of its options, as words: those of its first item when all agree, else
/// empty, which means item by item.
struct DraftWords {
  std::string projects, hours, travel, annex;
  bool operator==(const DraftWords&) const = default;
};
DraftWords words_of(const DraftOptions& options);
/// Blanks every word in which the two differ.
void keep_common(DraftWords& words, const DraftWords& other);

}  // namespace billctl
