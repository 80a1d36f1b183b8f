// Tax: the tax rows of a document. Each (tax type, category, rate) is computed once on its summed
// base and rounded once; never per line; additive, no tax on tax. Source: spec/arithmetic.md 9,
// X25.
//
//     20 % on lines of 1000.03, 1000.03 and 1052.69 -> 610.55 (per line it would be 610.56)
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "money/decimal.hpp"
#include "money/money.hpp"
#include "money/rounding.hpp"

namespace billctl {

/// VAT category codes of UNCL5305 that EN 16931 takes.
enum class TaxCategory : std::uint8_t {
  standard,         ///< S
  zero_rated,       ///< Z
  exempt,           ///< E, needs a reason
  reverse_charge,   ///< AE, needs a reason
  intra_community,  ///< K, needs a reason
  export_outside,   ///< G, needs a reason
  outside_scope,    ///< O, needs a reason; stands alone on its invoice
};
/// "S", "Z", "E", "AE", "K", "G", "O".
std::string_view word(TaxCategory category);
std::optional<TaxCategory> tax_category_of(std::string_view word);
/// Whether the category demands an exemption reason: all but S and Z, which forbid one.
bool needs_reason(TaxCategory category);

/// What one tax rate is apart from its amounts: two lines with equal identity share a row.
struct TaxIdentity {
  std::string tax;  ///< code of the tax type, such as "vat"
  std::optional<TaxCategory> category;
  Decimal rate;  ///< percent: 25.5
  auto operator<=>(const TaxIdentity&) const = default;
};

/// A tax as it applies to a line.
struct AppliedTax {
  TaxIdentity identity;
  std::string reason;  ///< exemption reason in the document's language, or empty
  std::string vatex;   ///< its code, such as VATEX-EU-AE, or empty
  bool operator==(const AppliedTax&) const = default;
};

/// All the taxes of a line (none, or up to three) and its amount before tax.
struct TaxedAmount {
  std::span<const AppliedTax> taxes;
  Money amount;
};

/// One tax row of a document.
struct TaxRow {
  TaxIdentity identity;
  Money base;
  Money amount;
  bool overridden = false;  ///< the amount was typed in
  bool stale = false;       ///< typed in, and the base or the rate is another since
  std::string reason;
  std::string vatex;
  bool operator==(const TaxRow&) const = default;
};

/// At most so many tax types on a document (S4-31).
inline constexpr std::size_t kTaxTypesMax = 3;

/// The tax on a base, rounded once: 25.5 % of 1287.50 -> 328.31.
inline Money tax_of(Money base, Decimal rate, Rounding rounding) {
  return percent_of(base, rate, rounding);
}

/// Whether a typed-in tax is within 1.00 (one whole unit of the currency) of base x rate.
bool typed_tax_fits(Money base, Decimal rate, Money typed);

/// The tax rows of a document in the order of their identity; none when no line is taxed.
///
/// A row of `earlier` that was typed in keeps its amount. When its base or its rate has changed
/// since, it is stale and stays so until it is typed again; when its tax is on no line any more, it
/// is gone.
/// @param earlier the rows as they were before the lines changed; empty for a new document.
/// @throws Error{too_many_taxes} for a fourth tax type.
std::vector<TaxRow> tax_rows(std::span<const TaxedAmount> lines, Currency currency,
                             Rounding rounding, std::span<const TaxRow> earlier = {});

/// Puts a typed-in amount into the row; it wins until the lines change.
/// @throws Error{tax_invalid} when it is not within 1.00 of base x rate.
void type_tax(TaxRow& row, Money typed);

/// Takes the typed-in amount back: the row is computed again, neither overridden nor stale (S4-32).
void reset_tax(TaxRow& row, Rounding rounding);

/// The sum of the rows; zero of the currency for none.
Money total_tax(std::span<const TaxRow> rows, Currency currency);

}  // namespace billctl
