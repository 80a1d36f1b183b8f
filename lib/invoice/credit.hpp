// Credit: what a credit note takes back of an invoice (X2; spec/cli.md, `invoice credit`). Amounts
// are negative here, as in the ledger; paper and UBL turn them round.
//
//     a line of 0.5 x 133.33 = 66.67 -> -0.5 x 133.33 = -66.67 (G1)
//     50.00 of lines of 100.00 and 50.00 -> -33.33 and -16.67, each as -1 x its size
//
// Never more than the invoice: every rule starts from what is left of each line.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "invoice/invoice.hpp"
#include "money/rounding.hpp"
#include "money/tax.hpp"
#include "outcome/words.hpp"

namespace billctl {

/// What becomes of the items once the credit note is issued: credited where nothing of them is left
/// charged, pending again, or archived.
enum class ItemsAfter { keep, reopen, archive };
constexpr std::array<std::string_view, 3> kItemsAfterWords = {"keep", "reopen", "archive"};
inline std::string_view word(ItemsAfter after) {
  return word_of(kItemsAfterWords, after);
}
inline std::optional<ItemsAfter> items_after_of(std::string_view word) {
  return find_word<ItemsAfter>(kItemsAfterWords, word);
}

/// A line of the invoice and what its credit notes have left of it.
struct LineLeft {
  Line line;
  std::int64_t left_minor = 0;  ///< of the sign of the line's amount
  bool untouched = true;        ///< nothing was credited of it yet
};

/// The credit of all that is left: the line with its quantity negated, or, where part was credited
/// before, -1 pcs at the size of the rest.
Line credit_of_rest(const LineLeft& left, Currency currency);

/// The credit of an amount of a line as -1 pcs at its size; 1 pcs for a line that is negative.
/// @param minor what is taken back, of the sign of the line.
Line credit_of_amount(const LineLeft& left, std::int64_t minor, Currency currency);

/// The credit of a quantity at the line's own price. @param minor what it must come to: a cent that
/// sharing made of it becomes an allowance.
Line credit_of_quantity(const LineLeft& left, Decimal quantity, std::int64_t minor,
                        Currency currency, Rounding rounding);

/// Shares an amount over lines pro rata to what is left of each, by largest remainder.
std::vector<std::int64_t> shared_credit(std::int64_t total_minor, std::span<const LineLeft> lines);

/// What credit notes took of a tax row so far; both negative.
struct CreditedTax {
  TaxIdentity identity;
  std::int64_t base_minor = 0;
  std::int64_t amount_minor = 0;
};

/// Holds the tax rows of a credit note to those of its invoice: the one that completes a base gives
/// back exactly the tax that is left, and none gives back more. A row that is so decided counts as
/// typed in.
/// @throws Error{over_invoice} when more is credited of a base than is left of it, or less than
/// nothing.
void hold_to_invoice(std::vector<TaxRow>& rows, std::span<const TaxRow> charged,
                     std::span<const CreditedTax> credited);

}  // namespace billctl
