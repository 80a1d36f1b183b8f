// VAT breakdown: the tax rows of a document as an e-invoice states them, one for each (category,
// rate) (EN 16931 BG-23). Two taxes of ours that share both, such as two exemptions for different
// reasons, are one row there, as BR-E-01 and its like demand.
#pragma once

#include <string>
#include <vector>

#include "invoice/document.hpp"
#include "money/tax.hpp"

namespace billctl {

struct VatRow {
  TaxCategory category;
  Decimal rate;
  Money base;          ///< BT-116
  Money amount;        ///< BT-117
  std::string reason;  ///< BT-120; different ones behind each other
  std::string vatex;   ///< BT-121, in capitals; empty when they differ, and then in the reason
};

/// By category and rate. Taxes without a category have no place in it.
std::vector<VatRow> vat_breakdown(const Document& document);

bool has_category(const Document& document, TaxCategory category);

/// Then a line's tax codes and the tax rows together do not say at which rate the line is taxed.
bool has_tax_of_several_rates(const std::vector<TaxRow>& rows);

/// The tax row that is a line's VAT; nullptr when none of the line's taxes has a category, or more
/// than one. Where a tax has rows of several rates the line's own `tax_rate` decides.
const TaxRow* vat_of(const Line& line, const Document& document);

}  // namespace billctl
