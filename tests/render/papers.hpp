// Papers: invoices to be printed, made without a ledger.
#pragma once

#include <string>

#include "render/printed_document.hpp"

namespace billctl::test {

struct SampleLine {
  std::string description;
  std::string quantity;  ///< empty: a text line
  std::string price = "100";
  std::string tax = "vat";
};

/// INV00042 of Example Oy for Acme Oy, issued in EUR on 2026-11-01, due in 14 days, with VAT of
/// 25.5 % on lines of tax `vat` and 0 % for reverse charge on those of `reverse_charge`.
PrintedDocument sample(const std::vector<SampleLine>& lines = {{"Design", "10", "95"},
                                                               {"Travel", "1", "33.333333"}});

/// The same as a credit note: amounts negative as in the ledger.
PrintedDocument sample_credit_note();

/// How often the piece stands in the text.
std::size_t count(std::string_view text, std::string_view piece);
inline bool has(std::string_view text, std::string_view piece) {
  return count(text, piece) > 0;
}

/// A PNG of 2 x 1 dots.
std::string tiny_png();

}  // namespace billctl::test
