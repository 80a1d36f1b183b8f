// Lines, taxes and totals: units, names, categories, and that the numbers multiply and add up.
#include <algorithm>
#include <string>

#include "catalogue/unit.hpp"
#include "issue/einvoice_codes.hpp"
#include "issue/einvoice_gaps.hpp"
#include "issue/vat_breakdown.hpp"
#include "money/rounding.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr int kDigitsMax = 2;  // of an amount in an e-invoice

std::string told(TaxCategory category) {
  return "category " + std::string(word(category));
}

// Less than one unit off |base| x rate rounded to hundredths, also where the currency has none:
// what BR-CO-17 and BR-S-09 let pass.
bool is_near(const VatRow& row) {
  const Int128 unit = power_of_ten(row.base.currency().digits());
  const Int128 product = Int128{row.base.absolute().minor()} * row.rate.micro();
  const Int128 computed = round_divide(product, unit * Decimal::kOne, Rounding::half_away);
  const Int128 stated = Int128{row.amount.absolute().minor()} * 100 / unit;
  return stated - 100 < computed && computed < stated + 100;
}

void check_charged(const VatRow& row, EinvoiceGaps& gaps) {
  gaps.unless(!row.rate.is_zero() && !row.rate.is_negative(),
              "BT-119: category S needs a rate above 0; category Z is for 0");
  const Decimal half = Decimal::from_micro(Decimal::kOne / 2);
  const std::int64_t unit = power_of_ten(row.base.currency().digits());
  const bool counted = row.rate >= half || 2 * row.amount.absolute().minor() < unit;
  gaps.unless(counted && is_near(row), "BT-117: the tax of " + row.amount.to_text() + " on " +
                                           row.base.to_text() + " at " + row.rate.to_text() +
                                           " % is not what EN 16931 lets pass");
}

void check_row(const VatRow& row, EinvoiceGaps& gaps) {
  if (row.category == TaxCategory::standard) {
    check_charged(row, gaps);
  } else {
    gaps.unless(row.rate.is_zero(),
                "BT-119: " + told(row.category) + " needs rate 0, and it is " + row.rate.to_text());
    gaps.unless(row.amount.is_zero(),
                "BT-117: " + told(row.category) + " has no tax, and it is " + row.amount.to_text());
  }
  const bool reasoned = !is_blank(row.reason) || !is_blank(row.vatex);
  if (needs_reason(row.category)) {
    gaps.unless(reasoned, "BT-120: " + told(row.category) +
                              " needs an exemption reason (reason or vatex under [tax.*])");
  } else {
    gaps.unless_ours(!reasoned, "BT-120: " + told(row.category) +
                                    " takes no exemption reason (reason, vatex under [tax.*])");
    return;
  }
  if (is_blank(row.vatex)) return;
  gaps.unless(is_vatex(row.vatex), "BT-121: " + row.vatex + " is no code of the VATEX list");
  const auto meant = category_of_vatex(row.vatex);
  gaps.unless_ours(!meant || *meant == row.category,
                   "BT-121: " + row.vatex + " is not for " + told(row.category));
}

std::int64_t taxed_on_lines(const VatRow& row, const Document& document) {
  std::int64_t sum = 0;
  for (const Line& line : document.lines) {
    const TaxRow* vat = line.quantity ? vat_of(line, document) : nullptr;
    if (vat != nullptr && vat->identity.category == row.category && vat->identity.rate == row.rate)
      sum = checked_add(sum, line.amount_minor, "an amount");
  }
  return sum;
}

std::string unit_gap(const std::string& name, const Line& line) {
  return "BT-130: " + name + " has the unit \"" + line.unit + "\", which is no code of Rec 20";
}

bool multiplies(const Line& line, const Invoice& invoice) {
  const Decimal price = line.unit_price.value_or(Decimal());
  const Money product = amount(*line.quantity, price, invoice.currency, invoice.rounding);
  return checked_add(product.minor(), line.allowance_minor, "an amount") == line.amount_minor;
}

bool has_digits_to_spare(std::int64_t minor, Currency currency) {
  if (currency.digits() <= kDigitsMax) return true;
  return minor % power_of_ten(currency.digits() - kDigitsMax) == 0;
}

bool fits_digits(const Document& document) {
  const Invoice& invoice = document.invoice;
  const auto fits = [&](std::int64_t minor) {
    return has_digits_to_spare(minor, invoice.currency);
  };
  return std::ranges::all_of(document.lines,
                             [&](const Line& line) {
                               return fits(line.amount_minor) && fits(line.allowance_minor);
                             }) &&
         std::ranges::all_of(document.taxes,
                             [&](const TaxRow& row) {
                               return fits(row.amount.minor()) && fits(row.base.minor());
                             }) &&
         fits(invoice.amounts.prepaid_minor);
}

}  // namespace

void check_einvoice_lines(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Document& document = facts.document;
  for (const Line& line : document.lines) {
    const std::string name = "line " + std::to_string(line.line);
    if (!line.quantity) {  // text: it becomes a note
      gaps.unless(line.amount_minor == 0, "BT-129: " + name + " has an amount and no quantity");
      continue;
    }
    gaps.unless(!rec20_code(line.unit).empty(), unit_gap(name, line));
    gaps.unless(!is_blank(line.description), "BT-153: " + name + " has no description");
    gaps.unless(vat_of(line, document) != nullptr,
                "BT-151: " + name + " needs one tax with a VAT category");
    gaps.unless_ours(multiplies(line, document.invoice),
                     "BT-131: the amount of " + name + " is not its quantity x price");
  }
}

void check_einvoice_taxes(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Document& document = facts.document;
  for (const TaxRow& row : document.taxes) {
    gaps.unless(row.identity.category.has_value(),
                "BT-118: tax " + row.identity.tax +
                    " has no VAT category, and an e-invoice knows no other taxes");
  }
  const std::vector<VatRow> rows = vat_breakdown(document);
  gaps.unless(rows.size() < 2 || !is_outside_scope(document),
              "BT-118: category O must be alone on its invoice");
  for (const VatRow& row : rows) {
    check_row(row, gaps);
    gaps.unless(taxed_on_lines(row, document) == row.base.minor(),
                "BT-116: the lines of " + told(row.category) + " at " + row.rate.to_text() +
                    " % do not add up to " + row.base.to_text());
  }
}

void check_einvoice_amounts(const EinvoiceFacts& facts, EinvoiceGaps& gaps) {
  const Invoice& invoice = facts.document.invoice;
  const std::string code(invoice.currency.code());
  gaps.unless(is_einvoice_currency(invoice.currency),
              "BT-5: " + code + " is not in the list of currencies of EN 16931");
  gaps.unless(fits_digits(facts.document), "BT-5: an amount in " + code +
                                               " has more than 2 decimals, which is the most that "
                                               "EN 16931 takes");
  if (!invoice.tax_accounting_minor) return;
  const auto accounting = Currency::of(invoice.accounting_currency);
  gaps.unless(
      accounting && is_einvoice_currency(*accounting) &&
          has_digits_to_spare(*invoice.tax_accounting_minor, *accounting),
      "BT-6: the VAT total in " + invoice.accounting_currency + " can't be stated with 2 decimals");
}

}  // namespace billctl
