// Drafting firm: a firm whose entries are compiled and drafted in one call, and its drafts as
// people read them.
#pragma once

#include <string>
#include <vector>

#include "ledger/invoices.hpp"
#include "pipeline/fixture.hpp"
#include "pipeline/generate.hpp"

namespace billctl::test {

class DraftingFirm : public Fixture {
 public:
  /// Clients acme and beta; members anna and bo; project web of acme with tasks dev (80.00) and
  /// design (95.00), project shop of beta with task shop-dev (70.00); job types coding and drawing.
  explicit DraftingFirm(const std::string& toml = "");

  /// Compiles what waits.
  void compile();
  /// Compiles and generates. Nothing is written when `dry_run`.
  GenerateReport generate(const GenerateRequest& request, DryRun dry_run = DryRun::no);
  /// Generates October 2026.
  GenerateReport generate();

  /// The header of a draft, by its number.
  Invoice draft(const std::string& number = "DRAFT00001");
  /// "Website: coding | 2 hour x 80.00 = 160.00", in their order.
  std::vector<std::string> lines(const std::string& number = "DRAFT00001");
  /// "DRAFT00001 acme 160.00" of each invoice reported.
  std::vector<std::string> drafted(const GenerateReport& report);
  /// "e1 several_rates" of each item left.
  std::vector<std::string> left(const GenerateReport& report);
  /// Every row of items, queue, drafts and counters but the journal: what must be as it was.
  std::string everything();
  /// The shares of a draft's items by entry: "e1 160.00".
  std::vector<std::string> shares(const std::string& number = "DRAFT00001");
};

/// The same with VAT of 25.5 % and five entries in October: on web 2 h and 1.5 h of coding by anna
/// (e1) and bo (e2), 1 h of drawing by anna (e3), 3 cables at 9.90 (e5); on shop 0.5 h by bo (e4).
class BusyFirm : public DraftingFirm {
 public:
  explicit BusyFirm(const std::string& toml = "");
};

/// October 2026, nothing else asked for.
GenerateRequest october();
GenerateRequest all_periods();

}  // namespace billctl::test
