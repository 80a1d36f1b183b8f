#include "money/tax.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "outcome/error.hpp"

namespace billctl {
namespace {

constexpr std::array<std::pair<TaxCategory, std::string_view>, 7> kCategories = {
    {{TaxCategory::standard, "S"},
     {TaxCategory::zero_rated, "Z"},
     {TaxCategory::exempt, "E"},
     {TaxCategory::reverse_charge, "AE"},
     {TaxCategory::intra_community, "K"},
     {TaxCategory::export_outside, "G"},
     {TaxCategory::outside_scope, "O"}}};

/// The row of that identity, where it is or where it belongs.
std::vector<TaxRow>::iterator place_of(std::vector<TaxRow>& rows, const TaxIdentity& identity) {
  return std::ranges::lower_bound(rows, identity, {}, &TaxRow::identity);
}

/// The lines' amounts summed by identity, not yet taxed.
std::vector<TaxRow> bases(std::span<const TaxedAmount> lines, Currency currency) {
  std::vector<TaxRow> rows;
  const Money zero = Money::zero(currency);
  for (const TaxedAmount& line : lines) {
    for (const AppliedTax& tax : line.taxes) {
      auto row = place_of(rows, tax.identity);
      if (row == rows.end() || row->identity != tax.identity)
        row = rows.insert(row, {tax.identity, zero, zero, false, false, tax.reason, tax.vatex});
      row->base += line.amount;
    }
  }
  return rows;
}

void refuse_too_many(const std::vector<TaxRow>& rows) {
  std::size_t types = 0;
  std::string names;
  std::string_view last;
  for (const TaxRow& row : rows) {
    if (row.identity.tax == last) continue;
    last = row.identity.tax;
    names += (types++ == 0 ? "" : ", ") + row.identity.tax;
  }
  if (types <= kTaxTypesMax) return;
  throw Error(Reason::too_many_taxes,
              std::to_string(types) + " taxes (" + names + "): an invoice has at most three",
              "set the client's or the product's tax, or applies_to under [tax.*]");
}

void keep_typed(TaxRow& row, const TaxRow& typed) {
  row.amount = typed.amount;
  row.overridden = true;
  row.stale = typed.stale || row.base != typed.base || row.identity != typed.identity;
}

/// The row that a typed-in one of another rate has become: the only one of its tax type, when that
/// has no typed-in amount of its own.
TaxRow* successor(std::vector<TaxRow>& rows, const TaxRow& typed) {
  TaxRow* found = nullptr;
  for (TaxRow& row : rows) {
    if (row.identity.tax != typed.identity.tax) continue;
    if (found != nullptr || row.overridden) return nullptr;
    found = &row;
  }
  return found;
}

void keep_all_typed(std::vector<TaxRow>& rows, std::span<const TaxRow> earlier) {
  std::vector<const TaxRow*> moved;
  for (const TaxRow& typed : earlier) {
    if (!typed.overridden) continue;
    const auto row = place_of(rows, typed.identity);
    if (row != rows.end() && row->identity == typed.identity) {
      keep_typed(*row, typed);
    } else {
      moved.push_back(&typed);
    }
  }
  for (const TaxRow* typed : moved)
    if (TaxRow* row = successor(rows, *typed)) keep_typed(*row, *typed);
}

}  // namespace

std::string_view word(TaxCategory category) {
  for (const auto& [known, word] : kCategories)
    if (known == category) return word;
  expect(false, "every tax category has its word");
  return {};
}

std::optional<TaxCategory> tax_category_of(std::string_view text) {
  for (const auto& [known, word] : kCategories)
    if (word == text) return known;
  return std::nullopt;
}

bool needs_reason(TaxCategory category) {
  return category != TaxCategory::standard && category != TaxCategory::zero_rated;
}

bool typed_tax_fits(Money base, Decimal rate, Money typed) {
  expect(base.currency() == typed.currency(), "a tax is in its document's currency");
  constexpr Int128 kPercent = Int128{100} * Decimal::kOne;
  const Int128 exact = Int128{base.minor()} * rate.micro();
  const Int128 off = Int128{typed.minor()} * kPercent - exact;
  const Int128 allowed = power_of_ten(base.currency().digits()) * kPercent;
  return -allowed <= off && off <= allowed;
}

std::vector<TaxRow> tax_rows(std::span<const TaxedAmount> lines, Currency currency,
                             Rounding rounding, std::span<const TaxRow> earlier) {
  std::vector<TaxRow> rows = bases(lines, currency);
  refuse_too_many(rows);
  for (TaxRow& row : rows) row.amount = tax_of(row.base, row.identity.rate, rounding);
  keep_all_typed(rows, earlier);
  return rows;
}

void type_tax(TaxRow& row, Money typed) {
  if (!typed_tax_fits(row.base, row.identity.rate, typed))
    throw Error(Reason::tax_invalid,
                "tax " + row.identity.tax + ": " + typed.to_text() + " is more than 1.00 off " +
                    row.identity.rate.to_text() + " % of " + row.base.to_text(),
                "type an amount within 1.00 of it, or take the default with --default");
  row.amount = typed;
  row.overridden = true;
  row.stale = false;
}

void reset_tax(TaxRow& row, Rounding rounding) {
  row.amount = tax_of(row.base, row.identity.rate, rounding);
  row.overridden = false;
  row.stale = false;
}

Money total_tax(std::span<const TaxRow> rows, Currency currency) {
  Money total = Money::zero(currency);
  for (const TaxRow& row : rows) total += row.amount;
  return total;
}

}  // namespace billctl
