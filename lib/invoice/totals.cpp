#include "invoice/totals.hpp"

namespace billctl {

Totals totals_of(const TotalsInput& input) {
  Totals totals;
  Money lines = Money::zero(input.currency);
  for (const TaxedAmount& line : input.lines) lines += line.amount;
  totals.taxes = tax_rows(input.lines, input.currency, input.rounding, input.earlier_taxes);

  const Money tax = total_tax(totals.taxes, input.currency);
  const Money prepaid(input.prepaid_minor, input.currency);
  const Money incl_tax = lines + tax;
  totals.amounts.lines_minor = lines.minor();
  totals.amounts.excl_tax_minor = lines.minor();
  totals.amounts.tax_minor = tax.minor();
  totals.amounts.incl_tax_minor = incl_tax.minor();
  totals.amounts.prepaid_minor = prepaid.minor();
  totals.amounts.payable_minor = (incl_tax - prepaid).minor();

  const Money starting(input.starting_minor, input.currency);
  const Money exclusions(input.exclusions_minor, input.currency);
  const Money milestones(input.milestones_minor, input.currency);
  totals.summary.starting_minor = starting.minor();
  totals.summary.exclusions_minor = exclusions.minor();
  totals.summary.milestones_minor = milestones.minor();
  totals.summary.adjustments_minor = (lines - (starting - exclusions + milestones)).minor();
  return totals;
}

}  // namespace billctl
