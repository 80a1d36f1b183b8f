// PickedTaxes: the taxes that a person put on a draft or took off it. Lines that are made anew get
// their taxes of client and product, and then these (S4-32, X25).
#pragma once

#include <string_view>
#include <vector>

#include "invoice/tax_treatment.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class PickedTaxes {
 public:
  explicit PickedTaxes(Ledger& ledger) : ledger_(ledger) {}

  /// By their codes; none for a draft whose taxes nobody touched.
  std::vector<PickedTax> list(InvoiceId draft);
  /// Instead of what was picked of that tax before. Inside `Ledger::write`.
  void put(InvoiceId draft, const PickedTax& picked);
  /// All of one on another, which has none yet. Inside `Ledger::write`.
  void copy(InvoiceId from, InvoiceId to);

 private:
  Ledger& ledger_;
};

}  // namespace billctl
