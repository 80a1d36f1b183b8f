// Draft run: takes the gathered items client by client, makes their drafts or joins them to open
// ones, and writes many drafts at a time. A client that fails leaves the others whole.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/drafts.hpp"
#include "pipeline/draft_gathering.hpp"
#include "pipeline/draft_lines.hpp"

namespace billctl {

class DraftRun {
 public:
  DraftRun(Drafting& drafting, Gathering& gathering, const Invoice* target, GenerateReport& report);
  void run();

 private:
  /// The items of one invoice to be.
  struct Pile {
    DraftKey key;
    InvoiceKey words;
    std::vector<LineItem> items;
    InvoiceId joins;  ///< the open draft that they join; none: a new one
  };

  void draft_client(std::vector<Pile> piles);
  void choose_targets(std::vector<Pile>& piles);
  void choose_named(std::vector<Pile>& piles);
  void choose_among_open(Pile& pile);
  void leave(const Pile& pile, const Finding& finding);
  std::vector<DraftRows> make_new(std::vector<Pile>& piles);
  void join(std::vector<Pile>& piles);
  void require_bounds(const Invoice& draft, std::int64_t lines);
  void number_and_keep(const Pile& pile, DraftRows rows);
  void report(const Invoice& draft, std::int64_t lines, bool joined);
  void flush();

  Drafting& drafting_;
  Gathering& gathering_;
  const Invoice* target_;
  GenerateReport& report_;
  Drafts drafts_;
  std::map<ClientId, std::vector<OpenDraft>> open_;
  std::map<std::pair<ClientId, Currency>, std::vector<std::int64_t>> usual_;
  InvoiceId next_id_;

  // Made and not yet written.
  std::vector<Invoice> invoices_;
  std::vector<Line> lines_;
  std::vector<Placed> placed_;
  std::vector<TaxRowOf> taxes_;
  std::vector<Adjustment> adjustments_;
};

}  // namespace billctl
