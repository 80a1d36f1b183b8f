// Drafting: what one run of generate looks things up in, and how it settles what the ledger does
// not store of an item: its taxes, its grouping and on which invoice it goes.
#pragma once

#include <unordered_map>
#include <utility>

#include "invoice/draft_key.hpp"
#include "invoice/draft_options.hpp"
#include "invoice/tax_treatment.hpp"
#include "ledger/item_queue.hpp"
#include "pipeline/generate.hpp"
#include "work/books.hpp"

namespace billctl {

/// The options of items, each combination of engagement and client decided once.
class ItemOptions {
 public:
  ItemOptions(const DraftChoices& choices, const DraftOptions& config, const Books& books)
      : choices_(choices), config_(config), books_(books) {}
  const DraftOptions& of(EngagementId engagement, ClientId client);

 private:
  struct Hash {
    std::size_t operator()(const std::pair<EngagementId, ClientId>& pair) const noexcept {
      return std::hash<std::int64_t>{}(pair.first.value * 0x9E3779B9 + pair.second.value);
    }
  };
  DraftChoices choices_;
  DraftOptions config_;
  const Books& books_;
  std::unordered_map<std::pair<EngagementId, ClientId>, DraftOptions, Hash> decided_;
};

/// The config's own options.
DraftOptions config_options(const Config& config);

struct Drafting {
  /// @param to_fill the same books without tasks: these are read as lines need them. nullptr: they
  /// are all there.
  Drafting(Session& for_session, const GenerateRequest& for_request, const Books& with_books,
           Books* to_fill = nullptr);

  Session& session;
  const GenerateRequest& request;
  const Books& books;
  ItemQueue queue;
  DraftKeys keys;
  TaxTreatments treatments;
  ItemOptions options;

  /// Leaves in the books the tasks of these items alone, so that their number does not count.
  void read_tasks(const std::vector<LineItem>& items);
  /// Sets the item's taxes and grouping.
  void settle(PendingItem& pending, const DraftOptions& options_of_it);
  /// With the taxes that were picked for its draft.
  void settle_for(std::span<const PickedTax> picked, LineItem& item, ClientId client);
  KeyedBy keyed_by(const PendingItem& pending, InvoiceScope scope) const;

  // The request's, else the config's.
  ContractualMode contractual() const;
  LateMode late() const;
  QuoteRows quote_rows() const;

  /// The period to be printed: of a request that has a first and a last day.
  std::optional<Period> asked_period() const;

 private:
  TaxTreatments::Taxed taxed(const LineItem& item, ClientId client) const;

  Books* filled_;
};

}  // namespace billctl
