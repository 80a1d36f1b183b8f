// Gaps: the findings of e-invoice readiness as they are gathered, by what checks them.
#pragma once

#include <string>
#include <vector>

#include "issue/einvoice.hpp"

namespace billctl {

class EinvoiceGaps {
 public:
  explicit EinvoiceGaps(EinvoiceRules rules) : rules_(rules) {}

  /// A rule of EN 16931: @param gap what is told unless it holds.
  void unless(bool holds, std::string gap) {
    if (!holds) findings.push_back({Reason::einvoice_incomplete, std::move(gap)});
  }
  /// A rule of Peppol's or of ours.
  void unless_ours(bool holds, std::string gap) {
    if (rules_ == EinvoiceRules::all) unless(holds, std::move(gap));
  }
  std::vector<Finding> findings;

 private:
  EinvoiceRules rules_;
};

void check_einvoice_parties(const EinvoiceFacts& facts, EinvoiceGaps& gaps);
void check_einvoice_lines(const EinvoiceFacts& facts, EinvoiceGaps& gaps);
void check_einvoice_taxes(const EinvoiceFacts& facts, EinvoiceGaps& gaps);
void check_einvoice_amounts(const EinvoiceFacts& facts, EinvoiceGaps& gaps);

}  // namespace billctl
