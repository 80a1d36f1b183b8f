#include "invoice/credit.hpp"

#include <algorithm>

#include "money/allocation.hpp"
#include "outcome/error.hpp"

namespace billctl {
namespace {

/// What all credits of a line have in common.
Line like(const LineLeft& left) {
  Line line = left.line;
  line.typed = false;
  line.worded = false;
  line.corrects_line = left.line.line;
  return line;
}

Decimal price_of(std::int64_t size_minor, Currency currency) {
  return Decimal::from_micro(checked_multiply(
      size_minor, power_of_ten(Decimal::kFractionDigits - currency.digits()), "a price"));
}

std::int64_t magnitude(std::int64_t minor) {
  return minor < 0 ? checked_subtract(0, minor, "an amount") : minor;
}

// Where negative lines stand on the invoice, a line may be worth more than all of it, and to take
// back a negative one alone would charge more than the invoice did.
void require_within(const TaxRow& row, std::int64_t base_left) {
  const std::int64_t taken = -row.base.minor();
  if (taken >= std::min<std::int64_t>(base_left, 0) &&
      taken <= std::max<std::int64_t>(base_left, 0))
    return;
  throw Error(Reason::over_invoice,
              "only " + Money(base_left, row.base.currency()).to_text() +
                  " is left to credit of what " + row.identity.tax + " was charged on, not " +
                  Money(taken, row.base.currency()).to_text(),
              "negative lines of the invoice count too; take back less, or all with --all");
}

}  // namespace

Line credit_of_rest(const LineLeft& left, Currency currency) {
  if (!left.untouched) return credit_of_amount(left, left.left_minor, currency);
  Line line = like(left);
  if (line.quantity) line.quantity = Decimal::from_micro(-line.quantity->micro());
  line.allowance_minor = -line.allowance_minor;
  line.amount_minor = -line.amount_minor;
  return line;
}

Line credit_of_amount(const LineLeft& left, std::int64_t minor, Currency currency) {
  Line line = like(left);
  line.quantity = Decimal::from_integer(minor < 0 ? 1 : -1);
  line.unit = "pcs";
  line.unit_price = price_of(magnitude(minor), currency);
  line.allowance_minor = 0;
  line.amount_minor = -minor;
  return line;
}

Line credit_of_quantity(const LineLeft& left, Decimal quantity, std::int64_t minor,
                        Currency currency, Rounding rounding) {
  Line line = like(left);
  line.quantity = Decimal::from_micro(-quantity.micro());
  line.amount_minor = -minor;
  const std::int64_t multiplied =
      amount(*line.quantity, line.unit_price.value_or(Decimal()), currency, rounding).minor();
  line.allowance_minor = checked_subtract(line.amount_minor, multiplied, "an allowance");
  return line;
}

std::vector<std::int64_t> shared_credit(std::int64_t total_minor, std::span<const LineLeft> lines) {
  std::vector<Share> shares;
  for (const LineLeft& left : lines) shares.push_back({left.left_minor, left.line.line, 0});
  allocate(total_minor, shares);
  std::vector<std::int64_t> minors;
  for (const Share& share : shares) minors.push_back(share.minor);
  return minors;
}

void hold_to_invoice(std::vector<TaxRow>& rows, std::span<const TaxRow> charged,
                     std::span<const CreditedTax> credited) {
  for (TaxRow& row : rows) {
    const auto was = std::ranges::find(charged, row.identity, &TaxRow::identity);
    if (was == charged.end()) continue;
    std::int64_t base_left = was->base.minor();
    std::int64_t tax_left = was->amount.minor();
    for (const CreditedTax& each : credited) {
      if (each.identity != row.identity) continue;
      base_left = checked_add(base_left, each.base_minor, "a tax base");
      tax_left = checked_add(tax_left, each.amount_minor, "a tax");
    }
    require_within(row, base_left);
    std::int64_t given = -row.amount.minor();
    if (row.base.minor() == -base_left) {
      given = tax_left;
    } else if (tax_left >= 0) {
      given = std::clamp<std::int64_t>(given, std::min<std::int64_t>(given, 0), tax_left);
    } else {
      given = std::max(given, tax_left);
    }
    if (given == -row.amount.minor()) continue;
    row.amount = Money(-given, row.amount.currency());
    row.overridden = true;
  }
}

}  // namespace billctl
